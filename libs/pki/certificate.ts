// A certificate as our profile reads it (RFC 5280 §4.1). Nothing here is believed
// before a signature was checked.
import type { Result } from '#libs/std/result.js';
import { toHex } from '#libs/std/bytes.js';
import { type DerFault, type DerReader, readDer, tag } from './der.js';
import { readExtensions, type Extensions } from './extensions.js';
import { serialMaxBytes } from './limits.js';
import { readName, type Name } from './name.js';
import { oids } from './oids.js';

export type SubjectPublicKey = {
  /** RSAPublicKey, the content of the BIT STRING: what key identifiers and CertIDs hash. */
  readonly bits: Buffer;
  readonly modulusBits: number;
  /** Upper-case hex. */
  readonly exponent: string;
};

export type Certificate = {
  readonly der: Buffer;
  readonly signed: Signed;
  /** Upper-case hex without leading zero octets. */
  readonly serial: string;
  readonly issuer: Name;
  readonly subject: Name;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly publicKey: SubjectPublicKey;
  readonly extensions: Extensions;
};

/** What a signature covers, and the signature. The algorithm is always sha256WithRSAEncryption. */
export type Signed = { readonly bytes: Buffer; readonly signature: Buffer };

/** Errors: what is not DER, not version 3, or signed with anything but sha256WithRSAEncryption. */
export function readCertificate(der: Uint8Array): Result<Certificate, DerFault> {
  return readDer(der, readCertificateFrom);
}

export function readCertificateFrom(reader: DerReader): Certificate {
  const { der, value } = reader.captured(tag.sequence, (certificate) => {
    const tbs = certificate.captured(tag.sequence, readTbs);
    return { ...tbs.value, signed: { bytes: tbs.der, signature: readSignature(certificate) } };
  });
  return { der, ...value };
}

function readTbs(tbs: DerReader): Omit<Certificate, 'der' | 'signed'> {
  tbs.within(tag.contextConstructed(0), (version) => {
    if (version.smallInteger() !== 2) version.refuse('not-version-3');
  });
  const serial = readSerial(tbs);
  readSignatureAlgorithm(tbs);
  const issuer = readName(tbs);
  const { notBeforeMs, notAfterMs } = tbs.within(tag.sequence, (validity) => ({
    notBeforeMs: validity.time(),
    notAfterMs: validity.time(),
  }));
  if (notAfterMs < notBeforeMs) tbs.refuse('validity-reversed');
  const subject = readName(tbs);
  const publicKey = readPublicKey(tbs);
  const extensions = tbs.within(tag.contextConstructed(3), readExtensions);
  return { serial, issuer, notBeforeMs, notAfterMs, subject, publicKey, extensions };
}

/** RFC 5280 §4.1.2.2: positive, at most 20 octets. */
export function readSerial(reader: DerReader, expected: number = tag.integer): string {
  const serial = reader.positiveInteger(expected);
  if (serial.length > serialMaxBytes) reader.refuse('serial-too-long');
  return toHex(serial);
}

/** Inner and outer identifier are the same because both are exactly this one. Its parameters are NULL (RFC 4055 §5). */
export function readSignatureAlgorithm(reader: DerReader): void {
  reader.within(tag.sequence, (algorithm) => {
    if (algorithm.oid() !== oids.sha256WithRSAEncryption) algorithm.refuse('signature-algorithm');
    algorithm.null();
  });
}

/** signatureAlgorithm and signatureValue, which stand at the end of everything that is signed. */
export function readSignature(reader: DerReader): Buffer {
  readSignatureAlgorithm(reader);
  return reader.octetsInBits();
}

function readPublicKey(reader: DerReader): SubjectPublicKey {
  return reader.within(tag.sequence, (spki) => {
    spki.within(tag.sequence, (algorithm) => {
      if (algorithm.oid() !== oids.rsaEncryption) algorithm.refuse('key-algorithm');
      algorithm.null();
    });
    const bits = spki.octetsInBits();
    const key = readDer(bits, (inner) =>
      inner.within(tag.sequence, (rsa) => ({ modulus: rsa.positiveInteger(), exponent: rsa.positiveInteger() })),
    );
    if (!key.ok) spki.refuse(key.error);
    return { bits, ...(key.ok ? measure(key.value) : { modulusBits: 0, exponent: '' }) };
  });
}

function measure(key: { modulus: Buffer; exponent: Buffer }): { modulusBits: number; exponent: string } {
  const [first = 0] = key.modulus;
  return { modulusBits: key.modulus.length * 8 - (Math.clz32(first) - 24), exponent: toHex(key.exponent) };
}
