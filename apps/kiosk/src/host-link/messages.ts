// The messages that the kiosk sends, and what their answers mean to it (profile version 1
// of KSK-87, libs/iso8583). Nothing here touches a socket.
import { findText, getText, message, type Message } from '#libs/iso8583/message.js';
import { encodeOriginalData } from '#libs/iso8583/original-data.js';
import { answerMti, checkProfile, echoed, type ProfileVersion } from '#libs/iso8583/profile.js';
import { messageTimes } from '#libs/iso8583/times.js';
import { assert } from '#libs/std/assert.js';
import type { PurchaseInput, PurchaseOutcome, ReversalInput, ReversalOutcome } from './host-link.js';

const profileVersion: ProfileVersion = 1;

/** Who speaks: DE41 (eight characters), DE42 (at most 15), DE32 (digits). */
export type Terminal = { readonly kiosk: string; readonly branch: string; readonly acquirer: string };

const acceptor = ({ kiosk, branch, acquirer }: Terminal): Readonly<Record<number, string>> => ({
  32: acquirer,
  41: kiosk,
  42: branch.padEnd(15, ' '),
  49: '392',
});

export function purchaseMessage(terminal: Terminal, input: PurchaseInput): Message {
  const times = messageTimes(input.transmittedAtMs);
  return checked(
    message('0200', {
      ...acceptor(terminal),
      2: input.pan,
      3: '000000',
      4: amount(input.amountYen),
      7: times.transmissionTime,
      11: input.stan,
      12: times.localTime,
      13: times.localDate,
      22: '051',
      23: input.panSequence.padStart(3, '0'),
      25: '02',
      26: '12',
      35: input.track2,
      37: input.rrn,
      52: input.pinBlock,
      53: input.ksn,
    }),
  );
}

/** `mti` 0420 for the first, 0421 for every repeat; all else is the same. */
export function reversalMessage(terminal: Terminal, input: ReversalInput, mti: '0420' | '0421'): Message {
  const times = messageTimes(input.transmittedAtMs);
  const { original } = input;
  return checked(
    message(mti, {
      ...acceptor(terminal),
      3: '000000',
      4: amount(original.amountYen),
      7: times.transmissionTime,
      11: input.stan,
      12: times.localTime,
      13: times.localDate,
      25: '02',
      37: original.rrn,
      38: original.approvalCode ?? undefined,
      39: input.reason,
      90: encodeOriginalData({
        mti: '0200',
        stan: original.stan,
        transmissionTime: messageTimes(original.transmittedAtMs).transmissionTime,
        acquirer: terminal.acquirer,
      }),
    }),
  );
}

export const networkCodes = { signOn: '001', signOff: '002', echo: '301' } as const;
export type NetworkCode = (typeof networkCodes)[keyof typeof networkCodes];

export function networkMessage(terminal: Terminal, code: NetworkCode, at: { readonly stan: string; readonly nowMs: number }): Message {
  return checked(message('0800', { 7: messageTimes(at.nowMs).transmissionTime, 11: at.stan, 41: terminal.kiosk, 70: code }));
}

/** What an answer must have in common with its request; null for a message that is neither. */
export function matchingKey(from: Message): string | null {
  const parts = [41, 11, 7].map((number) => findText(from, number));
  return parts.includes(null) ? null : [from.mti.slice(0, 2), ...parts].join('/');
}

/** True when `answer` is one that the profile knows and repeats what it must of `request`. */
export function isAnswerTo(request: Message, answer: Message): boolean {
  const mti = answerMti(request.mti);
  if (mti === null || answer.mti !== mti || !checkProfile(answer, profileVersion).ok) return false;
  return echoed[mti].every((number) => answer.fields.get(number) === request.fields.get(number));
}

export function purchaseOutcome(answer: Message): PurchaseOutcome {
  const responseCode = getText(answer, 39);
  if (responseCode !== '00') return { outcome: 'declined', responseCode };
  return { outcome: 'approved', responseCode, approvalCode: getText(answer, 38), businessDate: getText(answer, 15) };
}

export function reversalOutcome(answer: Message): ReversalOutcome {
  const responseCode = getText(answer, 39);
  switch (responseCode) {
    case '00':
      return { outcome: 'reversed', responseCode };
    case '25':
      return { outcome: 'original-not-found', responseCode };
    default:
      return { outcome: 'refused', responseCode };
  }
}

function amount(yen: number): string {
  assert(Number.isSafeInteger(yen) && yen > 0, 'amount-not-positive-yen');
  return String(yen).padStart(12, '0');
}

function checked(own: Message): Message {
  assert(checkProfile(own, profileVersion).ok, 'own-message-outside-profile');
  return own;
}
