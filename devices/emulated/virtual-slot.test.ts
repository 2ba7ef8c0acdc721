import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CardReader } from '#devices/card-reader/port.js';
import { authPinTries, verifyAuthPin } from '#libs/jpki/auth-pin.js';
import { selectJpkiApplication } from '#libs/jpki/application.js';
import { systemClock as clock } from '#libs/std/clock.js';
import { ok } from '#libs/std/result.js';
import { createDirectReader } from './direct-reader.js';
import type { DirectReader } from './direct-reader.js';
import { fixtureCard } from './id-card/fixture.js';
import { createFrameReader, encodeFrame } from './pcsc/frame.js';
import { createVirtualSlot } from './virtual-slot.js';
import type { VirtualSlot } from './virtual-slot.js';

let reader: DirectReader;
let slot: VirtualSlot;
beforeEach(async () => {
  const opened = await createDirectReader({ port: 0, clock });
  if (!opened.ok) throw new Error(opened.error.detail);
  reader = opened.value;
  slot = createVirtualSlot({ endpoint: { kind: 'connect', port: reader.port }, clock });
});
afterEach(async () => {
  await slot.remove();
  await reader.close();
});

async function untilPresent(one: CardReader): Promise<void> {
  const met = new AbortController();
  const stop = one.onPresence((presence) => void (presence === 'present' && met.abort()));
  await clock.sleep(3_000, met.signal);
  stop();
}

describe('a card in the direct reader', () => {
  it('is noticed, answers, forgets its PIN with the reset and is gone when pulled', async () => {
    const seen: string[] = [];
    reader.onPresence((presence) => seen.push(presence));
    const card = fixtureCard();
    expect(await reader.connect()).toMatchObject({ error: { code: 'no-card' } });
    expect(await slot.insert(card)).toEqual(ok(undefined));
    await untilPresent(reader);
    const connection = await reader.connect();
    if (!connection.ok) throw new Error(connection.error.detail);
    expect(connection.value.atr).toEqual(card.atr);
    expect(await reader.connect()).toMatchObject({ error: { code: 'sharing-violation' } });
    await selectJpkiApplication(connection.value);
    expect(await verifyAuthPin(connection.value, Buffer.from('1234'))).toEqual(ok({ outcome: 'verified' }));
    await connection.value.disconnect('reset');
    expect(await connection.value.transmit(Buffer.from('00200080', 'hex'))).toMatchObject({ error: { code: 'card-removed' } });
    const again = await reader.connect();
    if (!again.ok) throw new Error(again.error.detail);
    const sign = await again.value.transmit(Buffer.from('802A0097010100', 'hex'));
    expect(sign.ok && sign.value.toString('hex')).not.toMatch(/9000$/);
    await slot.remove();
    expect(await again.value.transmit(Buffer.from('00200080', 'hex'))).toMatchObject({ error: { code: 'card-removed' } });
    expect(seen).toEqual(['absent', 'present', 'absent']);
  });

  it('answers commands in their order', async () => {
    await slot.insert(fixtureCard());
    await untilPresent(reader);
    const connection = await reader.connect();
    if (!connection.ok) throw new Error(connection.error.detail);
    const lengths = [1, 200, 3, 90].map((length) => connection.value.transmit(Buffer.from([0, 0x84, 0, 0, length])));
    expect((await Promise.all(lengths)).map((answer) => answer.ok && answer.value.length)).toEqual([3, 202, 5, 92]);
  });

  it.each([true, false])('loses the answer when pulled (command executed: %s)', async (executed) => {
    const card = fixtureCard();
    await slot.insert(card);
    await untilPresent(reader);
    const connection = await reader.connect();
    if (!connection.ok) throw new Error(connection.error.detail);
    await selectJpkiApplication(connection.value);
    expect(await authPinTries(connection.value)).toEqual(ok({ outcome: 'open', triesLeft: 3 }));
    slot.pullAt({ index: 2, executed });
    const verdict = await verifyAuthPin(connection.value, Buffer.from('9999'));
    expect(verdict).toMatchObject({ error: { code: 'card-channel', fault: { code: 'card-removed' } } });
    expect(card.pins.authentication.triesLeft).toBe(executed ? 2 : 3);
    expect(slot.card()).toBeNull();
    expect(await slot.insert(card)).toEqual(ok(undefined));
  });

  it('does not take a second card into one slot', async () => {
    await slot.insert(fixtureCard());
    expect(await slot.insert(fixtureCard({ label: 'other' }))).toMatchObject({ error: { code: 'slot-occupied' } });
    const rival = createVirtualSlot({ endpoint: { kind: 'connect', port: reader.port }, clock });
    const late = rival.insert(fixtureCard({ label: 'rival' }));
    await clock.sleep(100);
    await rival.remove();
    expect(await late).toMatchObject({ error: { code: 'card-not-noticed' } });
  });

  it('finds its reader again when that was away', async () => {
    await slot.insert(fixtureCard());
    await untilPresent(reader);
    const { port } = reader;
    await reader.close();
    expect(reader.presence()).toBe('reader-gone');
    const opened = await createDirectReader({ port, clock });
    if (!opened.ok) throw new Error(opened.error.detail);
    reader = opened.value;
    await untilPresent(reader);
    expect(reader.presence()).toBe('present');
  });
});

it('reads frames however they are cut', () => {
  const payloads: string[] = [];
  const read = createFrameReader((payload) => payloads.push(payload.toString('hex')));
  const stream = Buffer.concat([Buffer.from('04', 'hex'), Buffer.from('00a40000', 'hex'), Buffer.alloc(0)].map(encodeFrame));
  for (const byte of stream) read(Buffer.from([byte]));
  read(stream);
  expect(payloads).toEqual(['04', '00a40000', '', '04', '00a40000', '']);
});

it('gives up on a port where something else listens', async () => {
  const mute = createServer((socket) => socket.on('error', () => undefined));
  mute.listen(0, '127.0.0.1');
  await once(mute, 'listening');
  const { port } = mute.address() as AddressInfo;
  const hasty = { ...clock, sleep: (ms: number, signal?: AbortSignal) => clock.sleep(Math.min(ms, 200), signal) };
  const lonely = createVirtualSlot({ endpoint: { kind: 'connect', port }, clock: hasty });
  expect(await lonely.insert(fixtureCard())).toMatchObject({ error: { code: 'card-not-noticed' } });
  expect(lonely.card()).toBeNull();
  mute.close();
});
