// Step 14: the slip or receipt, and what center and staff must know. Everything that has to
// arrive is stored first; whether it has arrived is the forwarder's business.
import type { ReceiptLine, ReceiptPrinter } from '#devices/receipt-printer/port.js';
import type { EcPrivateJwk } from '#libs/contract/base.js';
import { outcomeSchema, type CopyOutcome } from '#libs/contract/center.js';
import { sign } from '#libs/contract/sealed.js';
import type { Call, Case } from '#libs/contract/staff.js';
import { owedYen } from '#libs/session/end.js';
import { wordsOf } from '#libs/session/endings.js';
import type { Event } from '#libs/session/event.js';
import type { CopyState, Visit } from '#libs/session/state.js';
import { assert, unreachable } from '#libs/std/assert.js';
import { sha256Hex } from '#libs/std/bytes.js';
import { toInstant, type Clock } from '#libs/std/clock.js';
import type { Log } from '#libs/std/log.js';
import type { Random } from '#libs/std/random.js';
import type { ChargeRow } from '../storage/entities.js';
import type { ChargeStore } from '../storage/charge-store.js';
import type { OutboxStore } from '../storage/outbox-store.js';
import type { VisitStore } from '../storage/visit-store.js';
import { slipMoney } from './slip-money.js';
import { inquiryLines, receiptLines, type SlipFacts } from './slip.js';

type Parts = {
  readonly kiosk: string;
  readonly branch: string;
  /** The bank, as the receipt names it. */
  readonly collector: string;
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

export type Told = {
  readonly session: string;
  readonly request: string;
  /** Whom the request asked; absent where a visit older than this program did not write it down. */
  readonly municipality?: string;
  readonly copies: 'unopened' | readonly CopyOutcome[];
};
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
    await this.putCall({ call: this.parts.random.uuid(), session, cause });
  }

  private async putCall(of: Pick<Call, 'call' | 'session' | 'cause'>): Promise<void> {
    const { kiosk, clock, outbox, wake } = this.parts;
    const nowMs = clock.nowMs();
    const call: Call = { ...of, kiosk, time: toInstant(nowMs) };
    await outbox.put({ id: call.call, kind: 'call', body: JSON.stringify(call), createdMs: nowMs });
    wake();
  }

  /** One for a payment: after a crash it is printed only where it is not known to be out, and says whose payment it may repeat. */
  async printReceipt(visit: Visit, cardLastFour: string | null): Promise<Event | null> {
    const { visits, charges } = this.parts;
    assert(visit.ids !== null, 'a receipt belongs to a visit');
    const { session } = visit.ids;
    const row = await visits.find(session);
    if (row?.receipt === 'printed') return null;
    const charge = await charges.open(session);
    const lines = receiptLines({
      ...this.commonFacts(visit, charge),
      atMs: charge?.sentMs ?? this.parts.clock.nowMs(),
      municipality: row?.municipality ?? null,
      certificate: row?.certificate ?? null,
      // What is out and paid: a receipt speaks of nothing else.
      copies: visit.copies.filter((copy) => copy === 'printed').length,
      feeYen: (visit.chosen?.feeYen ?? 0) - owedYen(visit),
      approvalCode: charge?.approvalCode ?? null,
      cardLastFour,
      collector: this.parts.collector,
      mayBeSecond: row?.receipt === 'begun',
    });
    await visits.beginReceipt(session);
    const failed = await this.printLines(session, lines);
    if (failed === null) await visits.recordReceiptPrinted(session);
    return failed;
  }

  /** After a crash it is printed where it is not known to be out: a second one with the same number does no harm. */
  async printSlip(visit: Visit, code: string): Promise<Event | null> {
    const { visits, charges, clock } = this.parts;
    assert(visit.ids !== null, 'a slip belongs to a visit');
    const { session } = visit.ids;
    if ((await visits.find(session))?.slip === 'printed') return null;
    const charge = await charges.open(session);
    const facts = { ...this.commonFacts(visit, charge), atMs: clock.nowMs(), money: slipMoney(visit, charge) };
    const failed = await this.printLines(session, inquiryLines(facts, wordsOf({ code, sentence: null }).sentence));
    if (failed === null) await visits.recordSlipPrinted(session);
    return failed;
  }

  /** A slip that did not come out never changes what becomes of the money; somebody has to come with the number. */
  private async printLines(session: string | null, lines: readonly ReceiptLine[]): Promise<Event | null> {
    const printed = await this.parts.receiptPrinter.print(lines);
    if (printed.ok) return null;
    const { code } = printed.error;
    this.parts.log.warn('slip-not-printed', { session, fault: code });
    // Once a visit, whichever slip it was and however often the kiosk comes back to it.
    const call = session === null ? this.parts.random.uuid() : idOf(`${session}:slip-not-printed`);
    await this.putCall({ call, session, cause: 'slip-not-printed' });
    return { type: 'slip-not-printed', code };
  }

  private commonFacts(visit: Visit, charge: ChargeRow | null): Pick<SlipFacts, 'kiosk' | 'branch' | 'inquiryNumber' | 'bankReference'> {
    const { kiosk, branch } = this.parts;
    return { kiosk, branch, inquiryNumber: visit.ids?.inquiryNumber ?? '', bankReference: charge?.rrn ?? null };
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
