// Hands that do things in an odd order: nothing breaks, and the bench shows what is in the slots.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDirectReader, type DirectReader } from '#devices/emulated/direct-reader.js';
import { fixtureCard } from '#devices/emulated/id-card/fixture.js';
import { systemClock as clock } from '#libs/std/clock.js';
import { systemRandom as random } from '#libs/std/random.js';
import type { Citizen } from '../world/citizen-schema.js';
import { Bench } from './bench.js';
import type { CardDesk } from './card-desk.js';
import { freePorts } from './keys.js';

let folder: string;
let bench: Bench;
let port: number;
let reader: DirectReader | null = null;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-hands-'));
  [port = 0] = await freePorts(1);
  const endpoint = { kind: 'connect', port } as const;
  bench = await Bench.start({ folder, slots: [endpoint, endpoint], bdk: Buffer.alloc(16), msPerPage: 1, clock, random });
  const made = async (citizen: Citizen) => fixtureCard({ label: citizen.id });
  bench.desk = { idCard: made, cashCard: made } as Partial<CardDesk> as CardDesk;
});
afterEach(async () => {
  await bench.close();
  await reader?.close();
  reader = null;
  rmSync(folder, { recursive: true });
});

async function openReader(): Promise<void> {
  const opened = await createDirectReader({ port, clock });
  if (!opened.ok) throw new Error(opened.error.detail);
  reader = opened.value;
}

const inSlot = (): string | null => bench.state().slots[0]?.card ?? null;

it('a card is in the slot before the reader has noticed it, and no second one goes in', async () => {
  const first = bench.insert('1', 'hitori-gurashi');
  await expect.poll(inSlot).toBe('hitori-gurashi');
  expect(await bench.insert('1', 'yonin-kazoku')).toEqual({ ok: false, error: { code: 'slot-occupied', detail: 'hitori-gurashi' } });
  expect(inSlot()).toBe('hitori-gurashi');
  await openReader();
  expect(await first).toEqual({ ok: true, value: undefined });
  await bench.remove('1');
  expect(inSlot()).toBeNull();
});

it('the same card twice at once goes in once', async () => {
  await openReader();
  const both = await Promise.all([bench.insert('1', 'hitori-gurashi'), bench.insert('1', 'hitori-gurashi')]);
  expect(both.filter((inserted) => inserted.ok)).toHaveLength(1);
  expect(inSlot()).toBe('hitori-gurashi');
});

it('a card that is taken out before the reader has noticed it is out, and another goes in', async () => {
  const first = bench.insert('1', 'hitori-gurashi');
  await expect.poll(inSlot).toBe('hitori-gurashi');
  await bench.remove('1');
  expect(await first).toMatchObject({ error: { code: 'card-not-noticed' } });
  expect(inSlot()).toBeNull();
  await openReader();
  expect((await bench.insert('1', 'yonin-kazoku')).ok).toBe(true);
  expect(inSlot()).toBe('yonin-kazoku');
});

it('an empty slot, an empty tray and keys that nobody asked for are nothing to it', async () => {
  await bench.remove('1');
  expect(bench.printer.takeSheets()).toEqual([]);
  for (const key of ['1', 'enter', 'clear', 'cancel'] as const) bench.press(key);
  expect(bench.state()).toMatchObject({ pinPad: { asking: false, digits: 0 } });
});
