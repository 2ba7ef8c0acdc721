// OCSPResponse (RFC 6960 §4.2) in the form of the profile: one answer about one
// certificate, signed by sha256WithRSAEncryption, with at most the responder's own
// certificate beside it. Reading believes nothing; ocsp.ts judges.
import { toHex } from '#libs/std/bytes.js';
import type { Result } from '#libs/std/result.js';
import { readCertificateFrom, readSignature, type Certificate, type Signed } from './certificate.js';
import { type DerFault, type DerReader, readDer, tag } from './der.js';
import { readName } from './name.js';
import { readCertId, readNonceExtensions, type CertId } from './ocsp-request.js';
import { oids } from './oids.js';

/** RFC 5280 §5.3.1, by number; 7 is not used. */
export const crlReasons = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  null,
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
] as const;
export type CrlReason = Exclude<(typeof crlReasons)[number], null>;

export type CertStatus =
  | { readonly status: 'good' | 'unknown' }
  | { readonly status: 'revoked'; readonly revocationTimeMs: number; readonly reason: CrlReason | null };

/** By name: DER of the Name. By key: SHA-1 of the key bits, upper-case hex. */
export type ResponderId = { readonly by: 'name'; readonly der: Buffer } | { readonly by: 'key'; readonly keyHash: string };

export type BasicOcspResponse = {
  readonly signed: Signed;
  readonly responderId: ResponderId;
  readonly producedAtMs: number;
  readonly certId: CertId;
  readonly certStatus: CertStatus;
  readonly thisUpdateMs: number;
  readonly nextUpdateMs: number | null;
  readonly nonce: Buffer | null;
  /** The delegated responder's; null when the CA itself should have signed. */
  readonly certificate: Certificate | null;
};

/** OCSPResponseStatus (RFC 6960 §4.2.1), by number; 4 is not used. */
const responseStatuses = [
  'successful',
  'malformed-request',
  'internal-error',
  'try-later',
  null,
  'signature-required',
  'unauthorized',
] as const;
/** With these the responder says that it does not answer. Nobody signs them, so anybody may have said it. */
export type OcspErrorStatus = Exclude<(typeof responseStatuses)[number], 'successful' | null>;

export type OcspResponse = { readonly status: 'successful'; readonly basic: BasicOcspResponse } | { readonly status: OcspErrorStatus };

/** Errors: what is not DER or not of the profile. */
export function readOcspResponse(der: Uint8Array): Result<OcspResponse, DerFault> {
  return readDer(der, (reader) => reader.within(tag.sequence, readResponse));
}

/** responseBytes stand beside `successful` and beside nothing else. */
function readResponse(response: DerReader): OcspResponse {
  const status = responseStatuses[response.smallInteger(tag.enumerated)] ?? null;
  if (status === null) response.refuse('ocsp-undefined-status');
  return status === null || status === 'successful' ? { status: 'successful', basic: readResponseBytes(response) } : { status };
}

function readResponseBytes(response: DerReader): BasicOcspResponse {
  return response.within(tag.contextConstructed(0), (wrapper) =>
    wrapper.within(tag.sequence, (responseBytes) => {
      if (responseBytes.oid() !== oids.ocspBasic) responseBytes.refuse('ocsp-response-type');
      const basic = readDer(responseBytes.value(tag.octetString), (reader) => reader.within(tag.sequence, readBasic));
      if (basic.ok) return basic.value;
      responseBytes.refuse(basic.error);
      return nothing;
    }),
  );
}

/** Never seen by anyone: it goes with a fault. */
const nothing: BasicOcspResponse = {
  signed: { bytes: Buffer.alloc(0), signature: Buffer.alloc(0) },
  responderId: { by: 'key', keyHash: '' },
  producedAtMs: 0,
  certId: { hash: 'sha1', issuerNameHash: '', issuerKeyHash: '', serial: '' },
  certStatus: { status: 'unknown' },
  thisUpdateMs: 0,
  nextUpdateMs: null,
  nonce: null,
  certificate: null,
};

function readBasic(basic: DerReader): BasicOcspResponse {
  const { der, value } = basic.captured(tag.sequence, readResponseData);
  const signature = readSignature(basic);
  const certificate = basic.optional(tag.contextConstructed(0), (certs) => certs.within(tag.sequence, readCertificateFrom));
  return { ...value, signed: { bytes: der, signature }, certificate };
}

/** Version 1 is the default and therefore absent. */
function readResponseData(data: DerReader): Omit<BasicOcspResponse, 'signed' | 'certificate'> {
  const responderId = readResponderId(data);
  const producedAtMs = data.generalizedTime();
  const single = data.within(tag.sequence, (responses) => responses.within(tag.sequence, readSingle));
  return { responderId, producedAtMs, ...single, nonce: readNonceExtensions(data, 1) };
}

function readResponderId(data: DerReader): ResponderId {
  if (data.nextIs(tag.contextConstructed(1))) return { by: 'name', der: data.within(tag.contextConstructed(1), readName).der };
  return { by: 'key', keyHash: toHex(data.within(tag.contextConstructed(2), (inner) => inner.value(tag.octetString))) };
}

/** singleExtensions have no place in the profile. */
function readSingle(single: DerReader): Pick<BasicOcspResponse, 'certId' | 'certStatus' | 'thisUpdateMs' | 'nextUpdateMs'> {
  const certId = readCertId(single);
  const certStatus = readStatus(single);
  const thisUpdateMs = single.generalizedTime();
  const nextUpdateMs = single.optional(tag.contextConstructed(0), (inner) => inner.generalizedTime());
  return { certId, certStatus, thisUpdateMs, nextUpdateMs };
}

function readStatus(single: DerReader): CertStatus {
  if (single.nextIs(tag.contextConstructed(1))) return single.within(tag.contextConstructed(1), readRevoked);
  const good = single.nextIs(tag.context(0));
  if (single.value(tag.context(good ? 0 : 2)).length !== 0) single.refuse('der-null');
  return { status: good ? 'good' : 'unknown' };
}

function readRevoked(info: DerReader): CertStatus {
  const revocationTimeMs = info.generalizedTime();
  const reason = info.optional(tag.contextConstructed(0), readReason);
  return { status: 'revoked', revocationTimeMs, reason };
}

export function readReason(reader: DerReader): CrlReason {
  const reason = crlReasons[reader.smallInteger(tag.enumerated)];
  if (reason === undefined || reason === null) reader.refuse('crl-reason');
  return reason ?? 'unspecified';
}
