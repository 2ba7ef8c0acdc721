// Independent proof: OpenSC's own jpki driver, through the same pcscd, and openssl on what
// it brings back. Nothing of ours reads the card here.
import { execFile } from 'node:child_process';
import { createPublicKey, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureOptions } from '#devices/emulated/id-card/fixture.js';
import { createIdCard } from '#devices/emulated/id-card/id-card.js';
import { startPrivatePcscd } from '#devices/emulated/pcscd.js';
import type { PrivatePcscdRun } from '#devices/emulated/pcscd.js';
import { createVirtualSlot } from '#devices/emulated/virtual-slot.js';
import type { VirtualSlot } from '#devices/emulated/virtual-slot.js';
import type { IssuedCard } from '#libs/contract/simulators.js';
import { systemClock as clock } from '#libs/std/clock.js';
import { makeCardWithOpenssl } from './openssl-cards.js';

let issued: IssuedCard;
let pcscd: PrivatePcscdRun;
let slot: VirtualSlot;
let directory: string;

beforeAll(async () => {
  issued = await makeCardWithOpenssl();
  directory = await mkdtemp(join(tmpdir(), 'madoguchi-opensc-'));
  const started = await startPrivatePcscd({ clock });
  if (!started.ok) throw new Error(started.error.detail);
  pcscd = started.value;
  slot = createVirtualSlot({ endpoint: pcscd.slots[0], clock });
}, 20_000);
afterAll(async () => {
  await slot.remove();
  await pcscd.stop();
  await rm(directory, { recursive: true, force: true });
});

async function run(file: string, ...parameters: string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(file, parameters, { cwd: directory, env: { ...process.env, ...pcscd.env } });
  return `${stdout}${stderr}`;
}

function pem(der: string): string {
  return new X509Certificate(Buffer.from(der, 'base64')).toString();
}

async function insert(change: Partial<Parameters<typeof createIdCard>[0]> = {}): Promise<void> {
  await slot.remove();
  await clock.sleep(900);
  const inserted = await slot.insert(createIdCard(fixtureOptions({ issued, ...change })));
  if (!inserted.ok) throw new Error(inserted.error.detail);
  await clock.sleep(600);
}

describe('a contact card', () => {
  beforeAll(() => insert());

  it('is known by its driver', async () => {
    expect(await run('opensc-tool', '-n')).toContain('jpki');
  }, 20_000);

  it('has the objects that the driver knows', async () => {
    const listed = await run('pkcs15-tool', '-D');
    for (const label of ['User Authentication PIN', 'Digital Signature PIN', 'User Authentication Key', 'Digital Signature Key']) {
      expect(listed).toContain(label);
    }
    expect(listed).toMatch(/Tries left\s*: 3/);
    expect(listed).toMatch(/Tries left\s*: 5/);
    expect(listed).toMatch(/Encoded serial\s*: 02 02 1001/);
  }, 20_000);

  it('gives its certificates, the signing one to its password only', async () => {
    expect(await run('pkcs15-tool', '--read-certificate', '1')).toContain(pem(issued.authenticationCertificate).trim());
    expect(await run('pkcs15-tool', '--read-certificate', '3')).toContain(pem(issued.authenticationCa).trim());
    expect(await run('pkcs15-tool', '--read-certificate', '4')).toContain(pem(issued.signatureCa).trim());
    await expect(run('pkcs15-tool', '--read-certificate', '2')).rejects.toThrow('Command failed');
    const withPassword = ['--verify-pin', '--auth-id', '2', '--pin', 'ABC123', '--read-certificate', '2'];
    expect(await run('pkcs15-tool', ...withPassword)).toContain(pem(issued.signatureCertificate).trim());
  }, 20_000);

  it.each([
    { key: '01', slotIndex: '0', pin: '1234', certificate: () => issued.authenticationCertificate },
    { key: '02', slotIndex: '1', pin: 'ABC123', certificate: () => issued.signatureCertificate },
  ])(
    'signs with key $key, and openssl agrees',
    async ({ key, slotIndex, pin, certificate }) => {
      await writeFile(join(directory, 'message'), 'to be signed by a card');
      const publicKey = createPublicKey(pem(certificate()));
      await writeFile(join(directory, 'public.pem'), publicKey.export({ format: 'pem', type: 'spki' }));
      const token = ['--module', 'opensc-pkcs11.so', '--slot-index', slotIndex, '--login', '--pin', pin];
      await run('pkcs11-tool', ...token, '--sign', '-m', 'SHA256-RSA-PKCS', '--id', key, '-i', 'message', '-o', 'signature');
      expect((await readFile(join(directory, 'signature'))).length).toBe(256);
      expect(await run('openssl', 'dgst', '-sha256', '-verify', 'public.pem', '-signature', 'signature', 'message')).toContain(
        'Verified OK',
      );
      await writeFile(join(directory, 'message'), 'something else');
      await expect(run('openssl', 'dgst', '-sha256', '-verify', 'public.pem', '-signature', 'signature', 'message')).rejects.toThrow(
        'Command failed',
      );
    },
    20_000,
  );
});

it('is found by its application alone when the ATR says nothing (contactless)', async () => {
  await insert({ interface: 'contactless' });
  expect(await run('opensc-tool', '-n')).toContain('jpki');
}, 20_000);

it('is shown as locked when its PIN is', async () => {
  const card = createIdCard(fixtureOptions({ issued }));
  card.pins.authentication.setTriesLeft(0);
  await slot.remove();
  await clock.sleep(900);
  await slot.insert(card);
  await clock.sleep(600);
  expect(await run('pkcs15-tool', '--list-pins')).toMatch(/Tries left\s*: 0/);
}, 20_000);
