// From an effect of the engine to the stage that does it. Exhaustive: an effect that
// nobody does is refused by the compiler.
import type { Effect } from '#libs/session/effect.js';
import type { Event } from '#libs/session/event.js';
import type { Chosen, SessionIds, Visit } from '#libs/session/state.js';
import { canonicalJson } from '#libs/contract/statements.js';
import { assert, unreachable } from '#libs/std/assert.js';
import type { Clock } from '#libs/std/clock.js';
import { LiveSession } from '../live-session.js';
import type { ChargeStore } from '../storage/charge-store.js';
import { copyHashesOf, type VisitStore } from '../storage/visit-store.js';
import type { BankStage } from './bank-stage.js';
import type { CardStage } from './card-stage.js';
import type { CenterStage, PreparedRequest } from './center-stage.js';
import { outcomeOf, type PaperTrail } from './paper-trail.js';
import type { PrintStage } from './print-stage.js';
import type { Needed } from './readiness.js';
import { reversalReason } from './reversal-reason.js';

export type StageParts = {
  readonly card: CardStage;
  readonly center: CenterStage;
  readonly bank: BankStage;
  readonly print: PrintStage;
  readonly trail: PaperTrail;
  readonly visits: VisitStore;
  readonly charges: ChargeStore;
  readonly findUnready: (needed: Needed) => Promise<string | null>;
  readonly wakeReversals: () => void;
  readonly clock: Clock;
};

type Of<T extends Effect['type']> = Extract<Effect, { type: T }>;

export class Stages {
  private current: LiveSession | null = null;

  constructor(private readonly parts: StageParts) {}

  async perform(effect: Effect, visit: Visit): Promise<Event | null> {
    switch (effect.type) {
      case 'read-card':
        return this.readCard(idsOf(visit));
      case 'open-session':
        return this.openSession();
      case 'verify-pin':
        return this.parts.card.verifyPin(effect.pin);
      case 'log-in':
        return this.logIn();
      case 'sign-request':
        return this.signRequest(effect.chosen, visit);
      case 'send-request':
        return this.sendRequest();
      case 'check-bundle':
        return this.checkBundle(visit);
      case 'check-readiness':
        return this.checkReadiness(visit);
      case 'read-cash-card':
        return this.parts.bank.readCard();
      case 'ask-bank-pin':
        return this.parts.bank.askPin(feeOf(visit));
      case 'charge':
        return this.charge(visit);
      case 'print-copy':
        return this.parts.print.print(this.live(), effect.copy);
      case 'print-receipt':
        return this.parts.trail.printReceipt(visit, this.cardLastFour(idsOf(visit)));
      case 'print-slip':
        return this.parts.trail.printSlip(visit, effect.code);
      default:
        await this.settle(effect, visit);
        return null;
    }
  }

  /** The effects without an answer: they are stored, or best effort, or cannot fail. */
  async settle(
    effect: Of<
      | 'release-card'
      | 'release-cash-card'
      | 'cancel-bank-pin'
      | 'reverse-charge'
      | 'report-outcome'
      | 'abort-session'
      | 'open-case'
      | 'call-staff'
      | 'wipe'
    >,
    visit: Visit,
  ): Promise<void> {
    const { card, bank, trail, center } = this.parts;
    switch (effect.type) {
      case 'release-card':
        return card.release();
      case 'release-cash-card':
        return bank.release();
      case 'cancel-bank-pin':
        return bank.cancelPin();
      case 'reverse-charge':
        return this.reverse(idsOf(visit).session, effect.reason);
      case 'report-outcome':
        return this.reportOutcome(visit);
      case 'abort-session':
        // Nobody waits for it: an unreachable center forgets the session by itself.
        if (this.isCurrent(visit) && this.current !== null) void center.abort(this.current, effect.reason);
        return;
      case 'open-case':
        return trail.openCase(idsOf(visit), effect);
      case 'call-staff':
        return trail.callStaff(visit.ids?.session ?? null, effect.cause);
      case 'wipe':
        return this.wipe(visit);
      default:
        return unreachable(effect);
    }
  }

  private async readCard(ids: SessionIds): Promise<Event> {
    this.current?.wipe();
    this.current = await LiveSession.begin(ids);
    await this.parts.visits.begin(ids, this.parts.clock.nowMs());
    return this.parts.card.read(this.current);
  }

  private async openSession(): Promise<Event> {
    const opened = await this.parts.center.openSession(this.live());
    return opened.ok ? { type: 'session-opened' } : { type: 'failed', ...opened.error };
  }

  private async logIn(): Promise<Event> {
    const live = this.live();
    const statement = this.parts.center.loginStatement(live);
    const signed = await this.parts.card.sign(statement);
    if (!signed.ok) return signed.event.type === 'pin-wanted' ? { type: 'failed', code: 'card-unreadable', sentence: null } : signed.event;
    const offered = await this.parts.center.logIn(live, { statement, signature: signed.signature });
    return offered.ok ? { type: 'offered', offer: offered.value } : { type: 'failed', ...offered.error };
  }

