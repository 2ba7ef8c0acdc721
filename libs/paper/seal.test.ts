import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { expect, test, vi } from 'vitest';
import { assert } from '#libs/std/assert.js';
import { drawFictionalSeal } from './fictional-seal.js';
import { findFontPath, openFormFonts } from './fonts.js';
import { readSealImprint } from './seal.js';

// Reading 46 MB takes what it takes on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

function png(width: number, height: number, rgba = 0x000000ff): Buffer {
  const image = new PNG({ width, height });
  for (let i = 0; i < width * height; i++) image.data.writeUInt32BE(rgba, i * 4);
  return PNG.sync.write(image);
}

test('an opaque square image becomes gray pixels of a known size on paper', () => {
  const seal = readSealImprint(png(300, 300, 0xff0000ff), 24);
  assert(seal.ok, 'a proper imprint');
  expect(seal.value).toMatchObject({ sideMm: 24, pixels: 300 });
  const gray = inflateSync(seal.value.deflatedGray);
  expect(gray).toHaveLength(300 * 300);
  expect(new Set(gray)).toEqual(new Set([76]));
});

test.each([
  { what: 'not square', image: png(300, 301), detail: 'not square' },
  { what: 'transparent in one place', image: png(300, 300, 0x000000fe), detail: 'transparent' },
  { what: 'too coarse', image: png(200, 200), detail: '300 to 2400' },
  { what: 'too small for a seal', image: png(300, 300), sideMm: 10, detail: '15 to 30 mm' },
  { what: 'larger than its place on the form', image: png(600, 600), sideMm: 31, detail: '15 to 30 mm' },
  { what: 'not a PNG', image: Buffer.alloc(200, 1), detail: 'a PNG' },
  { what: 'empty', image: Buffer.alloc(0), detail: 'a PNG' },
  { what: 'cut short', image: png(300, 300).subarray(0, 100), detail: 'a PNG' },
])('an imprint that is $what is refused', ({ image, sideMm = 24, detail }) => {
  const seal = readSealImprint(image, sideMm);
  assert(!seal.ok, 'refused');
  expect(seal.error.code).toBe('seal-unreadable');
  expect(seal.error.detail).toContain(detail);
});

test('the fictional seal: a frame to the very edge, and characters inside it', () => {
  const fonts = openFormFonts(readFileSync(findFontPath() ?? ''));
  assert(fonts.ok, 'the typeface opens');
  const image = PNG.sync.read(drawFictionalSeal(['窓口県', '青嶺市', '長之印'], 24, fonts.value));
  const ink = (x: number, y: number): boolean => image.data.readUInt8((y * image.width + x) * 4) < 128;
  expect([image.width, image.height]).toEqual([1134, 1134]);
  for (const [x, y] of [
    [0, 0],
    [1133, 0],
    [0, 1133],
    [1133, 1133],
    [567, 20],
    [20, 567],
  ] as const) {
    expect(ink(x, y)).toBe(true);
  }
  const inside = Array.from({ length: 1000 * 1000 }, (_, i) => ink(67 + (i % 1000), 67 + Math.floor(i / 1000))).filter(Boolean).length;
  expect(inside / 1_000_000).toBeGreaterThan(0.15);
  expect(inside / 1_000_000).toBeLessThan(0.6);
});
