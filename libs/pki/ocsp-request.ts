// OCSPRequest (RFC 6960 §4.1) about exactly one certificate, with the nonce of RFC 9654.
// The kiosk's side writes it, a responder reads it.
import { createHash } from 'node:crypto';
import { fromHex, toHex } from '#libs/std/bytes.js';
import type { Result } from '#libs/std/result.js';
import { readSerial } from './certificate.js';
import { type DerFault, type DerReader, readDer, tag } from './der.js';
import { explicit, nullValue, octetString, oid, sequence, unsignedInteger } from './der-writer.js';
import { readExtension } from './extensions.js';
import { nonceMaxBytes, nonceMinBytes } from './limits.js';
import { oids } from './oids.js';
import type { TrustAnchor } from './trust-list.js';

export type CertIdHash = 'sha1' | 'sha256';

/** RFC 6960 §4.1.1. Hashes and serial in upper-case hex, the serial without leading zero octets. */
export type CertId = {
  readonly hash: CertIdHash;
  readonly issuerNameHash: string;
  readonly issuerKeyHash: string;
  readonly serial: string;
};

type Issuer = Pick<TrustAnchor, 'name' | 'publicKeyBits'>;

export function certIdOf(certificate: { issuer: Issuer; serial: string }, hash: CertIdHash): CertId {
  const digest = (bytes: Buffer): string => toHex(createHash(hash).update(bytes).digest());
  const { name, publicKeyBits } = certificate.issuer;
  return { hash, issuerNameHash: digest(name.der), issuerKeyHash: digest(publicKeyBits), serial: certificate.serial };
}

export function sameCertId(a: CertId, b: CertId): boolean {
  return a.hash === b.hash && a.issuerNameHash === b.issuerNameHash && a.issuerKeyHash === b.issuerKeyHash && a.serial === b.serial;
}

export function writeOcspRequest(certId: CertId, nonce: Uint8Array | null): Buffer {
  const requestList = sequence(sequence(writeCertId(certId)));
  return sequence(nonce === null ? sequence(requestList) : sequence(requestList, explicit(2, sequence(writeNonce(nonce)))));
}

export function writeCertId(certId: CertId): Buffer {
  return sequence(
    sequence(oid(oids[certId.hash]), nullValue()),
    octetString(bytesOf(certId.issuerNameHash)),
    octetString(bytesOf(certId.issuerKeyHash)),
    unsignedInteger(bytesOf(certId.serial)),
  );
}

/** An Extension; its value is an OCTET STRING again (RFC 9654 §2.1). */
export function writeNonce(nonce: Uint8Array): Buffer {
  return sequence(oid(oids.ocspNonce), octetString(octetString(nonce)));
}

export type OcspRequest = { readonly certIds: readonly CertId[]; readonly nonce: Buffer | null };

/** Errors: what is not DER, signed requests, extensions other than the nonce. */
export function readOcspRequest(der: Uint8Array): Result<OcspRequest, DerFault> {
  return readDer(der, (reader) => reader.within(tag.sequence, (request) => request.within(tag.sequence, readTbsRequest)));
}

function readTbsRequest(tbs: DerReader): OcspRequest {
  const certIds = tbs.within(tag.sequence, (list) => list.many((item) => item.within(tag.sequence, readCertId)));
  return { certIds, nonce: readNonceExtensions(tbs, 2) };
}

export function readCertId(reader: DerReader): CertId {
  return reader.within(tag.sequence, (id) => {
    const hash = id.within(tag.sequence, readHash);
    const issuerNameHash = toHex(id.value(tag.octetString));
    const issuerKeyHash = toHex(id.value(tag.octetString));
    return { hash, issuerNameHash, issuerKeyHash, serial: readSerial(id) };
  });
}

/** Parameters NULL or absent: both are in use (RFC 5754 §2). */
function readHash(algorithm: DerReader): CertIdHash {
  const type = algorithm.oid();
  if (!algorithm.atEnd) algorithm.null();
  if (type !== oids.sha1 && type !== oids.sha256) algorithm.refuse('cert-id-hash');
  return type === oids.sha256 ? 'sha256' : 'sha1';
}

/** `[n] EXPLICIT Extensions OPTIONAL` in which only the nonce may stand; null when absent. */
export function readNonceExtensions(reader: DerReader, n: number): Buffer | null {
  return reader.optional(tag.contextConstructed(n), (wrapper) =>
    wrapper.within(tag.sequence, (list) => {
      const { type, isCritical, content } = readExtension(list);
      if (type !== oids.ocspNonce || isCritical) list.refuse('ocsp-extension');
      const nonce = readDer(content, (inner) => inner.value(tag.octetString));
      if (!nonce.ok || nonce.value.length < nonceMinBytes || nonce.value.length > nonceMaxBytes) list.refuse('ocsp-nonce');
      return nonce.ok ? nonce.value : Buffer.alloc(0);
    }),
  );
}

function bytesOf(hex: string): Buffer {
  return fromHex(hex) ?? Buffer.alloc(0);
}
