// When OCSP said nothing at all about the certificate: nobody answered, or the responder says
// that it does not (RFC 6960 §4.2.1). Only then may a list be asked; everything else that
// proves nothing is the answer of somebody who wants to be believed.
//
// A type, not words to be found again in `reason`: whoever decides by it writes a Record over
// OcspOutage, and the compiler refuses a word that is missing there or that no longer exists.
import type { OcspErrorStatus } from './ocsp-response.js';
import { refusal, type Refusal } from './refusal.js';

/** `no-answer`: nothing whole came in time and size. `not-an-answer`: HTTP said something that is no OCSP response. */
export type OcspOutage = 'no-answer' | 'not-an-answer' | OcspErrorStatus;

/** `outage` null: OCSP said something, and it is not good or proves nothing. */
export type OcspRefusal = Refusal & { readonly outage: OcspOutage | null };

export function outageRefusal(outage: OcspOutage): OcspRefusal {
  return { ...refusal('revocation-unknown', `ocsp-${outage}`), outage };
}
