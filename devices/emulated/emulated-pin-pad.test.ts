// The adapter and the emulated pad over a real TCP line.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { tdesDecrypt } from '#libs/paycrypto/des.js';
import { deriveInitialKey, deriveTransactionKey, pinEncipheringKey } from '#libs/paycrypto/dukpt.js';
import { toHex } from '#libs/std/bytes.js';
import { systemClock } from '#libs/std/clock.js';
import { silentLog } from '#libs/std/log.js';
import { systemRandom } from '#libs/std/random.js';
import type { PinPad } from '../pin-pad/port.js';
import { createTcpPinPad } from '../pin-pad/tcp-pin-pad.js';
import { startEmulatedPinPad, type EmulatedPinPad } from './emulated-pin-pad.js';

const ksn = Buffer.from('FFFF9876543210E00000', 'hex');
const initialKey = deriveInitialKey(Buffer.from('0123456789ABCDEFFEDCBA9876543210', 'hex'), ksn);
const pan = '9392999900000019';
const folders: string[] = [];
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const thing of open.splice(0).toReversed()) await thing.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function newStateFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pin-pad-'));
  folders.push(folder);
  return join(folder, 'pad.json');
}

async function branch(stateFile?: string): Promise<{ pad: EmulatedPinPad; adapter: PinPad }> {
  const pad = await startEmulatedPinPad({ initialKey, ksn, stateFile, clock: systemClock });
  const adapter = createTcpPinPad({ host: '127.0.0.1', port: pad.port, clock: systemClock, random: systemRandom, log: silentLog });
  open.push(pad, adapter);
  return { pad, adapter };
}

async function asked(pad: EmulatedPinPad): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = pad.onChange((state) => {
      if (!state.asking) return;
      stop();
      resolve();
    });
    if (pad.state().asking) resolve();
  });
}

function press(pad: EmulatedPinPad, digits: string): void {
  for (const digit of digits) pad.pressDigit(Number(digit));
}

describe('an entry', () => {
  it('gives the block and the KSN of the worked example, and tells only how many digits there are', async () => {
    const { pad, adapter } = await branch();
    const counts: number[] = [];
    const entered = adapter.enterPin({ pan, amountYen: 300, timeoutMs: 5_000, onDigits: (count) => counts.push(count) });
    await asked(pad);
    expect(pad.state()).toEqual({ asking: true, amountYen: 300, digits: 0 });
    press(pad, '99');
    pad.pressClear();
    press(pad, '12345');
    pad.pressEnter();
    const pin = await entered;
    expect(pin.ok && { block: toHex(pin.value.pinBlock), ksn: toHex(pin.value.ksn) }).toEqual({
      block: '451878BDDCD208D1',
      ksn: 'FFFF9876543210E00001',
    });
    expect(counts).toEqual([1, 2, 0, 1, 2, 3, 4]);
    expect(pad.state()).toEqual({ asking: false, amountYen: null, digits: 0 });
  });

  it('does not end with too few digits', async () => {
    const { pad, adapter } = await branch();
    const entered = adapter.enterPin({ pan, amountYen: 300, timeoutMs: 5_000 });
    await asked(pad);
    press(pad, '123');
    pad.pressEnter();
    expect(pad.state().asking).toBe(true);
    pad.pressCancel();
    expect(await entered).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  });

  it('is cancelled by the kiosk', async () => {
    const { pad, adapter } = await branch();
    const stop = new AbortController();
    const entered = adapter.enterPin({ pan, amountYen: 300, timeoutMs: 5_000, signal: stop.signal });
    await asked(pad);
    press(pad, '12');
    stop.abort();
    expect(await entered).toMatchObject({ ok: false, error: { code: 'cancelled', detail: 'by-the-kiosk' } });
    expect(await adapter.isReady()).toBe(true);
    expect(pad.state()).toEqual({ asking: false, amountYen: null, digits: 0 });
  });

  it('is not begun when it was cancelled before', async () => {
    const { pad, adapter } = await branch();
    const entered = adapter.enterPin({ pan, amountYen: 300, timeoutMs: 5_000, signal: AbortSignal.abort() });
    expect(await entered).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(pad.state().asking).toBe(false);
  });

  it('ends by itself in time', async () => {
    const { pad, adapter } = await branch();
    const entered = adapter.enterPin({ pan, amountYen: 300, timeoutMs: 30 });
    await asked(pad);
    press(pad, '1234');
    expect(await entered).toMatchObject({ ok: false, error: { code: 'timed-out' } });
    expect(pad.state().digits).toBe(0);
  });

  it('is one at a time', async () => {
    const { pad, adapter } = await branch();
    const first = adapter.enterPin({ pan, amountYen: 300, timeoutMs: 5_000 });
    await asked(pad);
    expect(await adapter.isReady()).toBe(false);
    expect(await adapter.enterPin({ pan, amountYen: 1, timeoutMs: 5_000 })).toMatchObject({ ok: false, error: { detail: 'busy' } });
    pad.pressCancel();
    await first;
  });

  it('is unavailable when the cable is cut in it, and the next one works', async () => {
    const { pad, adapter } = await branch();
    const entered = adapter.enterPin({ pan, amountYen: 300, timeoutMs: 5_000 });
    await asked(pad);
    press(pad, '1234');
    pad.cutLines();
    expect(await entered).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    expect(pad.state()).toEqual({ asking: false, amountYen: null, digits: 0 });
    expect(await adapter.isReady()).toBe(true);
  });
});

describe('keys', () => {
  it('never repeat after a restart, and the file holds none', async () => {
    const stateFile = newStateFile();
    const blocks = new Set<string>();
    for (let start = 0; start < 3; start++) {
      const { pad, adapter } = await branch(stateFile);
      const entered = adapter.enterPin({ pan, amountYen: 300, timeoutMs: 5_000 });
      await asked(pad);
      press(pad, '1234');
      pad.pressEnter();
      const pin = await entered;
      if (!pin.ok) throw new Error(pin.error.code);
      const key = pinEncipheringKey(deriveTransactionKey(initialKey, pin.value.ksn));
      expect(toHex(tdesDecrypt(key, pin.value.pinBlock))).toBe('04121D666FFFFFFE');
      blocks.add(toHex(pin.value.ksn));
      await adapter.close();
      await pad.close();
    }
    expect([...blocks]).toEqual(['FFFF9876543210E00001', 'FFFF9876543210E00002', 'FFFF9876543210E00003']);
    expect(JSON.parse(readFileSync(stateFile, 'utf8'))).toEqual({ pad: 'FFFF9876543210E00000', counter: 3 });
  });

  it('end one day', async () => {
    const stateFile = newStateFile();
    writeFileSync(stateFile, JSON.stringify({ pad: 'FFFF9876543210E00000', counter: 0x1ff800 }));
    const { adapter } = await branch(stateFile);
    expect(await adapter.isReady()).toBe(false);
    expect(await adapter.enterPin({ pan, amountYen: 300, timeoutMs: 1_000 })).toMatchObject({
      ok: false,
      error: { code: 'keys-exhausted' },
    });
  });

  it('of another pad are refused at the start', async () => {
    const stateFile = newStateFile();
    writeFileSync(stateFile, JSON.stringify({ pad: 'FFFF1111111111E00000', counter: 5 }));
    await expect(branch(stateFile)).rejects.toThrow('pin-pad-state-of-another-pad');
  });
});
