// The fencing token by itself: whatever an older owner of a session still writes finds no row.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Store } from '#libs/storage/store.js';
import { claimRequest, finishRequest, findRequest, type NewRequest } from './requests.js';
import { entities, migrations } from './schema.js';
import { claimLogin, endSession, findSession, finishLogin, openOnce } from './sessions.js';

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-fencing-'));
  store = await Store.open({ database: { kind: 'sqlite', file: join(folder, 'center.sqlite') }, entities, migrations });
  const opening = { session, kiosk: 'KIOSK001', openingSha256: hash('0'), sessionKey: '{}', nonce: 'n', tokenSha256: hash('1') };
  await store.write((t) => openOnce(t, { ...opening, openedMs: 1, expiresMs: 2 }));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const session = '00000000-0000-4000-8000-000000000001';
const request = '00000000-0000-4000-8000-000000000002';
const hash = (digit: string): string => digit.repeat(64);
const theLogin = { session, loginSha256: hash('a'), certificateTag: hash('b') };
const loggedIn = { state: 'logged-in' as const, municipality: '991015', stored: '{"kind":"answer","answer":1}' };

const logIn = (): ReturnType<typeof claimLogin> => store.write((t) => claimLogin(t, theLogin));
const endLogin = (fence: number): Promise<boolean> => store.write((t) => finishLogin(t, { session, fence, end: loggedIn }));

async function fenceOf(claim: Promise<{ readonly kind: string; readonly fence?: number }>): Promise<number> {
  const { kind, fence } = await claim;
  expect(kind).toBe('claimed');
  return fence ?? -1;
}

describe('a login', () => {
  test('is finished by its newest owner only, once', async () => {
    const [older, newer] = [await fenceOf(logIn()), await fenceOf(logIn())];
    expect(newer).toBeGreaterThan(older);
    expect(await endLogin(older)).toBe(false);
    expect((await findSession(store.read, session))?.state).toBe('logging-in');
    expect(await endLogin(newer)).toBe(true);
    expect(await endLogin(newer)).toBe(false);
    expect(await logIn()).toEqual({ kind: 'answered', stored: loggedIn.stored });
    expect(await store.write((t) => claimLogin(t, { ...theLogin, certificateTag: hash('c') }))).toEqual({ kind: 'used' });
  });

  test('with other content, or of another card, does not take over', async () => {
    await fenceOf(logIn());
    expect(await store.write((t) => claimLogin(t, { ...theLogin, certificateTag: hash('c') }))).toEqual({ kind: 'used' });
    expect(await store.write((t) => claimLogin(t, { ...theLogin, loginSha256: hash('c') }))).toEqual({ kind: 'used' });
  });

  test('of a session that has ended is not finished', async () => {
    const fence = await fenceOf(logIn());
    await store.write((t) => endSession(t, session));
    expect(await endLogin(fence)).toBe(false);
    expect((await findSession(store.read, session))?.fence).toBeGreaterThan(fence);
  });
});

describe('a request', () => {
  const asked: NewRequest = {
    request,
    session,
    kiosk: 'KIOSK001',
    municipality: '991015',
    statementSha256: hash('d'),
    certificateTag: theLogin.certificateTag,
    createdMs: 3,
  };
  const ask = (change: Partial<NewRequest> = {}): ReturnType<typeof claimRequest> =>
    store.write((t) => claimRequest(t, { ...asked, ...change }));
  const end = (fence: number): Promise<boolean> =>
    store.write((t) => finishRequest(t, { session, request, fence, state: 'prepared', stored: `by ${fence}`, expiresMs: 9 }));

  beforeEach(async () => {
    await endLogin(await fenceOf(logIn()));
  });

  test('is finished by its newest owner only, once', async () => {
    const [older, newer] = [await fenceOf(ask()), await fenceOf(ask())];
    expect(await end(older)).toBe(false);
    expect((await findRequest(store.read, request))?.answer).toBeNull();
    expect(await end(newer)).toBe(true);
    expect(await end(older)).toBe(false);
    expect(await ask()).toEqual({ kind: 'answered', stored: `by ${newer}` });
    expect(await ask({ certificateTag: hash('e') })).toEqual({ kind: 'other-card' });
  });

  test('is the only one of its session, by the card of the login', async () => {
    expect(await ask({ certificateTag: hash('e') })).toEqual({ kind: 'other-card' });
    await fenceOf(ask());
    expect(await ask({ statementSha256: hash('f') })).toEqual({ kind: 'conflict' });
    expect(await ask({ request: '00000000-0000-4000-8000-000000000003' })).toEqual({ kind: 'conflict' });
  });

  test('of a session that has ended is not begun', async () => {
    await store.write((t) => endSession(t, session));
    expect(await ask()).toEqual({ kind: 'ended' });
  });
});
