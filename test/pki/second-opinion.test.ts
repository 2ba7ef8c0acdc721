// Second opinions: OpenSSL and pkijs, which know nothing of our reader, never refuse what
// we accept. (They accept more than we do; that is what the profile is for.) Each opinion
// is also shown something bad, so that it cannot be an opinion that says yes to all.
import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as pkijs from 'pkijs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { start, type RunningJpki } from '../../apps/jpki-sim/src/start.js';
import { issuedCardSchema, type IssuedCard } from '#libs/contract/simulators.js';
import { writeOcspResponse, type OcspAnswer } from '#libs/pki/issue-ocsp.js';
import { certIdOf } from '#libs/pki/ocsp-request.js';
import { buildOcspRequest, defaultOcspPolicy, judgeOcsp } from '#libs/pki/ocsp.js';
import { systemClock } from '#libs/std/clock.js';
import { silentLog } from '#libs/std/log.js';
import { systemRandom } from '#libs/std/random.js';
import { acceptedCases } from './certificate-cases.js';
import { resigned } from './forge.js';
import { createWorld, goodAnswer, goodCrlDer, goodResponse, verdict, type World } from './world.js';

// RSA keys take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'madoguchi-pki-'));
let world: World;
let jpki: RunningJpki;
let card: IssuedCard;

beforeAll(async () => {
  const listener = { host: '127.0.0.1', port: 0 } as const;
  const surroundings = { clock: systemClock, random: systemRandom, log: silentLog };
  [world, jpki] = await Promise.all([createWorld(Date.now()), start({ demo: true, listen: listener, management: listener }, surroundings)]);
  card = issuedCardSchema.parse(await post('/cards', { name: '青山　花子', address: '窓口県青嶺市', birthDate: '20120229', sex: '2' }));
});
afterAll(async () => {
  await jpki.close();
  rmSync(folder, { recursive: true });
});

