// Writes OCSP answers (RFC 6960 §4.2) for the simulated responder and for tests.
import { sign, type KeyObject } from 'node:crypto';
import { element, enumerated, explicit, generalizedTime, nullValue, octetsAsBits, octetString, oid, sequence } from './der-writer.js';
import { tag } from './der.js';
import { writeCertId, writeNonce, type CertId } from './ocsp-request.js';
import { crlReasons, type CertStatus } from './ocsp-response.js';
import { oids } from './oids.js';

export type OcspSigner = {
  readonly privateKey: KeyObject;
  /** SHA-1 of the signer's key bits. */
  readonly keyId: Buffer;
  /** DER of the delegated responder's certificate; null when the CA signs. */
  readonly certificate: Buffer | null;
};

export type OcspAnswer = {
  readonly certId: CertId;
  readonly certStatus: CertStatus;
  readonly producedAtMs: number;
  readonly thisUpdateMs: number;
  readonly nextUpdateMs: number | null;
  readonly nonce: Uint8Array | null;
};

export function writeOcspResponse(answer: OcspAnswer, signer: OcspSigner): Buffer {
  const data = writeResponseData(answer, signer.keyId);
  const certificates = signer.certificate === null ? [] : [explicit(0, sequence(signer.certificate))];
  const basic = sequence(...signedParts(data, signer.privateKey), ...certificates);
  return sequence(enumerated(0), explicit(0, sequence(oid(oids.ocspBasic), octetString(basic))));
}

/** An answer without an answer (RFC 6960 §4.2.1): 1 malformedRequest, 2 internalError, 3 tryLater, 5 sigRequired, 6 unauthorized. */
export function writeOcspError(status: 1 | 2 | 3 | 5 | 6): Buffer {
  return sequence(enumerated(status));
}

/** What is signed, sha256WithRSAEncryption, the signature. */
export function signedParts(bytes: Buffer, privateKey: KeyObject): Buffer[] {
  return [bytes, signatureAlgorithm(), octetsAsBits(sign('sha256', bytes, privateKey))];
}

export function signatureAlgorithm(): Buffer {
  return sequence(oid(oids.sha256WithRSAEncryption), nullValue());
}

function writeResponseData(answer: OcspAnswer, keyId: Buffer): Buffer {
  const nextUpdate = answer.nextUpdateMs === null ? [] : [explicit(0, generalizedTime(answer.nextUpdateMs))];
  const single = sequence(writeCertId(answer.certId), writeStatus(answer.certStatus), generalizedTime(answer.thisUpdateMs), ...nextUpdate);
  const extensions = answer.nonce === null ? [] : [explicit(1, sequence(writeNonce(answer.nonce)))];
  return sequence(explicit(2, octetString(keyId)), generalizedTime(answer.producedAtMs), sequence(single), ...extensions);
}

function writeStatus(status: CertStatus): Buffer {
  switch (status.status) {
    case 'good':
      return element(tag.context(0));
    case 'unknown':
      return element(tag.context(2));
    case 'revoked': {
      const reason = status.reason === null ? [] : [explicit(0, enumerated(crlReasons.indexOf(status.reason)))];
      return explicit(1, generalizedTime(status.revocationTimeMs), ...reason);
    }
  }
}
