// Why a call was not done, as a value. What the outside is told of each is in
// http/problems.ts; the true reason behind `go-to-counter` is told to nobody.
import type { Refusal } from '#libs/pki/refusal.js';
import { err, type Err } from '#libs/std/result.js';

export type Refused =
  | { readonly code: 'go-to-counter' }
  /** The center's word is missing, not the center's, or not about this statement. `detail`: for the log. */
  | { readonly code: 'bad-verdict'; readonly detail: string }
  | { readonly code: 'stale-verdict' }
  /** Nobody enrolled it here: what it says became of the paper would count for nothing. `detail`: its id, for the log. */
  | { readonly code: 'kiosk-unknown'; readonly detail: string }
  | { readonly code: 'malformed-statement' }
  | { readonly code: 'card-refused'; readonly refusal: Refusal }
  /** The verdict rests on a CRL and this kind may not. */
  | { readonly code: 'revocation-unknown' }
  | { readonly code: 'offer-expired' }
  | { readonly code: 'closed'; readonly sentence: string }
  | { readonly code: 'issuance-stopped' }
  | { readonly code: 'choice-not-offered' }
  | { readonly code: 'request-conflict' }
  | { readonly code: 'answer-erased' }
  | { readonly code: 'no-register' }
  | { readonly code: 'no-such-request' }
  | { readonly code: 'bad-outcome'; readonly detail: string }
  | { readonly code: 'outcome-conflict' };

export type RefusedCode = Refused['code'];

type Plain = Exclude<Refused, { detail: string } | { refusal: Refusal } | { sentence: string }>['code'];

export function refused(code: Plain): Err<Refused> {
  return err({ code });
}
