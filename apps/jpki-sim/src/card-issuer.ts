// Issues a card: two fresh keys, and a certificate of each CA over them.
import type { IssueCardBody, IssuedCard } from '#libs/contract/simulators.js';
import { issueDigitalSignature, issueUserAuthentication } from '#libs/pki/issue-authority.js';
import { generateRsaKeyPair, type KeyPair } from '#libs/pki/issue-certificate.js';
import { writeName } from '#libs/pki/name.js';
import { toHex } from '#libs/std/bytes.js';
import type { Random } from '#libs/std/random.js';
import { crlPointOf, makeSerial, type CertificateAuthority, type Outside } from './certificate-authority.js';
import { dayMs } from '#libs/std/clock.js';
import { localityOf, type Locality } from './localities.js';
import { birthDateWithEra, endOfFifthBirthdayMs } from './validity.js';

export type CardIssuer = {
  readonly authentication: CertificateAuthority;
  readonly signature: CertificateAuthority;
  readonly outside: Outside;
  readonly ocspBaseUrl: string;
};

/** Everything that goes onto a chip. The keys are in the answer and nowhere else. */
export async function issueCard(issuer: CardIssuer, citizen: IssueCardBody): Promise<IssuedCard> {
  const [authentication, signature] = await Promise.all([generateRsaKeyPair(), generateRsaKeyPair()]);
  const validity = validityOf(citizen, issuer.outside.clock.nowMs());
  const locality = localityOf(citizen.address);
  const forAuthentication = { ...endEntity(issuer, issuer.authentication, locality), ...validity, publicKey: authentication.publicKey };
  const forSignature = { ...endEntity(issuer, issuer.signature, locality), ...validity, publicKey: signature.publicKey };
  const authenticationCertificate = issueUserAuthentication(issuer.authentication.authority, {
    ...forAuthentication,
    subject: authenticationSubject(issuer.outside.random, locality),
  });
  const signatureCertificate = issueDigitalSignature(issuer.signature.authority, {
    ...forSignature,
    subject: signatureSubject(issuer.outside, locality),
    citizen: { ...citizen, birthDate: birthDateWithEra(citizen.birthDate) },
  });
  issuer.authentication.enter(toHex(forAuthentication.serial), locality);
  issuer.signature.enter(toHex(forSignature.serial), locality);
  return {
    authenticationCertificate: authenticationCertificate.toString('base64'),
    authenticationKey: pkcs8Of(authentication),
    signatureCertificate: signatureCertificate.toString('base64'),
    signatureKey: pkcs8Of(signature),
    authenticationCa: issuer.authentication.authority.certificate.toString('base64'),
    signatureCa: issuer.signature.authority.certificate.toString('base64'),
    caKeyId: issuer.authentication.authority.caKeyId,
    serial: toHex(forAuthentication.serial),
  };
}

function endEntity(
  issuer: CardIssuer,
  ca: CertificateAuthority,
  locality: Locality,
): { serial: Buffer; crlPoint: Buffer; ocspUrl: string } {
  const { purpose } = ca.authority;
  let serial = makeSerial(issuer.outside.random);
  while (ca.has(toHex(serial))) serial = makeSerial(issuer.outside.random);
  const path = purpose === 'user-authentication' ? 'authentication' : 'signature';
  return { serial, crlPoint: crlPointOf(purpose, locality), ocspUrl: `${issuer.ocspBaseUrl}/ocsp/${path}` };
}

/** A certificate that has ended already began a year before its end, unless told otherwise. */
function validityOf(citizen: IssueCardBody, nowMs: number): { notBeforeMs: number; notAfterMs: number } {
  const notAfterMs = citizen.notAfter === undefined ? endOfFifthBirthdayMs(citizen.birthDate, nowMs) : Date.parse(citizen.notAfter);
  const notBeforeMs = citizen.notBefore === undefined ? Math.min(nowMs, notAfterMs - 365 * dayMs) : Date.parse(citizen.notBefore);
  return { notBeforeMs, notAfterMs };
}

/** Shaped like `997794E9AGCIEG13221003A` (reference §10): an id, the municipality, a window. */
function authenticationSubject(random: Random, { code }: Locality): Buffer {
  const id = [...random.bytes(14)].map((octet) => '0123456789ABCDEFGHIJKLMNPQRSTUVW'[octet % 32]).join('');
  return writeName([
    ['C', 'JP'],
    ['CN', `${id}${code}003A`],
  ]);
}

/** CN: time of the request, five digits, the window. */
function signatureSubject({ clock, random }: Outside, { prefecture, city, code }: Locality): Buffer {
  const requested = new Date(clock.nowMs()).toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const sequence = String(random.bytes(2).readUInt16BE()).padStart(5, '0');
  return writeName([
    ['C', 'JP'],
    ['L', prefecture],
    ['L', city],
    ['CN', `${requested}${sequence}${code}003A`],
  ]);
}

function pkcs8Of(pair: KeyPair): string {
  return pair.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
}
