// From a certificate to the pinned CA that signed it: one step (reference §10, "one-tier
// CAs"). Name and key identifier only spare work; the signature decides.
import { equalBytes, toHex } from '#libs/std/bytes.js';
import type { Certificate, Signed } from './certificate.js';
import type { AuthorityKeyIdentifier } from './extensions.js';
import type { Name } from './name.js';
import { isSignedBy } from './signature.js';
import type { TrustAnchor, TrustAnchors } from './trust-list.js';

/** Null when none of them signed it, or the certificate names another issuer than the one that did. */
export function findIssuer({ issuer, extensions, signed }: Certificate, anchors: TrustAnchors): TrustAnchor | null {
  return findSigner({ signed, issuer, identifier: extensions.values.authorityKeyIdentifier ?? null }, anchors);
}

export type SignedByAuthority = { readonly signed: Signed; readonly issuer: Name; readonly identifier: AuthorityKeyIdentifier | null };

/** The same for certificates and CRLs. */
export function findSigner(document: SignedByAuthority, anchors: TrustAnchors): TrustAnchor | null {
  const candidates = anchors.filter((anchor) => namesIssuer(document, anchor));
  return candidates.find((anchor) => isSignedBy(anchor.publicKey, document.signed)) ?? null;
}

function namesIssuer({ issuer, identifier }: SignedByAuthority, anchor: TrustAnchor): boolean {
  if (!equalBytes(issuer.der, anchor.name.der)) return false;
  if (identifier === null) return true;
  if (identifier.keyId !== null && toHex(identifier.keyId) !== anchor.keyId) return false;
  if (identifier.issuer === null) return true;
  const [name, ...others] = identifier.issuer.names;
  const sameName = name?.form === 'directoryName' && others.length === 0 && equalBytes(name.name.der, anchor.name.der);
  return sameName && toHex(identifier.issuer.serial) === anchor.serial;
}

type Validity = { readonly notBeforeMs: number; readonly notAfterMs: number };

/** A CA issues while it is valid, and nothing that outlives it: JPKI changes its CA in time (reference §10, the generations). */
export function isWithin(inner: Validity, outer: Validity): boolean {
  return outer.notBeforeMs <= inner.notBeforeMs && inner.notAfterMs <= outer.notAfterMs;
}

export function isValidAt(validity: Validity, atMs: number): boolean {
  return validity.notBeforeMs <= atMs && atMs <= lastInstant(validity.notAfterMs);
}

/** notAfter names a second, and all of it still belongs to the validity. */
export function lastInstant(notAfterMs: number): number {
  return notAfterMs + 999;
}
