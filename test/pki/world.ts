// A small world for the tests of libs/pki: a CA, a card, a responder and a list, all
// good at `atMs`, made once a file (RSA keys are slow to make).
import { sign, type KeyObject } from 'node:crypto';
import { assert } from '#libs/std/assert.js';
import { sha256 } from '#libs/std/bytes.js';
import type { Result } from '#libs/std/result.js';
import { readCrl, type Crl } from '#libs/pki/crl.js';
import { createAuthority, createResponder, issueUserAuthentication, type Authority } from '#libs/pki/issue-authority.js';
import { generateRsaKeyPair } from '#libs/pki/issue-certificate.js';
import { writeCrl, type CrlEntryTemplate, type CrlTemplate } from '#libs/pki/issue-crl.js';
import { writeOcspResponse, type OcspAnswer, type OcspSigner } from '#libs/pki/issue-ocsp.js';
import { crlPointName } from '#libs/pki/issue-profile.js';
import { writeName } from '#libs/pki/name.js';
import { defaultOcspPolicy, judgeOcsp, type OcspPolicy } from '#libs/pki/ocsp.js';
import { certIdOf } from '#libs/pki/ocsp-request.js';
import { judgeStatement, type CardIdentity } from '#libs/pki/statement.js';
import { readTrustAnchors, type TrustAnchors } from '#libs/pki/trust-list.js';

/** Of a world whose moment does not matter. */
export const atMs = Date.UTC(2026, 10, 23, 3, 0, 0);
const day = 86_400_000;

export type World = {
  /** The moment at which all of it is good. */
  readonly atMs: number;
  readonly authority: Authority;
  readonly responder: OcspSigner;
  readonly anchors: TrustAnchors;
  readonly cardKey: KeyObject;
  readonly certificate: Buffer;
  readonly statement: Buffer;
  readonly signature: Buffer;
  readonly identity: CardIdentity;
  readonly nonce: Buffer;
  readonly crlPoint: Buffer;
};

export async function createWorld(nowMs = atMs): Promise<World> {
  const [authority, card] = await Promise.all([
    createAuthority({
      purpose: 'user-authentication',
      organization: 'JPKI-TEST',
      serial: Buffer.from('0133c349', 'hex'),
      notBeforeMs: nowMs - 1000 * day,
      notAfterMs: nowMs + 2600 * day,
    }),
    generateRsaKeyPair(),
  ]);
  const responder = await createResponder(authority, { serial: Buffer.of(5), notBeforeMs: nowMs - day, notAfterMs: nowMs + day });
  const crlPoint = crlPointName('user-authentication', 'JPKI-TEST', [['CN', 'Madoguchi-ken CRLDP']]);
  const certificate = issueUserAuthentication(authority, {
    serial: Buffer.from('89abcdef01', 'hex'),
    publicKey: card.publicKey,
    subject: writeName([
      ['C', 'JP'],
      ['CN', '997794E9AGCIEG99101003A'],
    ]),
    notBeforeMs: nowMs - 100 * day,
    notAfterMs: nowMs + 1000 * day,
    crlPoint,
    ocspUrl: 'http://127.0.0.1:8080/ocsp/authentication',
  });
  const statement = Buffer.from('{"purpose":"Madoguchi login v1"}');
  const signature = sign('sha256', statement, card.privateKey);
  const anchors = valueOf(readTrustAnchors([authority.certificate]));
  const identity = valueOf(judgeStatement({ statement, signature, certificate, anchors, atMs: nowMs }));
  const nonce = sha256('nonce');
  return {
    atMs: nowMs,
    authority,
    responder,
    anchors,
    cardKey: card.privateKey,
    certificate,
    statement,
    signature,
    identity,
    nonce,
    crlPoint,
  };
}

export function goodAnswer(world: World, changes: Partial<OcspAnswer> = {}): OcspAnswer {
  return {
    certId: certIdOf(world.identity, 'sha1'),
    certStatus: { status: 'good' },
    producedAtMs: world.atMs,
    thisUpdateMs: world.atMs - 60_000,
    nextUpdateMs: world.atMs + 15 * 60_000,
    nonce: world.nonce,
    ...changes,
  };
}

export function goodResponse(world: World, changes: Partial<OcspAnswer> = {}): Buffer {
  return writeOcspResponse(goodAnswer(world, changes), world.responder);
}

/** A list of this morning that names others, not this card. */
export function goodCrlDer(world: World, entries: readonly CrlEntryTemplate[] = otherEntries, changes: Partial<CrlTemplate> = {}): Buffer {
  const template = {
    issuer: world.authority.name,
    authorityKeyId: world.authority.keyId,
    scope: world.crlPoint,
    thisUpdateMs: world.atMs - 6 * 3_600_000,
    nextUpdateMs: world.atMs + 18 * 3_600_000,
    crlNumber: 326,
    entries,
    ...changes,
  };
  return writeCrl(template, world.authority.privateKey);
}

export const otherEntries: readonly CrlEntryTemplate[] = [
  { serial: Buffer.from('89abcdef02', 'hex'), revocationTimeMs: atMs - day, reason: 'superseded' },
  { serial: Buffer.from('01', 'hex'), revocationTimeMs: atMs - 2 * day, reason: 'unspecified' },
];

export type Evidence = { certificate?: Buffer; statement?: Buffer; signature?: Buffer; response?: Buffer; policy?: Partial<OcspPolicy> };

/** Certificate, statement and OCSP answer together, as at a login: `good`, or `code reason`. */
export function verdict(world: World, changed: Evidence): string {
  const { statement, signature, certificate, anchors, nonce, atMs: nowMs } = { ...world, ...changed };
  const identity = judgeStatement({ statement, signature, certificate, anchors, atMs: nowMs });
  if (!identity.ok) return `${identity.error.code} ${identity.error.reason}`;
  const response = changed.response ?? goodResponse(world);
  const policy = { ...defaultOcspPolicy, ...changed.policy };
  const judged = judgeOcsp({ identity: identity.value, response, nonce, policy, atMs: nowMs });
  return judged.ok ? 'good' : `${judged.error.code} ${judged.error.reason}`;
}

export function goodCrl(world: World, entries?: readonly CrlEntryTemplate[]): Crl {
  return valueOf(readCrl(goodCrlDer(world, entries), world.anchors));
}

export function valueOf<T>(result: Result<T, { code: string; reason?: string }>): T {
  assert(result.ok, result.ok ? '' : `refused: ${result.error.code} ${result.error.reason ?? ''}`);
  return result.value;
}
