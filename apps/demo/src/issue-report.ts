// What one issuance came to, as `npm run issue` prints it: from the screen, the printer's
// tray and the bank's ledger; the kiosk's own word is taken for nothing that they can tell.
import { z } from 'zod';
import type { Money } from '#libs/contract/screen.js';
import { ledgerSchema } from '#libs/contract/simulators.js';
import { moneySentence } from '#libs/ui/money-sentence.js';
import type { Citizen } from '../world/citizen-schema.js';
import type { Branch, BranchParts } from './branch.js';
import type { Fault } from './faults.js';
import { manage } from './management.js';
import { stepTimes, type StepTime } from './step-times.js';
import type { Visit } from './visit.js';

export type Report = {
  readonly outcome: 'delivered' | 'refused' | 'unknown';
  readonly requestId: string | null;
  readonly sheets: readonly string[];
  readonly pages: number;
  readonly feeYen: number;
  readonly chargeState: 'none' | 'posted' | 'reversed' | 'open';
  readonly printOutcome: 'printed' | 'printed in part' | 'not printed' | 'uncertain' | 'none';
  readonly reason: { readonly code: string; readonly sentence: string } | null;
  readonly parts: BranchParts;
  readonly steps: readonly StepTime[];
  /** Delivered, or a clean refusal with nothing charged: what this citizen (and this fault) was promised. */
  readonly asPromised: boolean;
};

type Reported = {
  readonly branch: Branch;
  readonly citizen: Citizen;
  readonly visited: Visit;
  readonly fault: Fault | null;
  /** Somebody ended the command before the visit was over. */
  readonly isInterrupted: boolean;
  readonly keep: (file: string, name: string) => string | null;
};

/** Of a person for whom there was no screen to look at. */
export const lostVisit: Visit = { end: null, states: [], screens: [], sheets: [], notOffered: null, bill: null };

/** Where nobody ever walked up to the kiosk: the same shape, with nothing in it. */
export function notRun({ code, sentence }: { readonly code: string; readonly sentence: string }): Omit<Report, 'asPromised'> {
  const none = 'none';
  return {
    outcome: 'unknown',
    requestId: null,
    sheets: [],
    pages: 0,
    feeYen: 0,
    chargeState: none,
    printOutcome: none,
    reason: { code, sentence },
    parts: { card: none, database: none, queue: none, printer: none },
    steps: [],
  };
}

export async function report({ branch, citizen, visited, fault, isInterrupted, keep }: Reported): Promise<Report> {
  const { end } = visited;
  const requestId = visited.states.findLast((event) => event.request !== null)?.request ?? null;
  const copies = new Map<string, number>();
  for (const { file, pages } of visited.sheets) copies.set(file, (copies.get(file) ?? 0) + pages.length);
  const kept = [...copies.keys()].map((file, index) => keep(file, `${requestId ?? 'sheet'}-${index + 1}`));
  const sheets = kept.filter((file) => file !== null);
  const charge = await chargeOf(branch, visited);
  const delivered = end?.screen === 'thank-you';
  const reason = reasonOf(visited, charge, isInterrupted);
  const made = {
    outcome: delivered ? 'delivered' : end?.screen === 'ended' ? 'refused' : 'unknown',
    requestId,
    sheets,
    pages: [...copies.values()].reduce((sum, pages) => sum + pages, 0),
    feeYen: charge.takenYen,
    chargeState: charge.state,
    printOutcome: printOutcomeOf(visited, reason?.code ?? null),
    reason,
    parts: branch.parts,
    steps: stepTimes(visited.states),
  } as const;
  return { ...made, asPromised: isAsPromised(made, citizen, fault) };
}

/** Null: delivered. Else what happened and what became of the money, in the citizen's words. */
function reasonOf(visited: Visit, charge: Charge, isInterrupted: boolean): Report['reason'] {
  if (visited.end?.screen === 'thank-you') return null;
  const { code, sentence } = isInterrupted && visited.end === null ? interrupted : endOf(visited);
  return { code, sentence: `${sentence}${moneySentence(moneyOf(visited, charge))}` };
}

/** Of the command itself, whose world ends with it. */
export const interrupted = { code: 'interrupted', sentence: '手続きの途中で止められました。' } as const;

function endOf({ end, notOffered }: Visit): { readonly code: string; readonly sentence: string } {
  if (notOffered !== null) return { code: 'not-offered', sentence: `この方には、その指定の証明書はお出しできません（${notOffered}）。` };
  switch (end?.screen) {
    case 'ended':
      return { code: end.data.code, sentence: end.data.sentence };
    case 'out-of-service':
      return { code: 'out-of-service', sentence: end.data.sentence };
    case 'thank-you':
    case undefined:
      return { code: 'no-end', sentence: '手続きの終わりを確認できませんでした。' };
  }
}

/** As the screen said it; where it said nothing, by the bank's books. */
function moneyOf({ end, bill }: Visit, charge: Charge): Money {
  const said = end === null ? null : end.data.money;
  if (said !== null) return said;
  if (bill === null || charge.state === 'none') return { state: 'nothing-charged' };
  return { state: charge.state === 'reversed' ? 'nothing-stands' : 'being-checked', ...bill };
}

function isAsPromised(made: Omit<Report, 'asPromised'>, citizen: Citizen, fault: Fault | null): boolean {
  const clean = made.chargeState === 'none' || made.chargeState === 'reversed';
  const refusedBy = (codes: readonly string[]): boolean => made.reason !== null && codes.includes(made.reason.code) && clean;
  const byFault = fault === null || fault.ends === 'delivered' ? [] : fault.ends;
  // Whichever comes first: a fault may never get its turn with somebody who is refused anyhow.
  if (citizen.expect === 'refused') return refusedBy([citizen.reason ?? '', ...byFault]);
  return byFault.length > 0 ? refusedBy(byFault) : made.outcome === 'delivered' && made.sheets.length > 0;
}

type Charge = { readonly state: Report['chargeState']; readonly takenYen: number };

/** From the bank's books; where they cannot be read, or may not have everything yet, nobody knows. */
async function chargeOf(branch: Branch, { end, bill, screens }: Visit): Promise<Charge> {
  const ledger = await readLedger(branch).catch(() => null);
  const isSaid = end?.screen === 'ended' && end.data.money.state === 'nothing-charged';
  if (ledger === null) return { state: isSaid || bill === null ? 'none' : 'open', takenYen: 0 };
  const moved = ledger.lines.filter((line) => line.kind !== 'opening' && line.account.startsWith('9999-'));
  const takenYen = moved.reduce((sum, line) => sum + line.amountYen, 0);
  // Nobody saw an end: what the kiosk has sent may still be on its way.
  if (moved.length === 0) return { state: end === null && screens.includes('enter-bank-pin') ? 'open' : 'none', takenYen: 0 };
  return { state: takenYen === 0 ? 'reversed' : 'posted', takenYen };
}

async function readLedger(branch: Branch): Promise<z.infer<typeof ledgerSchema>> {
  return ledgerSchema.parse(await manage({ method: 'GET', url: `${branch.addresses.bankManagement}/ledger` }));
}

function printOutcomeOf({ screens, end }: Visit, code: string | null): Report['printOutcome'] {
  if (!screens.includes('printing')) return 'none';
  if (end?.screen === 'thank-you' || code === 'restarted-after-print') return 'printed';
  if (code === 'printed-in-part') return 'printed in part';
  const known = end?.screen === 'ended' && end.data.paper !== 'perhaps' && code !== 'print-uncertain';
  return known ? 'not printed' : 'uncertain';
}
