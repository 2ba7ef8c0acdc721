// The adapter against pads that are rude: silent, absent, babbling, cutting lines in half.
import { createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock, type Clock } from '#libs/std/clock.js';
import { silentLog } from '#libs/std/log.js';
import { systemRandom } from '#libs/std/random.js';
import type { PinPad } from './port.js';
import { encodeLine, fromPadSchema, LineReader, toPadSchema, type FromPad, type ToPad } from './protocol.js';
import { createTcpPinPad } from './tcp-pin-pad.js';

const entry = { pan: '9392999900000019', amountYen: 300, timeoutMs: 1_000 };
const open: (() => unknown)[] = [];

afterEach(() => {
  for (const close of open.splice(0).toReversed()) close();
});

async function padThat(answer: (message: ToPad, socket: Socket) => void, clock: Clock = systemClock): Promise<PinPad> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    const reader = new LineReader(toPadSchema);
    sockets.add(socket.setNoDelay(true));
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      const messages = reader.push(chunk);
      if (messages.ok) for (const message of messages.value) answer(message, socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const pad = createTcpPinPad({ host: '127.0.0.1', port: address.port, clock, random: systemRandom, log: silentLog });
  open.push(
    () => server.close(),
    () => sockets.forEach((socket) => socket.destroy()),
    () => pad.close(),
  );
  return pad;
}

const block = (id: string): FromPad => ({ type: 'pin', id, pinBlock: '451878BDDCD208D1', ksn: 'FFFF9876543210E00001' });
const good = { pinBlock: Buffer.from('451878BDDCD208D1', 'hex'), ksn: Buffer.from('FFFF9876543210E00001', 'hex') };

/** Deadlines pass at once; connecting is real. */
const hurried: Clock = { ...systemClock, sleep: (_ms, signal) => systemClock.sleep(20, signal) };

describe('the adapter', () => {
  it('reads lines that come byte by byte', async () => {
    const pad = await padThat((message, socket) => {
      const bytes = Buffer.from(encodeLine({ type: 'digits', id: message.id, count: 4 }) + encodeLine(block(message.id)));
      for (const byte of bytes) socket.write(Buffer.from([byte]));
    });
    const counts: number[] = [];
    expect(await pad.enterPin({ ...entry, onDigits: (count) => counts.push(count) })).toEqual({ ok: true, value: good });
    expect(counts).toEqual([4]);
  });

  it('passes over what answers no question of its', async () => {
    const pad = await padThat((message, socket) => {
      socket.write(encodeLine({ ...block(systemRandom.uuid()) }) + encodeLine(block(message.id)));
    });
    expect(await pad.enterPin(entry)).toEqual({ ok: true, value: good });
  });

  it.each([
    ['no JSON', 'PIN please\n', 'not-json'],
    ['another protocol', '{"type":"hello"}\n', 'not-of-the-protocol'],
    ['a line without end', 'x'.repeat(2_000), 'line-too-long'],
  ])('is unavailable when the pad says %s, and connects anew', async (_name, words, detail) => {
    let turn = 0;
    const pad = await padThat((message, socket) => void socket.write(turn++ === 0 ? words : encodeLine(block(message.id))));
    expect(await pad.enterPin(entry)).toEqual({ ok: false, error: { code: 'unavailable', detail } });
    expect(await pad.enterPin(entry)).toEqual({ ok: true, value: good });
  });

  it('is unavailable when the pad hangs up in the middle of a line', async () => {
    const pad = await padThat((message, socket) => void socket.end(encodeLine(block(message.id)).slice(0, 40)));
    expect(await pad.enterPin(entry)).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  });

  it('is unavailable when the pad is silent past its own time', async () => {
    const pad = await padThat(() => undefined, hurried);
    expect(await pad.enterPin(entry)).toEqual({ ok: false, error: { code: 'unavailable', detail: 'pad-silent' } });
    expect(await pad.isReady()).toBe(false);
  });

  it('does not wait for a frozen pad after cancelling', async () => {
    const stop = new AbortController();
    const clock: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(ms === 3_000 ? 10 : ms, signal) };
    const pad = await padThat(() => stop.abort(), clock);
    const begun = performance.now();
    const result = await pad.enterPin({ ...entry, timeoutMs: 60_000, signal: stop.signal });
    expect(result).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it('is unavailable, and not ready, when nobody listens', async () => {
    const pad = createTcpPinPad({ host: '127.0.0.1', port: 1, clock: systemClock, random: systemRandom, log: silentLog });
    expect(await pad.isReady()).toBe(false);
    expect(await pad.enterPin(entry)).toMatchObject({ ok: false, error: { code: 'unavailable', detail: 'ECONNREFUSED' } });
    await pad.close();
    expect(await pad.enterPin(entry)).toMatchObject({ ok: false, error: { detail: 'closed' } });
  });
});

describe('lines', () => {
  it('of any bytes are messages or a typed fault', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1_500 }), (bytes) => {
        const read = new LineReader(fromPadSchema).push(Buffer.from(bytes));
        const code = read.ok ? 'read' : read.error.code;
        expect(['read', 'line-too-long', 'not-json', 'not-of-the-protocol']).toContain(code);
      }),
    );
  });
});
