// Certificate revocation lists (RFC 5280 §5), the fallback where OCSP cannot be had:
// one daily list a distribution point, named by a directoryName.
import { err, type Result } from '#libs/std/result.js';
import type { RevocationEvidence } from './ocsp.js';
import { crlMaxAgeMs, clockSkewMs } from './limits.js';
import { refusal, type Refusal } from './refusal.js';
import type { CardIdentity } from './statement.js';
import type { TrustAnchor, TrustAnchors } from './trust-list.js';

export type CrlPolicy = {
  /** Kinds of certificate (`resident-record` …) that may rest on a CRL. 印鑑登録証明書 never does, whatever stands here. */
  readonly kinds: readonly string[];
  readonly maxAgeMs: number;
  readonly skewMs: number;
};

export const defaultCrlPolicy: CrlPolicy = { kinds: [], maxAgeMs: crlMaxAgeMs, skewMs: clockSkewMs };

/** A list whose signature was checked. */
export type Crl = {
  readonly issuer: TrustAnchor;
  /** DER of the distribution point's directoryName. */
  readonly scopeDer: Buffer;
  readonly thisUpdateMs: number;
  readonly nextUpdateMs: number;
  readonly entryCount: number;
  /** Lower-case hex, of the whole DER. */
  readonly sha256: string;
  /** `serial` upper-case hex without leading zero octets. Null: not on this list. */
  findReason(serial: string): string | null;
};

/** Reads and checks the signature; keeps the bytes, so do not overwrite them. Errors: `revocation-unknown`. */
export function readCrl(der: Uint8Array, anchors: TrustAnchors): Result<Crl, Refusal> {
  return err(refusal('revocation-unknown', `under-construction-${der.length + anchors.length}`));
}

export type CrlInput = {
  readonly identity: CardIdentity;
  readonly crl: Crl;
  /** The kind of certificate that is asked for. */
  readonly kind: string;
  readonly policy: CrlPolicy;
  readonly atMs: number;
};

/** Errors: `certificate-revoked`, `revocation-unknown`. */
export function judgeCrl(input: CrlInput): Result<RevocationEvidence, Refusal> {
  return err(refusal('revocation-unknown', `under-construction-${input.atMs}`));
}
