// A CA of JPKI's shape with its OCSP responder and one CRL, for the tests of this room. It
// answers as it is told: good, revoked, or in one of the ways in which an answer proves nothing.
import { sign, type KeyObject } from 'node:crypto';
import { createAuthority, createResponder, issueUserAuthentication, type Authority } from '#libs/pki/issue-authority.js';
import { generateRsaKeyPair } from '#libs/pki/issue-certificate.js';
import { writeCrl } from '#libs/pki/issue-crl.js';
import { writeOcspError, writeOcspResponse, type OcspSigner } from '#libs/pki/issue-ocsp.js';
import { crlPointName } from '#libs/pki/issue-profile.js';
import { writeName } from '#libs/pki/name.js';
import { readOcspRequest, type CertId } from '#libs/pki/ocsp-request.js';
import { fromHex, toHex } from '#libs/std/bytes.js';
import { serve, type Asked, type Reply, type TrialServer } from './server.js';

const day = 86_400_000;
/** The responder does not answer. */
export const ocspOutages = ['hang-up', 'silence', 'not-found', 'other-type', 'malformed-request', 'internal-error', 'try-later'] as const;
/** It, or somebody else, answers with what proves nothing. */
export const ocspForgeries = ['garbage', 'other-signer', 'other-card', 'other-nonce', 'no-nonce', 'from-the-future', 'stale'] as const;
export type OcspMode = 'good' | 'revoked' | 'stale-revoked' | 'unknown' | (typeof ocspOutages)[number] | (typeof ocspForgeries)[number];

/** RFC 6960 §4.2.1 */
const errorStatuses = { 'malformed-request': 1, 'internal-error': 2, 'try-later': 3 } as const;

export type Card = {
  /** DER */
  readonly certificate: Buffer;
  readonly caKeyId: string;
  /** Upper-case hex. */
  readonly serial: string;
  /** RSASSA-PKCS1-v1_5 over the SHA-256 of the text. */
  sign(text: string): Buffer;
};

export class TrialAuthority {
  ocsp: OcspMode = 'good';
  /** Of the CRL's thisUpdate. */
  listAgeMs = 3_600_000;
  /** Serial numbers on the CRL. */
  readonly listed: string[] = [];
  ocspQuestions = 0;
  private nextSerial = 0x0a01;
  private server: TrialServer | null = null;

  private constructor(
    private readonly authority: Authority,
    private readonly responder: OcspSigner,
    private readonly cardKeys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
  ) {}

  static async start(): Promise<TrialAuthority> {
    const validity = { notBeforeMs: Date.now() - 30 * day, notAfterMs: Date.now() + 1000 * day };
    const template = { purpose: 'user-authentication' as const, organization: 'JPKI-TRIAL', serial: Buffer.of(1), ...validity };
    const [authority, cardKeys] = await Promise.all([createAuthority(template), generateRsaKeyPair()]);
    const responder = await createResponder(authority, { serial: Buffer.of(2), ...validity });
    const trial = new TrialAuthority(authority, responder, cardKeys);
    trial.server = await serve((asked) => trial.answer(asked));
    return trial;
  }

  get certificate(): string {
    return this.authority.certificate.toString('base64');
  }

  get url(): string {
    return this.server?.url ?? '';
  }

  async close(): Promise<void> {
    await this.server?.close();
  }

  /** All cards of one authority share a key pair: making one takes longer than the rest of a test. */
  issue(notAfterMs = Date.now() + 400 * day): Card {
    const serial = Buffer.alloc(4);
    serial.writeUInt32BE(0x10_00_00_00 + this.nextSerial++);
    const certificate = issueUserAuthentication(this.authority, {
      serial,
      publicKey: this.cardKeys.publicKey,
      subject: writeName([
        ['C', 'JP'],
        ['CN', `TRIAL${toHex(serial)}`],
      ]),
      notBeforeMs: Math.min(Date.now(), notAfterMs) - 10 * day,
      notAfterMs,
      crlPoint: this.point(),
      ocspUrl: 'http://ocsp.invalid',
    });
    const { privateKey } = this.cardKeys;
    return {
      certificate,
      caKeyId: this.authority.caKeyId,
      serial: toHex(serial),
      sign: (text) => sign('sha256', Buffer.from(text), privateKey),
    };
  }

  private point(): Buffer {
    return crlPointName('user-authentication', 'JPKI-TRIAL', [['CN', 'Trial CRLDP']]);
  }

  private async answer({ method, path, contentType, body }: Asked): Promise<Reply> {
    if (path === '/crl' && method === 'GET') return { status: 200, contentType: 'application/pkix-crl', body: this.list() };
    this.ocspQuestions += 1;
    if (this.ocsp === 'hang-up' || this.ocsp === 'silence') return this.ocsp;
    if (this.ocsp === 'not-found') return { status: 404, contentType: 'text/plain', body: 'no responder here' };
    if (this.ocsp === 'other-type') return { status: 200, contentType: 'text/html', body: '<h1>maintenance</h1>' };
    const reply = { status: 200, contentType: 'application/ocsp-response' };
    if (this.ocsp === 'garbage') return { ...reply, body: 'no DER' };
    if (isErrorStatus(this.ocsp)) return { ...reply, body: writeOcspError(errorStatuses[this.ocsp]) };
    const question = readOcspRequest(body);
    const [certId] = question.ok ? question.value.certIds : [];
    if (method !== 'POST' || contentType !== 'application/ocsp-request' || !question.ok || certId === undefined) {
      return { status: 400, contentType: 'text/plain', body: 'not an OCSP request' };
    }
    return { ...reply, body: this.say(certId, question.value.nonce) };
  }

  private say(certId: CertId, nonce: Buffer | null): Buffer {
    const mode = this.ocsp;
    const atMs = Date.now() + (mode.startsWith('stale') ? -3_600_000 : 0) + (mode === 'from-the-future' ? 3_600_000 : 0);
    const revoked = { status: 'revoked' as const, revocationTimeMs: atMs - day, reason: null };
    const plain = { status: mode === 'unknown' ? ('unknown' as const) : ('good' as const) };
    const answer = {
      certId: mode === 'other-card' ? { ...certId, serial: `${certId.serial}01` } : certId,
      certStatus: mode.endsWith('revoked') ? revoked : plain,
      producedAtMs: atMs,
      thisUpdateMs: atMs,
      nextUpdateMs: null,
      nonce: mode === 'no-nonce' ? null : mode === 'other-nonce' ? Buffer.alloc(32, 5) : nonce,
    };
    // The certificate of the responder, and a signature by another key.
    const signer = mode === 'other-signer' ? { ...this.responder, privateKey: this.cardKeys.privateKey } : this.responder;
    return writeOcspResponse(answer, signer);
  }

  private list(): Buffer {
    const { name: issuer, keyId: authorityKeyId, privateKey } = this.authority;
    const entries = this.listed.map((serial) => ({
      serial: fromHex(serial) ?? Buffer.alloc(0),
      revocationTimeMs: Date.now() - day,
      reason: 'unspecified' as const,
    }));
    const times = { thisUpdateMs: Date.now() - this.listAgeMs, nextUpdateMs: Date.now() + day };
    return writeCrl({ issuer, authorityKeyId, scope: this.point(), ...times, crlNumber: 1, entries }, privateKey);
  }
}

function isErrorStatus(mode: OcspMode): mode is keyof typeof errorStatuses {
  return Object.hasOwn(errorStatuses, mode);
}
