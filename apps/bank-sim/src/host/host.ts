// One message in, one answer out (host interface, libs/iso8583/README.md). A kiosk's
// connection is signed on or not; everything else lies in the books.
import { decode, encode } from '#libs/iso8583/codec.js';
import { findText, message, type FieldValue, type Message } from '#libs/iso8583/message.js';
import { answerMti, checkProfile, echoed } from '#libs/iso8583/profile.js';
import { assert } from '#libs/std/assert.js';
import { sha256Hex } from '#libs/std/bytes.js';
import type { Clock } from '#libs/std/clock.js';
import type { Log } from '#libs/std/log.js';
import type { Books } from '../books/books.js';
import { businessDate } from '../business-date.js';
import { authorise, type Decision } from './purchase.js';
import { reverse } from './reversal.js';

const profileVersion = 1;

export type HostParts = { readonly books: Books; readonly clock: Clock; readonly log: Log; readonly holidays: ReadonlySet<string> };

/** Of one connection; a new one begins unsigned. */
export type Session = { signedOn: boolean };

export type Request = {
  readonly bytes: Buffer;
  readonly session: Session;
  /** A fault of the simulator: answered with this instead of being looked at. */
  readonly forcedCode: string | null;
};

export class Host {
  readonly #parts: HostParts;

  constructor(parts: HostParts) {
    this.#parts = parts;
  }

  /** Null when it is not a message to which there is an answer: the connection has lost its sense. */
  answer({ bytes, session, forcedCode }: Request): Buffer | null {
    const decoded = decode(bytes);
    if (!decoded.ok) {
      this.#parts.log.warn('undecodable-message', { fault: decoded.error.code, field: decoded.error.field });
      return null;
    }
    const request = decoded.value;
    const mti = answerMti(request.mti);
    if (mti === null) return null;
    const checked = checkProfile(request, profileVersion);
    if (!checked.ok) {
      this.#parts.log.warn('message-outside-profile', { mti: request.mti, fault: checked.error.code, field: checked.error.field });
      return this.#encode(request, { responseCode: '30' });
    }
    if (mti === '0810') return this.#encode(request, this.#manage(request, session));
    if (!session.signedOn) return this.#encode(request, { responseCode: '91' });
    return this.#financial(request, forcedCode);
  }

  #manage(request: Message, session: Session): Decision {
    const code = findText(request, 70);
    if (code === '001' || code === '002') session.signedOn = code === '001';
    return { responseCode: code === '001' || code === '002' || code === '301' ? '00' : '12' };
  }

  /** The same key and content gets the same answer, and posts nothing new. */
  #financial(request: Message, forcedCode: string | null): Buffer {
    const { books, clock } = this.#parts;
    const purchase = request.mti === '0200';
    const key = [request.mti.slice(0, 2), ...[32, 41, 11, 7].map((number) => findText(request, number))].join('/');
    const digest = digestOf(request);
    const given = books.findAnswer(key);
    if (given !== null) return given.digest === digest ? Buffer.from(given.answer, 'hex') : this.#encode(request, { responseCode: '94' });
    // A reversal that the simulator refuses for fun is not settled: it is looked at when it comes again.
    if (!purchase && forcedCode !== null) return this.#encode(request, { responseCode: forcedCode });
    const decision = purchase ? authorise({ request, forcedCode }, books, clock.nowMs()) : { responseCode: reverse(request, books) };
    const answer = this.#encode(request, decision);
    books.setAnswer(key, { digest, answer: answer.toString('hex') });
    books.commit();
    this.#parts.log.info('answered', { mti: request.mti, rrn: findText(request, 37) ?? '', responseCode: decision.responseCode });
    return answer;
  }

  #encode(request: Message, decision: Decision): Buffer {
    const mti = answerMti(request.mti);
    assert(mti !== null, 'answer-to-an-answer');
    const values: Record<number, FieldValue | undefined> = {};
    for (const number of echoed[mti]) values[number] = request.fields.get(number);
    const date = businessDate(this.#parts.clock.nowMs(), this.#parts.holidays);
    if (mti !== '0430') values[15] = date.slice(4);
    if ('approvalCode' in decision) values[38] = decision.approvalCode;
    values[39] = decision.responseCode;
    const encoded = encode(message(mti, values));
    assert(encoded.ok, 'answer-not-encodable');
    return encoded.value;
  }
}

/** A repeat (0421) is the same message as its first (0420). */
function digestOf(request: Message): string {
  const encoded = encode({ mti: request.mti === '0421' ? '0420' : request.mti, fields: request.fields });
  assert(encoded.ok, 'request-not-encodable');
  return sha256Hex(encoded.value);
}
