// Certificate revocation lists (RFC 5280 §5), the fallback where OCSP cannot be had:
// one daily list a distribution point, named by a directoryName. The numbers are those
// of README.md, "The verdict".
import { equalBytes, sha256Hex } from '#libs/std/bytes.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { readSignature, readSignatureAlgorithm, type Signed } from './certificate.js';
import { readEntries, type CrlEntries } from './crl-entries.js';
import { type DerReader, readDer, tag } from './der.js';
import { readAuthorityKeyIdentifier, readExtension, readPointName, type AuthorityKeyIdentifier } from './extensions.js';
import { clockSkewMs, crlMaxAgeMs, crlMaxBytes, kindsNeverByCrl, serialMaxBytes } from './limits.js';
import { readName, type Name } from './name.js';
import { kebab, type RevocationEvidence } from './ocsp.js';
import { oids } from './oids.js';
import type { CrlReason } from './ocsp-response.js';
import { findSigner, isValidAt, lastInstant } from './path.js';
import { cannotTell, refusal, type Refusal } from './refusal.js';
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
  findReason(serial: string): CrlReason | null;
};

type CrlBody = {
  issuer: Name;
  thisUpdateMs: number;
  nextUpdateMs: number;
  entries: CrlEntries;
  extensions: { scope: Name | null; identifier: AuthorityKeyIdentifier | null };
};

/** Steps 13 and 14. Keeps the bytes, so do not overwrite them. Errors: `revocation-unknown`. */
export function readCrl(der: Uint8Array, anchors: TrustAnchors): Result<Crl, Refusal> {
  // 13. Strict DER in the structure of the profile.
  if (der.length > crlMaxBytes) return cannotTell('crl-too-long');
  const bytes = Buffer.from(der.buffer, der.byteOffset, der.length);
  const read = readDer(bytes, (reader) => reader.within(tag.sequence, (list) => readList(list, bytes)));
  if (!read.ok) return cannotTell(read.error);
  const { issuer, thisUpdateMs, nextUpdateMs, entries, extensions, signed } = read.value;
  if (extensions.scope === null) return cannotTell('crl-scope-missing');
  // 14. Signed by a pinned CA.
  const anchor = findSigner({ signed, issuer, identifier: extensions.identifier }, anchors);
  if (anchor === null) return cannotTell('crl-signer');
  return ok({
    issuer: anchor,
    scopeDer: extensions.scope.der,
    thisUpdateMs,
    nextUpdateMs,
    entryCount: entries.size,
    sha256: sha256Hex(bytes),
    findReason: (serial) => entries.findReason(serial),
  });
}

export type CrlInput = {
  readonly identity: CardIdentity;
  readonly crl: Crl;
  /** The kind of certificate that is asked for. */
  readonly kind: string;
  readonly policy: CrlPolicy;
  readonly atMs: number;
};

/** Steps 15 to 18. Errors: `certificate-revoked`, `revocation-unknown`. */
export function judgeCrl({ identity, crl, kind, policy, atMs }: CrlInput): Result<RevocationEvidence, Refusal> {
  // 15. This kind of certificate may rest on a list.
  if (kindsNeverByCrl.includes(kind) || !policy.kinds.includes(kind)) return cannotTell('crl-not-allowed-for-kind');
  // 16. Of the CA that issued this certificate, valid now, and of the certificate's own distribution point.
  if (crl.issuer.keyId !== identity.issuer.keyId) return cannotTell('crl-other-issuer');
  if (!isValidAt(crl.issuer, atMs)) return cannotTell('issuer-validity');
  const point = identity.certificate.extensions.values.cRLDistributionPoints;
  if (point === undefined || !equalBytes(point.der, crl.scopeDer)) return cannotTell('crl-other-scope');
  // 17. Fresh.
  if (crl.thisUpdateMs > atMs + policy.skewMs) return cannotTell('crl-from-the-future');
  if (crl.thisUpdateMs < atMs - policy.maxAgeMs || lastInstant(crl.nextUpdateMs) < atMs) return cannotTell('crl-too-old');
  // 18. What it says.
  const reason = crl.findReason(identity.serial);
  if (reason !== null) return err(refusal('certificate-revoked', `revoked-${kebab(reason)}`));
  const { thisUpdateMs, nextUpdateMs } = crl;
  return ok({ source: 'crl', thisUpdateMs, nextUpdateMs, evidenceSha256: crl.sha256, evidence: null });
}

function readList(list: DerReader, der: Buffer): CrlBody & { signed: Signed } {
  const tbs = list.captured(tag.sequence, (inner) => readBody(inner, der));
  return { ...tbs.value, signed: { bytes: tbs.der, signature: readSignature(list) } };
}

/** Version 2, and nextUpdate present (RFC 5280 §5.1.2.1, §5.1.2.5). */
function readBody(tbs: DerReader, der: Buffer): CrlBody {
  if (tbs.smallInteger() !== 1) tbs.refuse('crl-not-version-2');
  readSignatureAlgorithm(tbs);
  const issuer = readName(tbs);
  const thisUpdateMs = tbs.time();
  const nextUpdateMs = tbs.time();
  if (nextUpdateMs < thisUpdateMs) tbs.refuse('crl-validity-reversed');
  const entries = readEntries(tbs, der);
  const extensions = tbs.within(tag.contextConstructed(0), (wrapper) => wrapper.within(tag.sequence, readListExtensions));
  return { issuer, thisUpdateMs, nextUpdateMs, entries, extensions };
}

/** A critical IssuingDistributionPoint, cRLNumber and authorityKeyIdentifier; a delta or indirect list has others. */
function readListExtensions(list: DerReader): CrlBody['extensions'] {
  const extensions: CrlBody['extensions'] = { scope: null, identifier: null };
  const seen = new Set<string>();
  while (!list.atEnd) {
    const { type, isCritical, content } = readExtension(list);
    if (seen.has(type)) list.refuse('extension-twice');
    seen.add(type);
    if (isCritical !== (type === oids.issuingDistributionPoint)) list.refuse('extension-criticality');
    const read = readDer(content, (reader) => readListExtension(reader, type, extensions));
    if (!read.ok) list.refuse(read.error);
  }
  return extensions;
}

function readListExtension(reader: DerReader, type: string, into: CrlBody['extensions']): void {
  switch (type) {
    case oids.issuingDistributionPoint:
      into.scope = reader.within(tag.sequence, readScope);
      return;
    case oids.authorityKeyIdentifier:
      into.identifier = readAuthorityKeyIdentifier(reader);
      return;
    case oids.cRLNumber:
      // INTEGER (0..MAX) of at most 20 octets (RFC 5280 §5.2.3): the first list of a CA may well be number 0.
      if (reader.nonNegativeInteger().length > serialMaxBytes) reader.refuse('crl-number');
      return;
    default:
      reader.refuse('crl-extension');
  }
}

/** RFC 5280 §5.2.5 with distributionPoint [0] and at most onlyContainsUserCerts [1]: everything else narrows or widens the scope. */
function readScope(scope: DerReader): Name {
  const name = scope.within(tag.contextConstructed(0), readPointName);
  scope.trueOrAbsent(tag.context(1));
  return name;
}