  private async signRequest(chosen: Chosen, visit: Visit): Promise<Event> {
    const live = this.live();
    assert(visit.offer !== null, 'there is an offer to choose from');
    const statement = this.parts.center.requestStatement(live, { offer: visit.offer, chosen });
    const text = canonicalJson(statement);
    const signed = await this.parts.card.sign(text);
    if (!signed.ok) return signed.event;
    live.request = { statement, signed: live.signedStatement({ statement: text, signature: signed.signature }) };
    return { type: 'signed' };
  }

  private async sendRequest(): Promise<Event> {
    const live = this.live();
    const { municipality: municipalityCode } = live.signedRequest().statement;
    await this.parts.visits.recordRequested(live.ids.session, { requestedMs: this.parts.clock.nowMs(), municipalityCode });
    return this.parts.center.sendRequest(live);
  }

  private async checkBundle(visit: Visit): Promise<Event> {
    const live = this.live();
    const checked = await this.parts.center.checkBundle(live, visit);
    if (!checked.ok) return { type: 'failed', ...checked.error };
    const { copies } = checked.value.manifest;
    const pagesPerCopy = copies[0]?.pages.length ?? 0;
    const pdfHashes = copies.map((copy) => copy.pdfSha256);
    const municipality = visit.offer?.municipality.name ?? '';
    const certificate = visit.offer?.items.find((item) => item.kind === visit.chosen?.choice.kind)?.title ?? '';
    const checkedCopies = { feeYen: feeOf(visit), pdfHashes, pagesPerCopy, municipality, certificate };
    await this.parts.visits.recordCopies(live.ids.session, checkedCopies);
    return { type: 'checked', copies: copies.length, pagesPerCopy };
  }

  private async checkReadiness(visit: Visit): Promise<Event> {
    const prepared = this.preparedRequest();
    const code = await this.parts.findUnready({ withFee: feeOf(visit) > 0, sheets: visit.copies.length * visit.pagesPerCopy });
    if (code !== null) return { type: 'failed', code, sentence: null };
    const refused = await this.parts.center.findNoGoAhead(prepared);
    return refused === null ? { type: 'ready' } : { type: 'failed', code: refused.code, sentence: refused.sentence };
  }

  private async charge(visit: Visit): Promise<Event> {
    const live = this.live();
    if (live.isManifestOver(this.parts.clock.nowMs())) return { type: 'charge-not-sent', code: 'manifest-expired', sentence: null };
    // Minutes have gone by since the readiness: a person has looked for a card and typed a PIN.
    const refused = await this.parts.center.findNoGoAhead(this.preparedRequest());
    if (refused !== null) return { type: 'charge-not-sent', code: refused.code, sentence: refused.sentence };
    const event = await this.parts.bank.charge(idsOf(visit).session, feeOf(visit));
    live.cardLastFour = this.parts.bank.cardLastFour();
    return event;
  }

  private cardLastFour(ids: SessionIds): string | null {
    return this.current?.ids.session === ids.session ? this.current.cardLastFour : null;
  }

  private async reverse(session: string, ending: string): Promise<void> {
    const { charges, clock, wakeReversals } = this.parts;
    const charge = await charges.open(session);
    if (charge === null) return;
    await charges.intendReversal(session, { reason: reversalReason(charge, ending), nowMs: clock.nowMs() });
    wakeReversals();
  }

  private async reportOutcome(visit: Visit): Promise<void> {
    const { session, request } = idsOf(visit);
    const row = await this.parts.visits.get(session);
    const about = { session, request, ...(row.municipalityCode !== null && { municipality: row.municipalityCode }) };
    if (visit.copies.length === 0) return this.parts.trail.reportOutcome({ ...about, copies: 'unopened' });
    const hashes = copyHashesOf(row);
    assert(hashes.length === visit.copies.length, 'the copies of a checked bundle are written down');
    const copies = hashes.map((pdfSha256, index) => {
      const outcome = outcomeOf(visit.copies[index] ?? 'prepared');
      return { copy: index + 1, attempt: 1, outcome, pdfSha256 };
    });
    await this.parts.trail.reportOutcome({ ...about, copies });
  }

  /** The next visit may have begun: what is its own stays. */
  private async wipe(visit: Visit): Promise<void> {
    if (this.isCurrent(visit)) {
      this.current?.wipe();
      this.current = null;
    }
    if (visit.ids !== null) await this.parts.visits.settle(visit.ids.session);
  }

  private isCurrent(visit: Visit): boolean {
    return this.current?.ids.session === visit.ids?.session;
  }

  private preparedRequest(): PreparedRequest {
    const live = this.live();
    return { center: live.openCenter(), request: live.signedRequest() };
  }

  private live(): LiveSession {
    assert(this.current !== null, 'a visit is under way');
    return this.current;
  }
}

function idsOf(visit: Visit): SessionIds {
  assert(visit.ids !== null, 'a visit has ids');
  return visit.ids;
}

function feeOf(visit: Visit): number {
  return visit.chosen?.feeYen ?? 0;
}
