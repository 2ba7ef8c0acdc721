import { createHash, createPrivateKey, sign } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { issuedCardSchema, jpkiFaults, type IssuedCard } from '#libs/contract/simulators.js';
import { judgeCrl, readCrl, defaultCrlPolicy } from '#libs/pki/crl.js';
import { buildOcspRequest, defaultOcspPolicy, judgeOcsp } from '#libs/pki/ocsp.js';
import { readCertificate } from '#libs/pki/certificate.js';
import { judgeStatement, type CardIdentity } from '#libs/pki/statement.js';
import { readTrustAnchors, type TrustAnchors } from '#libs/pki/trust-list.js';
import { assert } from '#libs/std/assert.js';
import { systemClock, toInstant } from '#libs/std/clock.js';
import { silentLog } from '#libs/std/log.js';
import { systemRandom } from '#libs/std/random.js';
import { start, type RunningJpki } from './start.js';

// RSA keys take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const listener = { host: '127.0.0.1', port: 0 } as const;
const citizen = { name: '青山　花子', address: '窓口県汐見台市本町１－１', birthDate: '19800217', sex: '2' } as const;
const nonce = Buffer.alloc(32, 7);

let jpki: RunningJpki;
let anchors: TrustAnchors;
let card: IssuedCard;
let identity: CardIdentity;

beforeAll(async () => {
  jpki = await start({ demo: true, listen: listener, management: listener }, { clock: systemClock, random: systemRandom, log: silentLog });
  const list = await request(jpki.managementUrl).get('/trust-anchors').expect(200);
  const read = readTrustAnchors([list.body.authenticationCa, list.body.signatureCa].map((text) => Buffer.from(text, 'base64')));
  assert(read.ok, 'the simulated CAs are inside the profile');
  anchors = read.value;
  card = await issue({});
  identity = identify(card);
});
afterAll(async () => jpki.close());
beforeEach(async () => order('none'));

async function issue(changes: object): Promise<IssuedCard> {
  const answer = await request(jpki.managementUrl)
    .post('/cards')
    .send({ ...citizen, ...changes })
    .expect(201);
  return issuedCardSchema.parse(answer.body);
}

function judgeCard(issued: IssuedCard) {
  const statement = Buffer.from('statement');
  const key = createPrivateKey({ key: Buffer.from(issued.authenticationKey, 'base64'), format: 'der', type: 'pkcs8' });
  const certificate = Buffer.from(issued.authenticationCertificate, 'base64');
  return judgeStatement({ statement, signature: sign('sha256', statement, key), certificate, anchors, atMs: Date.now() });
}

function identify(issued: IssuedCard): CardIdentity {
  const judged = judgeCard(issued);
  assert(judged.ok, 'a fresh card is good');
  return judged.value;
}

async function order(fault: (typeof jpkiFaults)[number], delayMs?: number): Promise<void> {
  await request(jpki.managementUrl).put('/fault').send({ fault, delayMs }).expect(200);
}

async function ask(of: CardIdentity): Promise<string> {
  const answer = await request(jpki.url)
    .post('/ocsp/authentication')
    .type('application/ocsp-request')
    .send(buildOcspRequest(of, nonce))
    .responseType('blob')
    .expect(200)
    .expect('content-type', 'application/ocsp-response');
  const judged = judgeOcsp({ identity: of, response: answer.body, nonce, policy: defaultOcspPolicy, atMs: Date.now() });
  return judged.ok ? 'good' : `${judged.error.code} ${judged.error.reason}`;
}

