// Makes certificates, for the simulated CA and for tests: the only door to pkijs. What
// is put in decides the profile (issue-profile.ts); nothing here checks it, because a
// test also needs certificates that are wrong.
import { createHash, generateKeyPair, sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { BitString, fromBER, Integer, Null, Sequence } from 'asn1js';
import * as pkijs from 'pkijs';
import { assert } from '#libs/std/assert.js';
import { unsignedInteger } from './der-writer.js';
import { oids } from './oids.js';

const generate = promisify(generateKeyPair);

export type KeyPair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject };

/** In libuv's thread pool: start several at once, they take some 0.1 s of a core each. */
export async function generateRsaKeyPair(modulusLength = 2048): Promise<KeyPair> {
  return generate('rsa', { modulusLength, publicExponent: 0x10001 });
}

export function spkiOf(publicKey: KeyObject): Buffer {
  return publicKey.export({ format: 'der', type: 'spki' });
}

/** Content of the SPKI's BIT STRING, which key identifiers hash (RFC 5280 §4.2.1.2, method 1). */
export function keyBitsOf(publicKey: KeyObject): Buffer {
  return publicKey.export({ format: 'der', type: 'pkcs1' });
}

export function keyIdOf(publicKey: KeyObject): Buffer {
  return createHash('sha1').update(keyBitsOf(publicKey)).digest();
}

export type ExtensionTemplate = { readonly oid: string; readonly critical: boolean; readonly value: Uint8Array };

export type CertificateTemplate = {
  /** Magnitude, big-endian. */
  readonly serial: Uint8Array;
  /** DER of the Names. */
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly publicKey: KeyObject;
  readonly extensions: readonly ExtensionTemplate[];
};

/** DER, version 3, sha256WithRSAEncryption. */
export function issueCertificate(template: CertificateTemplate, issuerKey: KeyObject): Buffer {
  const certificate = new pkijs.Certificate();
  certificate.version = 2;
  certificate.serialNumber = readInteger(unsignedInteger(template.serial));
  certificate.issuer = new pkijs.RelativeDistinguishedNames({ schema: readSequence(template.issuer) });
  certificate.subject = new pkijs.RelativeDistinguishedNames({ schema: readSequence(template.subject) });
  certificate.notBefore = timeOf(template.notBeforeMs);
  certificate.notAfter = timeOf(template.notAfterMs);
  certificate.subjectPublicKeyInfo = new pkijs.PublicKeyInfo({ schema: readSequence(spkiOf(template.publicKey)) });
  certificate.extensions = template.extensions.map(
    (extension) => new pkijs.Extension({ extnID: extension.oid, critical: extension.critical, extnValue: arrayBufferOf(extension.value) }),
  );
  // pkijs's own `sign` leaves the NULL out that RFC 4055 §5 demands.
  certificate.signature = new pkijs.AlgorithmIdentifier({ algorithmId: oids.sha256WithRSAEncryption, algorithmParams: new Null() });
  certificate.signatureAlgorithm = certificate.signature;
  const tbs = certificate.encodeTBS().toBER();
  certificate.tbs = tbs;
  certificate.signatureValue = new BitString({ valueHex: arrayBufferOf(sign('sha256', Buffer.from(tbs), issuerKey)) });
  return Buffer.from(certificate.toSchema().toBER());
}

function timeOf(timeMs: number): pkijs.Time {
  const type = timeMs < Date.UTC(2050, 0) ? pkijs.TimeType.UTCTime : pkijs.TimeType.GeneralizedTime;
  return new pkijs.Time({ type, value: new Date(Math.floor(timeMs / 1000) * 1000) });
}

function readSequence(der: Uint8Array): Sequence {
  const { result } = fromBER(arrayBufferOf(der));
  assert(result instanceof Sequence, 'a SEQUENCE was given');
  return result;
}

function readInteger(der: Uint8Array): Integer {
  const { result } = fromBER(arrayBufferOf(der));
  assert(result instanceof Integer, 'an INTEGER was given');
  return result;
}

function arrayBufferOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
