// Step 14: the slip or receipt, and what center and staff must know. Everything that has to
// arrive is stored first; whether it has arrived is the forwarder's business.
import type { ReceiptPrinter } from '#devices/receipt-printer/port.js';
import type { EcPrivateJwk } from '#libs/contract/base.js';
import { outcomeSchema, type CopyOutcome } from '#libs/contract/center.js';
import { sign } from '#libs/contract/sealed.js';
import type { Call, Case } from '#libs/contract/staff.js';
import { owedYen } from '#libs/session/end.js';
import { wordsOf } from '#libs/session/endings.js';
import { moneyOf } from '#libs/session/money.js';
import type { CopyState, Visit } from '#libs/session/state.js';
import { unreachable } from '#libs/std/assert.js';
import { sha256Hex } from '#libs/std/bytes.js';
import { toInstant, type Clock } from '#libs/std/clock.js';
import type { Log } from '#libs/std/log.js';
import type { Random } from '#libs/std/random.js';
import type { ChargeStore } from '../storage/charge-store.js';
import type { OutboxStore } from '../storage/outbox-store.js';
import type { VisitStore } from '../storage/visit-store.js';
import { inquiryLines, receiptLines, type SlipFacts } from './slip.js';

type Parts = {
  readonly kiosk: string;
  readonly branch: string;
  readonly key: EcPrivateJwk;
  readonly receiptPrinter: ReceiptPrinter;
  readonly charges: ChargeStore;
  readonly visits: VisitStore;
  readonly outbox: OutboxStore;
  readonly wake: () => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
};

export type Told = { readonly session: string; readonly request: string; readonly copies: readonly CopyOutcome[] };
export type CaseFacts = { readonly kind: Case['kind']; readonly amountYen: number; readonly code: string };

export class PaperTrail {
  constructor(private readonly parts: Parts) {}

  /** `madoguchi-outcome+jws`, so that it can be sent after the session has ended. */
  async reportOutcome(told: Told): Promise<void> {
    const { kiosk, key, clock, outbox, wake } = this.parts;
    const outcome = outcomeSchema.parse({ ...told, kiosk, time: toInstant(clock.nowMs()) });
    const body = await sign('madoguchi-outcome+jws', outcome, key);
    await outbox.put({ id: told.request, kind: 'outcome', body, createdMs: clock.nowMs() });
    wake();
  }

  async openCase(of: { session: string; request: string; inquiryNumber: string }, facts: CaseFacts): Promise<void> {
    const { kiosk, charges, visits, clock, outbox, wake } = this.parts;
    const charge = await charges.open(of.session);
    const { session, request, inquiryNumber } = of;
    const prints = await visits.printEvidence(of.session);
    const evidence = { code: facts.code, charge: charge?.state ?? 'none', ...(prints.length > 0 && { prints }) };
    const at = { bankReference: charge?.rrn ?? null, nowMs: clock.nowMs() };
    const matter = caseBody({ kiosk, session, request, inquiryNumber }, { kind: facts.kind, amountYen: facts.amountYen, evidence }, at);
    await outbox.put({ id: matter.case, kind: 'case', body: JSON.stringify(matter), createdMs: at.nowMs });
    wake();
  }

  async callStaff(session: string | null, cause: Call['cause']): Promise<void> {
    const { kiosk, clock, outbox, random, wake } = this.parts;
    const call: Call = { call: random.uuid(), kiosk, session, cause, time: toInstant(clock.nowMs()) };
    await outbox.put({ id: call.call, kind: 'call', body: JSON.stringify(call), createdMs: clock.nowMs() });
    wake();
  }

  async printReceipt(visit: Visit): Promise<void> {
    await this.printLines(receiptLines(await this.factsOf(visit)));
  }

  async printSlip(visit: Visit, code: string): Promise<void> {
    await this.printLines(inquiryLines(await this.factsOf(visit), wordsOf({ code, sentence: null }).sentence));
  }

  private async printLines(lines: ReturnType<typeof receiptLines>): Promise<void> {
    const printed = await this.parts.receiptPrinter.print(lines);
    // The number is on the screen too; a slip that could not be printed never changes what becomes of the money.
    if (!printed.ok) this.parts.log.warn('slip-not-printed', { code: printed.error.code });
  }

  private async factsOf(visit: Visit): Promise<SlipFacts> {
    const charge = visit.ids === null ? null : await this.parts.charges.open(visit.ids.session);
    return {
      kiosk: this.parts.kiosk,
      branch: this.parts.branch,
      atMs: this.parts.clock.nowMs(),
      inquiryNumber: visit.ids?.inquiryNumber ?? '',
      municipality: visit.offer?.municipality.name ?? '',
      title: visit.offer?.items.find((item) => item.kind === visit.chosen?.choice.kind)?.title ?? '',
      // What is out and paid: a receipt speaks of nothing else.
      copies: visit.copies.filter((copy) => copy === 'printed').length,
      feeYen: (visit.chosen?.feeYen ?? 0) - owedYen(visit),
      bankReference: charge?.rrn ?? null,
      money: moneyOf(visit),
    };
  }
}

type CaseOf = Pick<Case, 'kiosk' | 'session' | 'request' | 'inquiryNumber'>;
type CaseMatter = Pick<Case, 'kind' | 'amountYen' | 'evidence'>;

/** One case of a kind a visit: whoever opens it again means the same one. */
export function caseBody(of: CaseOf, matter: CaseMatter, at: { bankReference: string | null; nowMs: number }): Case {
  const { bankReference, nowMs } = at;
  return { case: idOf(`${of.session}:${matter.kind}`), ...of, ...matter, bankReference, time: toInstant(nowMs) };
}

/** RFC 9562 version 8: a UUID made of a hash. */
function idOf(name: string): string {
  const hex = sha256Hex(name);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** What the municipality's register says of a copy. `printing` cannot be at an end; if it were, nobody would know. */
export function outcomeOf(copy: CopyState): CopyOutcome['outcome'] {
  switch (copy) {
    case 'printed':
      return 'delivered';
    case 'prepared':
    case 'not-printed':
      return 'voided';
    case 'printing':
    case 'uncertain':
      return 'uncertain';
    default:
      return unreachable(copy);
  }
}