describe('a card', () => {
  it('has an authentication certificate that is good, and names its own responder', async () => {
    expect(identity.caKeyId).toBe(card.caKeyId);
    expect(identity.serial).toBe(card.serial);
    const access = identity.certificate.extensions.values.authorityInfoAccess;
    expect(access).toEqual([{ method: '1.3.6.1.5.5.7.48.1', uri: `${jpki.url}/ocsp/authentication` }]);
    expect(await ask(identity)).toBe('good');
  });

  it('has a signing certificate that holds the four attributes and cannot be used for authentication', () => {
    const certificate = readCertificate(Buffer.from(card.signatureCertificate, 'base64'));
    assert(certificate.ok, 'the signing certificate can be read');
    const names = certificate.value.extensions.values.subjectAltName;
    expect(names?.map((name) => (name.form === 'otherName' ? [name.type.split('.').at(-1), name.value] : name))).toEqual([
      ['1', '青山　花子'],
      ['4', '319800217'],
      ['3', '2'],
      ['5', '窓口県汐見台市本町１－１'],
      ['2', '00000'],
      ['6', '000000000000'],
    ]);
    const swapped = { ...card, authenticationCertificate: card.signatureCertificate, authenticationKey: card.signatureKey };
    expect(judgeCard(swapped)).toMatchObject({ ok: false, error: { code: 'certificate-wrong-purpose' } });
  });

  it('can be issued expired or not yet valid', async () => {
    const expired = await issue({ notAfter: '2026-01-31T14:59:59Z' });
    expect(judgeCard(expired)).toMatchObject({ ok: false, error: { code: 'certificate-expired', subIndication: 'EXPIRED' } });
    const early = await issue({ notBefore: '2031-01-01T00:00:00Z', notAfter: '2032-01-01T00:00:00Z' });
    expect(judgeCard(early)).toMatchObject({ ok: false, error: { code: 'certificate-not-yet-valid' } });
  });

  it('is refused where the body is not a citizen', async () => {
    const answer = await request(jpki.managementUrl).post('/cards').send({ name: '青山　花子' }).expect(400);
    expect(answer.body.code).toBe('malformed-request');
  });

  it.each(['20200230', '20210229', '19000229', '19801301', '19800100', '00000000'])(
    'is refused for the birth date %s, which is no date',
    async (birthDate) => {
      const answer = await request(jpki.managementUrl)
        .post('/cards')
        .send({ ...citizen, birthDate })
        .expect(400);
      expect(answer.body.code).toBe('malformed-request');
    },
  );

  it('is issued to whoever was born on the 29th of February', async () => {
    const issued = identify(await issue({ birthDate: '20000229' }));
    expect(new Date(issued.notAfterMs).toISOString()).toMatch(/-02-28T14:59:59|-03-01T14:59:59|-02-29T14:59:59/);
  });
});

describe('what the simulated JPKI issues', () => {
  it('names the key of its CA, its own, and a distribution point below its CA: prefecture, or prefecture and municipality', () => {
    const signing = readCertificate(Buffer.from(card.signatureCertificate, 'base64'));
    assert(signing.ok, 'the signing certificate can be read');
    const named = [identity.certificate, signing.value].map(({ extensions: { values }, publicKey }) => [
      values.authorityKeyIdentifier,
      values.subjectKeyIdentifier?.equals(createHash('sha1').update(publicKey.bits).digest()),
      values.cRLDistributionPoints?.attributes.map(({ value }) => value).join(', '),
    ]);
    const keyOf = (anchor = 0) => ({ keyId: Buffer.from(anchors[anchor]?.keyId ?? '', 'hex'), issuer: null });
    const points = (unit: string, area: string) => `JP, JPKI-TEST, JPKI for ${unit}, CRL Distribution Points, ${area}`;
    expect(named).toEqual([
      [keyOf(0), true, points('user authentication', 'Madoguchi-ken CRLDP')],
      [keyOf(1), true, points('digital signature', 'Madoguchi-ken, Shiomidai-shi CRLDP')],
    ]);
  });

  it('ends at 14:59:59Z, CAs and certificates', () => {
    for (const { notAfterMs } of [...anchors, identity]) expect(new Date(notAfterMs).toISOString()).toMatch(/T14:59:59\.000Z$/);
  });

  it('lies inside its CA, a card that expired yesterday after five years included', async () => {
    const day = 86_400_000;
    const [from, to] = [Date.now() - 5 * 365 * day, Date.now() - day].map(toInstant);
    expect(judgeCard(await issue({ notBefore: from, notAfter: to }))).toMatchObject({ ok: false, error: { code: 'certificate-expired' } });
    const { issuer } = identity;
    expect(issuer.notBeforeMs).toBeLessThan(Date.parse(from ?? ''));
    expect(issuer.notAfterMs).toBeGreaterThan(identity.notAfterMs);
  });
});

