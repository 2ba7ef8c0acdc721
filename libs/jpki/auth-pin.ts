// 利用者証明用暗証番号 (EF 0018): how many tries are left, and VERIFY.
// Byte sources: card-and-pki §3 (VERIFY, retry query) and §4 (63Cx, 63C0, 6983, 6984).
import { statusWord, triesLeftOf } from '#libs/iso7816/status-word.js';
import type { ResponseApdu } from '#libs/iso7816/apdu.js';
import { err, ok } from '#libs/std/result.js';
import type { Result } from '#libs/std/result.js';
import { exchange, selectFile, unexpectedStatus } from './application.js';
import type { CardChannel, JpkiFault, JpkiStep } from './application.js';
import { limits } from './limits.js';

export type PinTries = { readonly outcome: 'open'; readonly triesLeft: number } | { readonly outcome: 'blocked' };
export type PinVerdict =
  { readonly outcome: 'verified' } | { readonly outcome: 'wrong'; readonly triesLeft: number } | { readonly outcome: 'blocked' };

/** An empty VERIFY (00200080): asks and consumes nothing. */
export async function authPinTries<F>(channel: CardChannel<F>): Promise<Result<PinTries, JpkiFault<F>>> {
  const selected = await selectFile(channel, 'authentication-pin');
  if (!selected.ok) return selected;
  const answer = await exchange(channel, 'pin-tries', { cla: 0x00, ins: 0x20, p1: 0x00, p2: 0x80 });
  if (!answer.ok) return answer;
  const refusal = refusalOf<F>('pin-tries', answer.value);
  if (!refusal.ok) return refusal;
  return ok(refusal.value.outcome === 'wrong' ? { outcome: 'open', triesLeft: refusal.value.triesLeft } : { outcome: 'blocked' });
}

/**
 * `pin` holds four ASCII digits and stays the caller's to wipe; what is made of it here is
 * wiped before returning. Anything else is refused before the card sees it.
 */
export async function verifyAuthPin<F>(
  channel: CardChannel<F>,
  pin: Buffer,
): Promise<Result<PinVerdict, JpkiFault<F> | { readonly code: 'pin-malformed' }>> {
  if (pin.length !== limits.authPinDigits || !pin.every((byte) => byte >= 0x30 && byte <= 0x39)) return err({ code: 'pin-malformed' });
  const selected = await selectFile(channel, 'authentication-pin');
  if (!selected.ok) return selected;
  const answer = await exchange(channel, 'verify', { cla: 0x00, ins: 0x20, p1: 0x00, p2: 0x80, data: pin });
  if (!answer.ok) return answer;
  return answer.value.statusWord === statusWord.ok ? ok({ outcome: 'verified' }) : refusalOf('verify', answer.value);
}

function refusalOf<F>(step: JpkiStep, answer: ResponseApdu): Result<Exclude<PinVerdict, { outcome: 'verified' }>, JpkiFault<F>> {
  const { statusWord: word } = answer;
  if (word === statusWord.authenticationMethodBlocked || word === statusWord.referenceDataNotUsable) return ok({ outcome: 'blocked' });
  const triesLeft = triesLeftOf(word);
  if (triesLeft === null) return unexpectedStatus(step, answer);
  if (triesLeft === 0) return ok({ outcome: 'blocked' });
  if (triesLeft > limits.authPinTries) return err({ code: 'malformed-answer', step, detail: 'more tries than this PIN has' });
  return ok({ outcome: 'wrong', triesLeft });
}
