// Step 12 at the cash card, the PIN pad and the bank. The PIN goes from the pad to the bank;
// the account number lives here until the charge is answered, and is forgotten with it.
import type { CardConnection, CardReader } from '#devices/card-reader/port.js';
import type { EncipheredPin, PinPad, PinPadFault } from '#devices/pin-pad/port.js';
import { readCashCard, type CashCard } from '#libs/emv/cash-card.js';
import type { CashCardFault } from '#libs/emv/channel.js';
import { sentenceOf } from '#libs/iso8583/response-codes.js';
import type { Event } from '#libs/session/event.js';
import { assert, unreachable } from '#libs/std/assert.js';
import { wipe } from '#libs/std/bytes.js';
import type { Clock } from '#libs/std/clock.js';
import type { HostLink } from '../host-link/host-link.js';
import { limits } from '../limits.js';
import type { ChargeStore } from '../storage/charge-store.js';

type Parts = {
  readonly reader: CardReader;
  readonly aids: readonly Buffer[];
  readonly pinPad: PinPad;
  readonly host: HostLink;
  readonly charges: ChargeStore;
  readonly clock: Clock;
  readonly onDigits: (count: number) => void;
};

/** DE39 55: the bank says that the PIN is wrong; the person may try again. */
const incorrectPin = '55';
/** The visit goes on: the screen has no word of its own about the money yet. */
const nothingTaken = '料金は引き落とされていません。';
/** DE39 75: typed wrongly too often; the card is locked until the bank's counter opens it. */
const pinTriesExceeded = '75';

export class BankStage {
  private connection: CardConnection | null = null;
  private card: CashCard | null = null;
  private pin: EncipheredPin | null = null;
  private asking = new AbortController();

  constructor(private readonly parts: Parts) {}

  /** Every transaction begins with the card, a second try after a wrong PIN too. */
  async readCard(): Promise<Event> {
    await this.release();
    const connected = await this.parts.reader.connect();
    if (!connected.ok) return refused('キャッシュカードを読み取れませんでした。カードを入れ直してください。');
    this.connection = connected.value;
    const read = await readCashCard(connected.value, this.parts.aids);
    if (!read.ok) return refused(sentenceOfFault(read.error));
    this.card = read.value;
    return { type: 'cash-card-read' };
  }

  async askPin(amountYen: number): Promise<Event> {
    const card = this.readCardOrFail();
    const asking = new AbortController();
    this.asking = asking;
    const { onDigits, pinPad } = this.parts;
    const entered = await pinPad.enterPin({
      pan: card.pan,
      amountYen,
      timeoutMs: limits.bankPinTimeoutMs,
      signal: asking.signal,
      onDigits,
    });
    if (!entered.ok) return { type: 'failed', code: codeOfPad(entered.error), sentence: null };
    if (asking.signal.aborted) {
      // The last digit and やめる at the same moment: the visit is over, and nobody would forget this block.
      wipe(entered.value.pinBlock);
      return { type: 'failed', code: 'bank-pin-cancelled', sentence: null };
    }
    this.pin = entered.value;
    return { type: 'bank-pin-given' };
  }

  cancelPin(): void {
    this.asking.abort();
  }

  /** The intention is on the disk before the 0200 leaves, the outcome before anybody hears of it. */
  async charge(session: string, amountYen: number): Promise<Event> {
    const { charges, host, clock } = this.parts;
    const card = this.readCardOrFail();
    const pin = this.pin;
    assert(pin !== null, 'the PIN pad has given a PIN block');
    const intended = await charges.intend({ session, amountYen, nowMs: clock.nowMs() });
    const answer = await host.purchase({
      ...intended,
      pan: card.pan,
      panSequence: card.panSequence,
      track2: card.track2,
      amountYen,
      pinBlock: pin.pinBlock,
      ksn: pin.ksn,
    });
    this.forgetPin();
    switch (answer.outcome) {
      case 'approved':
        await charges.record(intended.rrn, { state: 'posted', responseCode: '00', approvalCode: answer.approvalCode });
        return { type: 'charged' };
      case 'declined':
        await charges.record(intended.rrn, { state: 'declined', responseCode: answer.responseCode });
        return answer.responseCode === incorrectPin
          ? { type: 'bank-pin-wrong', sentence: `${sentenceOf(incorrectPin)}${nothingTaken}` }
          : { type: 'charge-declined', code: declinedCode(answer.responseCode), sentence: sentenceOf(answer.responseCode) };
      case 'unknown':
        await charges.record(intended.rrn, { state: 'unknown', unknownCause: answer.cause });
        return { type: 'charge-unknown' };
      case 'not-sent':
        await charges.withdraw(intended.rrn);
        return { type: 'charge-not-sent', code: 'bank-not-ready', sentence: null };
      default:
        return unreachable(answer);
    }
  }

  /** For the receipt; null without a card. The whole number leaves this stage for the bank only. */
  cardLastFour(): string | null {
    return this.card?.pan.slice(-4) ?? null;
  }

  /** May be called at any time and more than once. */
  async release(): Promise<void> {
    const connection = this.connection;
    this.connection = null;
    this.card = null;
    this.forgetPin();
    await connection?.disconnect('reset');
  }

  private forgetPin(): void {
    if (this.pin !== null) wipe(this.pin.pinBlock);
    this.pin = null;
  }

  private readCardOrFail(): CashCard {
    assert(this.card !== null, 'the cash card was read');
    return this.card;
  }
}

function declinedCode(responseCode: string): string {
  return responseCode === pinTriesExceeded ? 'bank-pin-locked' : 'charge-declined';
}

function refused(sentence: string): Event {
  return { type: 'cash-card-refused', sentence };
}

function sentenceOfFault(fault: CashCardFault<unknown>): string {
  switch (fault.code) {
    case 'no-cash-application':
      return 'キャッシュカードではないカードが入っています。';
    case 'application-blocked':
    case 'card-blocked':
      return 'このキャッシュカードはお使いいただけません。';
    case 'card-fault':
    case 'malformed-card':
    case 'refused-by-card':
      return 'キャッシュカードを読み取れませんでした。カードを入れ直してください。';
    default:
      return unreachable(fault);
  }
}

function codeOfPad(fault: PinPadFault): string {
  switch (fault.code) {
    case 'cancelled':
      return 'bank-pin-cancelled';
    case 'timed-out':
      return 'bank-pin-timed-out';
    case 'unavailable':
    case 'keys-exhausted':
      return 'pin-pad-not-ready';
    default:
      return unreachable(fault.code);
  }
}