describe('revocation', () => {
  it('shows at once in OCSP and with the next publication in the list', async () => {
    const revoked = await issue({});
    const identityOfRevoked = identify(revoked);
    const judgeByList = async (): Promise<string> => {
      const answer = await request(jpki.url).get('/crl/authentication/madoguchi-ken').responseType('blob').expect(200);
      const crl = readCrl(answer.body, anchors);
      assert(crl.ok, 'the list is inside the profile');
      const policy = { ...defaultCrlPolicy, kinds: ['resident-record'] };
      const input = { identity: identityOfRevoked, crl: crl.value, kind: 'resident-record', policy, atMs: Date.now() };
      const judged = judgeCrl(input);
      return judged.ok ? 'good' : judged.error.reason;
    };
    const body = { caKeyId: revoked.caKeyId, serial: revoked.serial, reason: 'cessationOfOperation' };
    await request(jpki.managementUrl).post('/revocations').send(body).expect(200);
    await request(jpki.managementUrl).post('/revocations').send(body).expect(200);
    await request(jpki.managementUrl)
      .post('/revocations')
      .send({ ...body, reason: 'unspecified' })
      .expect(409);
    expect(await ask(identityOfRevoked)).toBe('certificate-revoked revoked-cessation-of-operation');
    expect(await judgeByList()).toBe('good');
    await request(jpki.managementUrl).post('/publications').expect(204);
    expect(await judgeByList()).toBe('revoked-cessation-of-operation');
  });

  it('is refused for a certificate that was never issued', async () => {
    const body = { caKeyId: card.caKeyId, serial: '01', reason: 'unspecified' };
    await request(jpki.managementUrl).post('/revocations').send(body).expect(404);
  });

  it('has no list for a partition that does not exist', async () => {
    await request(jpki.url).get('/crl/signature/atlantis-shi').expect(404);
    await request(jpki.url).get('/crl/signature/shiomidai-shi').expect(200);
  });
});

describe('the responder', () => {
  it.each([
    ['expired-answer', 'revocation-unknown ocsp-too-old'],
    ['foreign-signer', 'revocation-unknown ocsp-responder-issuer'],
    ['other-serial', 'revocation-unknown ocsp-other-certificate'],
    ['unknown-status', 'certificate-unknown ocsp-status-unknown'],
    ['try-later', 'revocation-unknown ocsp-try-later'],
  ] as const)('can be wrong: %s', async (fault, verdict) => {
    await order(fault);
    expect(await ask(identity)).toBe(verdict);
  });

  it('can be slow', async () => {
    await order('slow', 300);
    const beganMs = performance.now();
    expect(await ask(identity)).toBe('good');
    expect(performance.now() - beganMs).toBeGreaterThanOrEqual(299);
  });

  it('can be silent', async () => {
    await order('no-answer');
    await expect(
      fetch(`${jpki.url}/ocsp/authentication`, {
        method: 'POST',
        headers: { 'content-type': 'application/ocsp-request' },
        body: Uint8Array.from(buildOcspRequest(identity, nonce)),
        signal: AbortSignal.timeout(300),
      }),
    ).rejects.toThrow(/timeout/);
  });

  it.each([
    ['application/ocsp-request', Buffer.from('3000', 'hex')],
    ['application/json', Buffer.from('{}')],
  ])('calls a malformed %s malformed', async (type, body) => {
    const answer = await request(jpki.url).post('/ocsp/authentication').type(type).send(body.toString()).responseType('blob').expect(200);
    expect(answer.body).toEqual(Buffer.from('30030a0101', 'hex'));
  });

  it('is not authorised for the other CA', async () => {
    const body = buildOcspRequest(identity, nonce);
    const answer = await request(jpki.url).post('/ocsp/signature').type('application/ocsp-request').send(body).responseType('blob');
    expect(answer.body).toEqual(Buffer.from('30030a0106', 'hex'));
  });
});
