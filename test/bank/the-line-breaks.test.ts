// The life of the connection: signed on or not, lost, found again, kept alive, closed.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { FrameReader } from '#libs/iso8583/framing.js';
import { getText, message } from '#libs/iso8583/message.js';
import type { HostLink } from '../../apps/kiosk/src/host-link/host-link.js';
import { hostLinkLimits } from '../../apps/kiosk/src/host-link/limits.js';
import { card, Deadlines, openLink, Purchases, signedOn, TestBank, until } from './branch.js';
import { listen, type Listener } from './listener.js';
import { frameOf, read } from './raw-host.js';

const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const thing of open.splice(0).toReversed()) await thing.close();
});

function keep<T extends { close(): unknown }>(thing: T): T {
  open.push(thing);
  return thing;
}

/** A line that carries one byte at a time, both ways. */
async function byteByByte(port: number): Promise<Listener> {
  const line = await listen((near) => {
    const far = connect({ host: '127.0.0.1', port }).setNoDelay(true);
    const carry = (from: Socket, to: Socket): void => {
      from.on('data', (chunk) => chunk.forEach((byte) => to.write(Buffer.from([byte]))));
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    };
    carry(near, far);
    carry(far, near);
  });
  return keep(line);
}

/** A host that signs on and, if told so, answers echoes. It notes DE70 of all it hears. */
async function echoingHost(answersEcho: boolean): Promise<Listener & { readonly heard: string[] }> {
  const heard: string[] = [];
  const host = await listen((socket) => {
    const reader = new FrameReader();
    socket.on('data', (chunk) => {
      const frames = reader.push(chunk);
      if (!frames.ok) return;
      for (const request of frames.value.map(read)) {
        const code = getText(request, 70);
        heard.push(code);
        if (code === '301' && !answersEcho) continue;
        const same = Object.fromEntries([7, 11, 41, 70].map((number) => [number, getText(request, number)]));
        socket.write(frameOf(message('0810', { ...same, 15: '1124', 39: '00' })));
      }
    });
  });
  return keep({ ...host, heard });
}

describe('nothing is sent', { timeout: 30_000 }, () => {
  it('while nobody has signed us on, and that is said', async () => {
    const link: HostLink = keep(openLink(1));
    const purchases = new Purchases();
    const purchase = purchases.next(300);
    expect(link.isSignedOn()).toBe(false);
    expect(await link.purchase(purchase)).toEqual({ outcome: 'not-sent', cause: 'not-signed-on' });
    expect(await link.reverse(purchases.reversalOf(purchase), { repeat: false })).toEqual({ outcome: 'no-answer', cause: 'not-signed-on' });
  });

  it('after closing', async () => {
    const bank = keep(await TestBank.start());
    const link = await signedOn(openLink(bank.port));
    await link.close();
    await link.close();
    expect(await link.purchase(new Purchases().next(300))).toMatchObject({ outcome: 'not-sent' });
  });
});

describe('a slow line', { timeout: 30_000 }, () => {
  it('that carries one byte at a time carries a purchase', async () => {
    const bank = keep(await TestBank.start());
    await bank.openAccount(1_000);
    const line = await byteByByte(bank.port);
    const link = keep(await signedOn(openLink(line.port)));
    expect(await link.purchase(new Purchases().next(300))).toMatchObject({ outcome: 'approved' });
  });
});

describe('a bank that was restarted', { timeout: 30_000 }, () => {
  it('with its state kept knows accounts, tries, answers and what it reversed; and the link finds it again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bank-'));
    keep({ close: () => rmSync(folder, { recursive: true }) });
    const stateFile = join(folder, 'bank.json');
    const before = await TestBank.start({ stateFile });
    await before.openAccount(1_000);
    const purchases = new Purchases();
    const signOns: number[] = [];
    const link = keep(await signedOn(openLink(before.port, { onSignedOn: () => signOns.push(1) })));
    const purchase = purchases.next(300);
    expect(await link.purchase(purchase)).toMatchObject({ outcome: 'approved' });
    expect(await link.purchase(purchases.next(300, { pin: '9999' }))).toMatchObject({ responseCode: '55' });
    await before.close();
    await until(() => !link.isSignedOn());

    const after = keep(await TestBank.start({ stateFile, port: before.port }));
    await signedOn(link);
    expect(signOns).toHaveLength(2);
    expect(await after.account()).toMatchObject({ balanceYen: 700, pinTriesLeft: 2 });
    expect(await link.reverse(purchases.reversalOf(purchase), { repeat: false })).toMatchObject({ outcome: 'reversed' });
    expect(await link.purchase(purchases.next(1_000))).toMatchObject({ outcome: 'approved' });
    expect((await after.ledger()).sumYen).toBe(0);

    // The books hold no PIN, no PIN block and no key in the clear.
    const kept = readFileSync(stateFile, 'utf8').toUpperCase();
    expect(kept).not.toContain('0123456789ABCDEFFEDCBA9876543210');
    expect(kept).not.toContain(purchase.pinBlock.toString('hex').toUpperCase());
    expect(kept).not.toMatch(new RegExp(`"PIN":|"${card.pin}"`));
  });

  it('without a state file knows nothing', async () => {
    const first = await TestBank.start();
    await first.openAccount(1_000);
    await first.close();
    const second = keep(await TestBank.start());
    expect((await second.ledger()).lines).toEqual([]);
  });
});

describe('an idle line', { timeout: 30_000 }, () => {
  it('is asked for an echo, and stays', async () => {
    const host = await echoingHost(true);
    const link = keep(openLink(host.port, { limits: { echoAfterIdleMs: 20 } }));
    await until(() => host.heard.length >= 4);
    expect(host.heard.slice(0, 4)).toEqual(['001', '301', '301', '301']);
    expect(link.isSignedOn()).toBe(true);
  });

  it('is given up after two echoes without an answer, and opened again', async () => {
    const host = await echoingHost(false);
    const deadlines = new Deadlines(hostLinkLimits.networkTimeoutMs);
    const link = keep(openLink(host.port, { clock: deadlines.clock, limits: { echoAfterIdleMs: 20 } }));
    for (const echoes of [1, 2]) {
      await until(() => host.heard.filter((code) => code === '301').length === echoes);
      await deadlines.pass();
    }
    await until(() => host.heard.length >= 4);
    expect(host.heard.slice(0, 4)).toEqual(['001', '301', '301', '001']);
    await signedOn(link);
  });
});

describe('closing', { timeout: 30_000 }, () => {
  it('tells whoever waits that it does not know', async () => {
    const bank = keep(await TestBank.start());
    await bank.openAccount(1_000);
    await bank.fault({ fault: 'drop-response' });
    const link = await signedOn(openLink(bank.port));
    const purchase = link.purchase(new Purchases().next(300));
    await until(async () => (await bank.balanceYen()) === 700);
    await link.close();
    expect(await purchase).toEqual({ outcome: 'unknown', cause: 'connection-lost' });
  });

  it('while nobody answers takes no time', async () => {
    const host = keep(await listen(() => undefined));
    const link = openLink(host.port);
    await link.close();
    expect(link.isSignedOn()).toBe(false);
  });
});
