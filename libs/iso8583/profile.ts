// Which data elements each message of KSK-87 carries, per version of the profile. The
// codec reads and writes any element of the table of fields; here a message becomes one
// that this host interface knows.
//
// Version 1 is the first charge: PIN, no cryptogram, no MAC. DE55 and DE64/DE128 are not
// sent, and refused when they come: a MAC that nobody checks is worse than none.
// Version 2 is the cash-card issue: ARQC/ARPC in DE55, MAC in DE64 or DE128, a KSN in
// every message that is MAC'd.
//
// 0420 and 0421 carry no DE2: the original is found by DE90 + DE37 + DE41, so that the
// kiosk stores no PAN in any form.
import { err, ok, type Result } from '#libs/std/result.js';
import type { Message } from './message.js';

export type ProfileVersion = 1 | 2;

/** `approved` elements are mandatory when DE39 is 00 and absent otherwise. */
export type MessageProfile = {
  readonly mandatory: readonly number[];
  readonly optional: readonly number[];
  readonly approved: readonly number[];
};

const row = (mandatory: readonly number[], optional: readonly number[] = [], approved: readonly number[] = []): MessageProfile => ({
  mandatory,
  optional,
  approved,
});

const purchase = [2, 3, 4, 7, 11, 12, 13, 22, 23, 25, 26, 32, 35, 37, 41, 42, 49, 52, 53];
const purchaseAnswer = [2, 3, 4, 7, 11, 12, 13, 15, 32, 37, 39, 41, 42, 49];
const reversal = [3, 4, 7, 11, 12, 13, 25, 32, 37, 39, 41, 42, 49, 90];
const reversalAnswer = [3, 4, 7, 11, 12, 13, 25, 32, 37, 39, 41, 42, 49, 90];

type Table = Readonly<Record<string, MessageProfile>>;

export const profiles: Readonly<Record<ProfileVersion, Table>> = {
  1: {
    '0200': row(purchase, [43]),
    '0210': row(purchaseAnswer, [], [38]),
    '0420': row(reversal, [38]),
    '0421': row(reversal, [38]),
    '0430': row(reversalAnswer, [38]),
    '0800': row([7, 11, 41, 70]),
    '0810': row([7, 11, 15, 39, 41, 70]),
  },
  2: {
    '0200': row([...purchase, 55, 64], [43]),
    '0210': row([...purchaseAnswer, 64], [55], [38]),
    '0420': row([...reversal, 53, 128], [38]),
    '0421': row([...reversal, 53, 128], [38]),
    '0430': row([...reversalAnswer, 128], [38]),
    '0800': row([7, 11, 41, 53, 70, 128]),
    '0810': row([7, 11, 15, 39, 41, 70, 128]),
  },
};

export type ProfileFault = { readonly code: 'unknown-mti' | 'missing-field' | 'unexpected-field'; readonly field: number };

/** The same message, when it has exactly what its MTI asks for. */
export function checkProfile(message: Message, version: ProfileVersion): Result<Message, ProfileFault> {
  const profile = profiles[version][message.mti];
  if (profile === undefined) return err({ code: 'unknown-mti', field: 0 });
  const approved = message.fields.get(39) === '00';
  const mandatory = approved ? [...profile.mandatory, ...profile.approved] : profile.mandatory;
  const missing = mandatory.find((number) => !message.fields.has(number));
  if (missing !== undefined) return err({ code: 'missing-field', field: missing });
  const known = new Set([...mandatory, ...profile.optional]);
  const unexpected = [...message.fields.keys()].find((number) => !known.has(number));
  return unexpected === undefined ? ok(message) : err({ code: 'unexpected-field', field: unexpected });
}

/** The elements that an answer repeats unchanged from its request. */
export const echoed: Readonly<Record<'0210' | '0430' | '0810', readonly number[]>> = {
  '0210': [2, 3, 4, 7, 11, 12, 13, 32, 37, 41, 42, 49],
  '0430': [3, 4, 7, 11, 12, 13, 25, 32, 37, 38, 41, 42, 49, 90],
  '0810': [7, 11, 41, 70],
};

/** `0200` → `0210`; repeats (`0421`) are answered as the first was. */
export function answerMti(mti: string): '0210' | '0430' | '0810' | null {
  switch (mti) {
    case '0200':
      return '0210';
    case '0420':
    case '0421':
      return '0430';
    case '0800':
      return '0810';
    default:
      return null;
  }
}
