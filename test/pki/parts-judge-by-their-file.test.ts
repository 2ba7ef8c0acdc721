// The center and a municipality, each started from a configuration file: one card of today's
// form, one of a form that JPKI might turn out to have. The key `certificateProfile` decides
// which of the two passes, in both parts alike; a wrong one keeps them from starting.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configurationSchema as centerSchema } from '../../apps/issuance-center/src/configuration.js';
import { start as startCenter } from '../../apps/issuance-center/src/start.js';
import { configurationSchema as townSchema } from '../../apps/municipality/src/configuration.js';
import { start as startTown } from '../../apps/municipality/src/start.js';
import type { OpenSessionAnswer } from '#libs/contract/center.js';
import { describeFaults, readConfiguration } from '#libs/contract/configuration.js';
import type { CenterVerdict } from '#libs/contract/municipality.js';
import { publicHalf, sign } from '#libs/contract/sealed.js';
import type { SignedStatement } from '#libs/contract/statements.js';
import { element, oid, sequence } from '#libs/pki/der-writer.js';
import { oids } from '#libs/pki/oids.js';
import { assert } from '#libs/std/assert.js';
import { sha256Hex } from '#libs/std/bytes.js';
import { toInstant } from '#libs/std/clock.js';
import type { Log, LogFields } from '#libs/std/log.js';
import { CardDesk, signStatement, type Card } from '../municipality/cards.js';
import { makeKey } from '../municipality/keys.js';
import { extension, resigned } from './forge.js';

const [kioskKey, centerKey, townKey, sessionKey] = [makeKey(), makeKey(), makeKey(), makeKey()];
const kiosk = 'KIOSK001';
const code = '991015';
const nobody = 'http://127.0.0.1:9';
const byHttps = { ocspUrl: 'https://ocsp\\.example/\\w+' };
const now = (): string => toInstant(Date.now());

let folder: string;
let desk: CardDesk;
let today: Card;
let other: Card;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-profile-'));
  desk = await CardDesk.open();
  today = desk.issue();
  const access = sequence(sequence(oid(oids.ocsp), element(0x86, Buffer.from('https://ocsp.example/authentication'))));
  const change = extension(oids.authorityInfoAccess, (old) => ({ ...old, value: access }));
  other = { ...today, certificate: resigned(today.certificate, change, desk.authority.privateKey) };
});
afterAll(() => rmSync(folder, { recursive: true }));

type Json = Record<string, unknown>;

function fileOf(part: 'center' | 'town', change: Json): string {
  const shared = {
    demo: true,
    listen: { port: 0 },
    database: { kind: 'sqlite', file: join(folder, `${randomUUID()}.sqlite`) },
    kiosks: [{ id: kiosk, key: publicHalf(kioskKey) }],
    trustAnchors: [desk.authority.certificate.toString('base64')],
  };
  const secret = Buffer.alloc(32, 7).toString('base64');
  const municipalities = [{ code, url: nobody, key: publicHalf(townKey) }];
  const center = { ...shared, center: 'center', key: centerKey, secret, ocsp: { url: nobody, timeoutMs: 500 }, municipalities };
  const seal = { kind: 'fictional', columns: ['汐見台', '市長印'], sideMm: 24 };
  const town = { ...shared, code, key: townKey, pseudonymSecret: secret, centerKey: publicHalf(centerKey), centerUrl: nobody, seal };
  const file = join(folder, `${part}.json`);
  writeFileSync(file, JSON.stringify({ ...(part === 'center' ? center : town), ...change }));
  return file;
}

type Running = { readonly digest: string; readonly answerTo: (card: Card) => Promise<string>; close(): Promise<void> };

function keepingLog(): { log: Log; digest: () => string } {
  const lines: [string, LogFields][] = [];
  const keep = (line: string, fields: LogFields = {}): void => void lines.push([line, fields]);
  const digest = (): string => String(lines.find(([line]) => line === 'certificate-profile')?.[1]['sha256']);
  return { log: { info: keep, warn: keep, error: keep }, digest };
}

async function center(change: Json): Promise<Running> {
  const configuration = readConfiguration(fileOf('center', change), centerSchema);
  assert(configuration.ok, configuration.ok ? '' : describeFaults(configuration.error));
  const { log, digest } = keepingLog();
  const started = await startCenter(configuration.value, { log });
  assert('url' in started, 'the center starts');
  const answerTo = async (card: Card): Promise<string> => {
    const opening = { kiosk, session: randomUUID(), sessionPublicKey: publicHalf(sessionKey), time: now() };
    const opened = await supertest(started.url)
      .post('/v1/sessions')
      .send({ opening: await sign('madoguchi-session+jws', opening, kioskKey) });
    const { session, nonce, token } = opened.body as OpenSessionAnswer;
    const login = await supertest(started.url)
      .post(`/v1/sessions/${session}/login`)
      .set('authorization', `Bearer ${token}`)
      .send(signedBy(card, session, nonce));
    return `${login.status} ${String(login.body.code)}`;
  };
  return { digest: digest(), answerTo, close: () => started.close() };
}