async function post(path: string, body: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${jpki.managementUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return answer.json();
}

function file(name: string, content: Buffer | string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

function pem(name: string, der: Buffer, label = 'CERTIFICATE'): string {
  return file(
    name,
    `-----BEGIN ${label}-----\n${der
      .toString('base64')
      .match(/.{1,64}/g)
      ?.join('\n')}\n-----END ${label}-----\n`,
  );
}

/** Everything that it said, and whether it was content. */
async function openssl(...args: string[]): Promise<{ content: boolean; said: string }> {
  try {
    const { stdout, stderr } = await run('openssl', args);
    return { content: true, said: stdout + stderr };
  } catch (cause) {
    return { content: false, said: cause instanceof Error ? JSON.stringify(cause) : '' };
  }
}

const pkijsCertificate = (der: Buffer): pkijs.Certificate => pkijs.Certificate.fromBER(Uint8Array.from(der).buffer);
const certificates = (): (readonly [string, Buffer])[] => [
  ['as issued', world.certificate],
  ...acceptedCases.map(([name, change]) => [name, resigned(world.certificate, change, world.authority.privateKey)] as const),
];

describe('of certificates that we accept', () => {
  it('openssl verify refuses none', async () => {
    const ca = pem('ca.pem', world.authority.certificate);
    for (const [name, der] of certificates()) {
      expect(verdict(world, { certificate: der })).toBe('good');
      const opinion = await openssl('verify', '-CAfile', ca, pem('card.pem', der));
      expect({ name, ...opinion }).toMatchObject({ name, content: true });
    }
    const strictly = await openssl('verify', '-x509_strict', '-CAfile', ca, pem('card.pem', world.certificate));
    expect(strictly.content).toBe(true);
    const other = pem('other.pem', Buffer.from(card.authenticationCa, 'base64'));
    expect((await openssl('verify', '-CAfile', other, pem('card.pem', world.certificate))).content).toBe(false);
  });

  it('pkijs refuses none', async () => {
    const trustedCerts = [pkijsCertificate(world.authority.certificate)];
    for (const [name, der] of certificates()) {
      const engine = new pkijs.CertificateChainValidationEngine({ trustedCerts, certs: [pkijsCertificate(der)] });
      const opinion = await engine.verify();
      expect({ name, ...opinion }).toMatchObject({ name, result: true });
    }
    const foreign = [pkijsCertificate(Buffer.from(card.authenticationCa, 'base64'))];
    const engine = new pkijs.CertificateChainValidationEngine({ trustedCerts: foreign, certs: [pkijsCertificate(world.certificate)] });
    expect((await engine.verify()).result).toBe(false);
  });

  it('node:crypto reads the same', () => {
    const certificate = new X509Certificate(world.certificate);
    expect(certificate.serialNumber).toBe(world.identity.serial);
    expect(certificate.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(world.identity.certificateSha256);
    expect(Date.parse(certificate.validTo)).toBe(world.identity.notAfterMs);
    expect(certificate.verify(world.identity.issuer.publicKey)).toBe(true);
  });
});

const answers = (): (readonly [string, Partial<OcspAnswer>])[] => [
  ['as usual', {}],
  ['without a next update', { nextUpdateMs: null }],
  ['19 minutes old', { thisUpdateMs: world.atMs - 19 * 60_000 }],
  ['without a nonce', { nonce: null }],
  ['of SHA-256', { certId: certIdOf(world.identity, 'sha256') }],
];

describe('of OCSP answers that we accept', () => {
  const policyFor = (changes: Partial<OcspAnswer>) =>
    ({ ...defaultOcspPolicy, nonce: 'accepted', certIdHash: changes.certId?.hash ?? 'sha1' }) as const;
  const judge = (response: Buffer, changes: Partial<OcspAnswer>): boolean =>
    judgeOcsp({ identity: world.identity, response, nonce: world.nonce, policy: policyFor(changes), atMs: Date.now() }).ok;
  /** The request is ours, too: OpenSSL compares its nonce with the answer's. */
  const asOpenssl = async (response: Buffer, changes: Partial<OcspAnswer>): Promise<{ content: boolean; said: string }> => {
    const ca = pem('ca.pem', world.authority.certificate);
    const nonce = changes.nonce === null ? null : world.nonce;
    const request = file('request.der', buildOcspRequest(world.identity, nonce, policyFor(changes)));
    const hash = changes.certId?.hash === 'sha256' ? ['-sha256'] : [];
    const answer = ['-no_nonce', '-respin', file('answer.der', response), '-CAfile', ca];
    const status = await openssl('ocsp', ...hash, '-issuer', ca, '-cert', pem('card.pem', world.certificate), ...answer);
    const nonceCheck = await openssl('ocsp', '-reqin', request, ...answer);
    return { content: status.content && nonceCheck.content, said: status.said + nonceCheck.said };
  };

  it('openssl ocsp refuses none', async () => {
    for (const [name, changes] of answers()) {
      const response = goodResponse(world, changes);
      expect({ name, accepted: judge(response, changes) }).toEqual({ name, accepted: true });
      const { said } = await asOpenssl(response, changes);
      expect({ name, said }).toMatchObject({ said: expect.stringContaining('Response verify OK') });
      expect(said).toContain('card.pem: good');
      expect(said).not.toContain('WARNING');
    }
    const { privateKey, keyId } = world.authority;
    const byAuthority = writeOcspResponse(goodAnswer(world), { privateKey, keyId, certificate: null });
    expect(judge(byAuthority, {})).toBe(true);
    expect((await asOpenssl(byAuthority, {})).said).toContain('Response verify OK');
    expect((await asOpenssl(goodResponse(world, { nonce: Buffer.alloc(32) }), {})).said).toContain('Nonce Verify error');
    const spoilt = Buffer.from(goodResponse(world));
    spoilt.writeUInt8(spoilt.readUInt8(spoilt.length - 1) ^ 1, spoilt.length - 1);
    expect((await asOpenssl(spoilt, {})).said).not.toContain('Response verify OK');
  });

  it('pkijs refuses none', async () => {
    const issuer = pkijsCertificate(world.authority.certificate);
    const basicOf = (response: Buffer): pkijs.BasicOCSPResponse => {
      const { responseBytes } = pkijs.OCSPResponse.fromBER(Uint8Array.from(response).buffer);
      return pkijs.BasicOCSPResponse.fromBER(Uint8Array.from(responseBytes?.response.valueBlock.valueHexView ?? []).buffer);
    };
    for (const [name, changes] of answers()) {
      const basic = basicOf(goodResponse(world, changes));
      expect({ name, good: await basic.verify({ trustedCerts: [issuer] }) }).toEqual({ name, good: true });
      const status = await basic.getCertificateStatus(pkijsCertificate(world.certificate), issuer);
      expect(status).toEqual({ isForCertificate: true, status: 0 });
    }
    const foreign = pkijsCertificate(Buffer.from(card.authenticationCa, 'base64'));
    await expect(basicOf(goodResponse(world)).verify({ trustedCerts: [foreign] })).rejects.toThrow(/failed/);
  });
});

describe('of lists that we accept', () => {
  it('openssl verify -crl_check refuses none, and finds the revoked', async () => {
    const ca = pem('ca.pem', world.authority.certificate);
    const byOpenssl = async (der: Buffer) =>
      openssl('verify', '-crl_check', '-CRLfile', pem('list.pem', der, 'X509 CRL'), '-CAfile', ca, pem('card.pem', world.certificate));
    expect((await byOpenssl(goodCrlDer(world))).content).toBe(true);
    expect((await byOpenssl(goodCrlDer(world, [], { crlNumber: 0 }))).content).toBe(true);
    const entry = { serial: Buffer.from('89abcdef01', 'hex'), revocationTimeMs: world.atMs, reason: 'superseded' } as const;
    expect((await byOpenssl(goodCrlDer(world, [entry]))).said).toContain('error 23');
    expect((await byOpenssl(goodCrlDer({ ...world, crlPoint: world.authority.name }))).said).toContain('different CRL scope');
  });

  it('pkijs refuses none, and finds the revoked', async () => {
    const issuerCertificate = pkijsCertificate(world.authority.certificate);
    const list = (der: Buffer): pkijs.CertificateRevocationList => pkijs.CertificateRevocationList.fromBER(Uint8Array.from(der).buffer);
    const good = list(goodCrlDer(world));
    expect(await good.verify({ issuerCertificate })).toBe(true);
    expect(good.isCertificateRevoked(pkijsCertificate(world.certificate))).toBe(false);
    const entry = { serial: Buffer.from('89abcdef01', 'hex'), revocationTimeMs: world.atMs, reason: 'superseded' } as const;
    expect(list(goodCrlDer(world, [entry])).isCertificateRevoked(pkijsCertificate(world.certificate))).toBe(true);
  });
});

describe('of the running simulator', () => {
  it.each(['authentication', 'signature'] as const)('openssl ocsp -url and verify accept the %s certificate', async (of) => {
    const ca = pem(`${of}-ca.pem`, Buffer.from(card[`${of}Ca`], 'base64'));
    const certificate = pem(`${of}.pem`, Buffer.from(card[`${of}Certificate`], 'base64'));
    expect((await openssl('verify', '-x509_strict', '-CAfile', ca, certificate)).content).toBe(true);
    const asked = await openssl('ocsp', '-issuer', ca, '-cert', certificate, '-url', `${jpki.url}/ocsp/${of}`, '-CAfile', ca);
    expect(asked.said).toMatch(/Response verify OK[\s\S]*: good|: good[\s\S]*Response verify OK/);
    expect(asked.said).not.toMatch(/WARNING|Nonce Verify error/);
  });

  it('openssl ocsp sees what was revoked', async () => {
    const body = { name: 'x', address: '窓口県青嶺市', birthDate: '19800101', sex: '1' };
    const revoked = issuedCardSchema.parse(await post('/cards', body));
    await post('/revocations', { caKeyId: revoked.caKeyId, serial: revoked.serial, reason: 'keyCompromise' });
    const ca = pem('authentication-ca.pem', Buffer.from(card.authenticationCa, 'base64'));
    const certificate = pem('revoked.pem', Buffer.from(revoked.authenticationCertificate, 'base64'));
    const asked = await openssl('ocsp', '-issuer', ca, '-cert', certificate, '-url', `${jpki.url}/ocsp/authentication`, '-CAfile', ca);
    expect(asked.said).toContain('keyCompromise');
  });
});
