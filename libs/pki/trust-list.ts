// The pinned CA certificates. All generations of a JPKI CA share one name
// (reference §10), so an issuer is chosen by signature, never by name; and the CA
// certificate on a card proves nothing, because it comes from the same card.
import { createHash, type KeyObject } from 'node:crypto';
import { equalBytes, toHex } from '#libs/std/bytes.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { readCertificate, type Certificate } from './certificate.js';
import { authorityProfile } from './certificate-profile.js';
import { certificateMaxBytes } from './limits.js';
import { findAttribute, type Name } from './name.js';
import { oids } from './oids.js';
import { findProfileFault } from './profile-fault.js';
import { refusal, type Refusal } from './refusal.js';
import { isSignedBy, readKey } from './signature.js';

export type AnchorPurpose = 'user-authentication' | 'digital-signature';

export type TrustAnchor = {
  readonly der: Buffer;
  /** Issuer and subject are the same. */
  readonly name: Name;
  /** Upper-case hex without leading zero octets. */
  readonly serial: string;
  /** subjectKeyIdentifier: SHA-1 of the key bits, 40 upper-case hex digits. */
  readonly keyId: string;
  readonly publicKey: KeyObject;
  /** The BIT STRING content of the SPKI: what OCSP hashes. */
  readonly publicKeyBits: Buffer;
  readonly purpose: AnchorPurpose;
  /** O of the name: `JPKI` is the real one, anything else a test's. */
  readonly organization: string;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
};

export type TrustAnchors = readonly TrustAnchor[];

/** By organizationalUnitName of the CA (reference §10). */
const purposes: Readonly<Record<string, AnchorPurpose>> = {
  'JPKI for user authentication': 'user-authentication',
  'JPKI for digital signature': 'digital-signature',
};

/** DER certificates of the CAs; every one has to pass, and there has to be one. Errors: `trust-anchor-refused`. */
export function readTrustAnchors(ders: readonly Uint8Array[]): Result<TrustAnchors, Refusal> {
  const anchors: TrustAnchor[] = [];
  for (const der of ders) {
    const anchor = readTrustAnchor(der);
    if (!anchor.ok) return anchor;
    anchors.push(anchor.value);
  }
  return anchors.length === 0 ? err(refusal('trust-anchor-refused', 'no-trust-anchor')) : ok(anchors);
}

export type AnchorFault = { readonly index: number; readonly expected: string };

/** Of a configured list (DER in base64): each entry that a part must not be started with. */
export function findAnchorFaults(anchors: readonly string[], isDemo: boolean): readonly AnchorFault[] {
  return anchors.flatMap((der, index): readonly AnchorFault[] => {
    const anchor = readTrustAnchor(Buffer.from(der, 'base64'));
    if (!anchor.ok) return [{ index, expected: `the DER certificate of a JPKI CA (${anchor.error.reason})` }];
    if (!isDemo && anchor.value.organization !== 'JPKI') return [{ index, expected: 'a CA of JPKI: only a demo trusts a test CA' }];
    return [];
  });
}

function readTrustAnchor(der: Uint8Array): Result<TrustAnchor, Refusal> {
  const refused = (reason: string): Result<never, Refusal> => err(refusal('trust-anchor-refused', reason));
  if (der.length > certificateMaxBytes) return refused('certificate-too-long');
  // A copy: the anchor outlives the buffer it was read from.
  const read = readCertificate(Buffer.from(der));
  if (!read.ok) return refused(read.error);
  const certificate = read.value;
  const fault = findProfileFault(certificate, authorityProfile);
  if (fault !== null) return refused(fault.reason);
  const purpose = findPurpose(certificate);
  if (purpose === null) return refused('organizational-unit');
  const publicKey = readKey(certificate.publicKey.bits);
  if (publicKey === null) return refused('key');
  if (!equalBytes(certificate.issuer.der, certificate.subject.der) || !isSignedBy(publicKey, certificate.signed))
    return refused('not-self-signed');
  const keyId = createHash('sha1').update(certificate.publicKey.bits).digest();
  return ok({
    der: certificate.der,
    name: certificate.subject,
    serial: certificate.serial,
    keyId: toHex(keyId),
    publicKey,
    publicKeyBits: certificate.publicKey.bits,
    purpose,
    organization: findAttribute(certificate.subject, oids.organizationName) ?? '',
    notBeforeMs: certificate.notBeforeMs,
    notAfterMs: certificate.notAfterMs,
  });
}

function findPurpose({ subject }: Certificate): AnchorPurpose | null {
  const units = subject.attributes.filter((attribute) => attribute.type === oids.organizationalUnitName);
  return units.map((unit) => purposes[unit.value]).find((purpose) => purpose !== undefined) ?? null;
}