async function town(change: Json): Promise<Running> {
  const configuration = readConfiguration(fileOf('town', change), townSchema);
  assert(configuration.ok, configuration.ok ? '' : describeFaults(configuration.error));
  const { log, digest } = keepingLog();
  const started = await startTown(configuration.value, { log });
  assert(started.ok, 'the municipality starts');
  const answerTo = async (card: Card): Promise<string> => {
    const session = randomUUID();
    const signed = signedBy(card, session, 'a'.repeat(32));
    const evidence = Buffer.from('an OCSP response');
    const verdict: CenterVerdict = {
      center: 'center',
      municipality: code,
      kiosk,
      session,
      request: null,
      statementSha256: sha256Hex(signed.statement),
      certificateSha256: sha256Hex(card.certificate),
      revocation: { source: 'ocsp', thisUpdate: now(), evidenceSha256: sha256Hex(evidence) },
      time: now(),
    };
    const jws = await sign('madoguchi-verdict+jws', verdict, centerKey);
    const login = await supertest(started.value.url)
      .post('/v1/logins')
      .send({ signed, verdict: jws, evidence: evidence.toString('base64') });
    return `${login.status} ${String(login.body.code)}`;
  };
  return { digest: digest(), answerTo, close: () => started.value.close() };
}

function signedBy(card: Card, session: string, nonce: string): SignedStatement {
  const sessionPublicKey = publicHalf(sessionKey);
  return signStatement(card, { purpose: 'Madoguchi login v1', center: 'center', kiosk, session, nonce, sessionPublicKey, time: now() });
}

/** What comes after the certificate: nobody answers OCSP here, and this municipality has no register yet. */
const passed = { center: '503 revocation-unknown', town: '503 no-register' } as const;
const refused = '422 certificate-outside-profile';
const parts = { center, town };

describe.each(['center', 'town'] as const)('the %s', (part) => {
  it('judges by the facts of libs/pki, or by those of its file', async () => {
    const plain = await parts[part]({});
    expect([await plain.answerTo(today), await plain.answerTo(other)]).toEqual([passed[part], refused]);
    await plain.close();
    const learnt = await parts[part]({ certificateProfile: byHttps });
    expect([await learnt.answerTo(today), await learnt.answerTo(other)]).toEqual([refused, passed[part]]);
    await learnt.close();
    expect(learnt.digest).not.toBe(plain.digest);
  });

  it.each<readonly [Json, string]>([
    [{ ocspUrl: 'https:(' }, 'ocspUrl = "https:(": a regular expression (ECMAScript, flag u)'],
    [{ keyUsage: ['nonRepudiation'] }, 'keyUsage = (a list): no key of this name here'],
    [{ extensions: { keyUsage: { critical: 'no' } } }, 'extensions.keyUsage = (an object): no key of this name here'],
    [{ policies: ['2.5.29.32.0'] }, 'policies.0 = "2.5.29.32.0": the OID of one policy of user authentication; not "any", none of signing'],
  ])('does not start by %j', (certificateProfile, fault) => {
    const file = fileOf(part, { certificateProfile });
    const read = readConfiguration<unknown>(file, part === 'center' ? centerSchema : townSchema);
    expect(read.ok ? '' : describeFaults(read.error)).toBe(`${file}: certificateProfile.${fault}`);
  });
});

it('says at its start by which profile, so that two that differ are seen', async () => {
  const running = await Promise.all([center({}), town({}), center({ certificateProfile: byHttps }), town({ certificateProfile: byHttps })]);
  const [one, same, learnt, alike] = running.map(({ digest }) => digest);
  expect([one, learnt]).toEqual([same, alike]);
  expect(one).toMatch(/^[0-9a-f]{64}$/);
  expect(learnt).not.toBe(one);
  await Promise.all(running.map((each) => each.close()));
});

it('asks OCSP, in the center, by the facts about the responder in the file', () => {
  const faultOf = (ocsp: Json): string => {
    const file = fileOf('center', { ocsp: { url: nobody, ...ocsp } });
    const read = readConfiguration(file, centerSchema);
    return read.ok ? '' : describeFaults(read.error).slice(file.length + 2);
  };
  expect(faultOf({ certIdHash: 'sha256', responder: { nocheck: 'optional', extensions: { keyUsage: { critical: 'no' } } } })).toBe('');
  expect(faultOf({ certIdHash: 'md5' })).toBe('ocsp.certIdHash = "md5": Invalid option: expected one of "sha1"|"sha256"');
  expect(faultOf({ responder: { extendedKeyUsage: ['1.2.3'] } })).toBe(
    'ocsp.responder.extendedKeyUsage = (a list): no key of this name here',
  );
});
