// What one issuance came to, as `npm run issue` prints it: from the screen, the printer's
// tray and the bank's ledger; the kiosk's own word is taken for nothing that they can tell.
import { z } from 'zod';
import { ledgerSchema } from '#libs/contract/simulators.js';
import type { Citizen } from '../world/citizen-schema.js';
import type { Branch, BranchParts } from './branch.js';
import type { Fault } from './faults.js';
import { manage } from './management.js';
import { stepTimes, type StepTime } from './step-times.js';
import type { Visit } from './visitor.js';

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
  readonly keep: (file: string, name: string) => string | null;
};

/** Of a person about whom nothing is known any more: they may have come as far as the printer. The bank's books still speak. */
export const lostVisit: Visit = { end: null, states: [], screens: ['printing'], sheets: [], notOffered: null };

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

export async function report({ branch, citizen, visited, fault, keep }: Reported): Promise<Report> {
  const { end } = visited;
  const requestId = visited.states.findLast((event) => event.request !== null)?.request ?? null;
  const copies = new Map<string, number>();
  for (const { file, pages } of visited.sheets) copies.set(file, (copies.get(file) ?? 0) + pages.length);
  const kept = [...copies.keys()].map((file, index) => keep(file, `${requestId ?? 'sheet'}-${index + 1}`));
  const sheets = kept.filter((file) => file !== null);
  const charge = await chargeOf(branch, visited.end);
  const delivered = end?.screen === 'thank-you';
  const reason = reasonOf(visited);
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

function reasonOf({ end, notOffered }: Visit): Report['reason'] {
  if (notOffered !== null) return { code: 'not-offered', sentence: `この方には、その指定の証明書はお出しできません（${notOffered}）。` };
  switch (end?.screen) {
    case 'thank-you':
      return null;
    case 'ended':
      return { code: end.data.code, sentence: end.data.sentence };
    case 'out-of-service':
      return { code: 'out-of-service', sentence: end.data.sentence };
    case undefined:
      return { code: 'no-end', sentence: '手続きの終わりを確認できませんでした。' };
  }
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

/** From the bank's books; where the bank is down, from what the citizen was told. */
async function chargeOf(branch: Branch, end: Visit['end']): Promise<Charge> {
  const ledger = await readLedger(branch).catch(() => null);
  if (ledger === null) {
    const nothing = end?.screen === 'ended' && end.data.money.state === 'nothing-charged';
    return { state: nothing ? 'none' : 'open', takenYen: 0 };
  }
  const moved = ledger.lines.filter((line) => line.kind !== 'opening' && line.account.startsWith('9999-'));
  const takenYen = moved.reduce((sum, line) => sum + line.amountYen, 0);
  if (moved.length === 0) return { state: 'none', takenYen: 0 };
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
