// Looks at a sheet as an eye does: poppler draws it, and the ink in a box is counted.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Box } from '#libs/paper/place.js';
import { assert } from '#libs/std/assert.js';

/** Drawing takes what it takes on a busy machine; no test here is about time. */
export const patience = { testTimeout: 120_000, hookTimeout: 120_000 } as const;

export type GrayPage = { readonly dpi: number; readonly width: number; readonly height: number; readonly pixels: Buffer };

/** Runs a command on the PDF as a file; `arguments_` stand around its path. */
export function onFile<T>(pdf: Buffer, work: (path: string, folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-paper-'));
  try {
    const path = join(folder, 'sheet.pdf');
    writeFileSync(path, pdf);
    return work(path, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function run(command: string, args: readonly string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The text in reading order, as another program finds it in the file. */
export function extractText(pdf: Buffer): string {
  return onFile(pdf, (path) => run('pdftotext', ['-raw', '-enc', 'UTF-8', path, '-']));
}

/** pdftotext writes every kind of space as a plain one. */
export function asExtracted(text: string): string {
  return text.replaceAll('\u3000', ' ');
}

export function rasterise(pdf: Buffer, dpi: number): readonly GrayPage[] {
  return onFile(pdf, (path, folder) => {
    run('pdftoppm', ['-r', String(dpi), '-gray', path, join(folder, 'page')]);
    const names = readdirSync(folder).filter((name) => name.endsWith('.pgm'));
    return names.toSorted().map((name) => ({ dpi, ...readPgm(readFileSync(join(folder, name))) }));
  });
}

/** Netpbm, binary gray: `P5 width height 255` and the pixels. */
function readPgm(file: Buffer): { width: number; height: number; pixels: Buffer } {
  const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(file.toString('latin1', 0, 64));
  assert(header !== null, 'pdftoppm wrote a PGM');
  const [text, width, height] = header;
  return { width: Number(width), height: Number(height), pixels: file.subarray(text.length) };
}

type PixelBox = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

/** Whole pixels inside the box. */
export function pixelBoxOf(page: GrayPage, box: Box): PixelBox {
  const at = (mm: number): number => (mm / 25.4) * page.dpi;
  return {
    left: Math.max(0, Math.ceil(at(box.xMm))),
    top: Math.max(0, Math.ceil(at(box.yMm))),
    right: Math.min(page.width, Math.floor(at(box.xMm + box.widthMm))),
    bottom: Math.min(page.height, Math.floor(at(box.yMm + box.heightMm))),
  };
}

/** The dark pixels in the box, in millimetres from the page's corner. */
export function inkIn(page: GrayPage, box: Box): readonly { readonly xMm: number; readonly yMm: number }[] {
  const { left, top, right, bottom } = pixelBoxOf(page, box);
  const ink: { xMm: number; yMm: number }[] = [];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      if (isInk(page, x, y)) ink.push({ xMm: ((x + 0.5) / page.dpi) * 25.4, yMm: ((y + 0.5) / page.dpi) * 25.4 });
    }
  }
  return ink;
}

function isInk(page: GrayPage, x: number, y: number): boolean {
  return (page.pixels[y * page.width + x] ?? 255) < 128;
}

/** The smallest box around the ink in the box. */
export function inkBoundsIn(page: GrayPage, box: Box): Box {
  const { left, top, right, bottom } = pixelBoxOf(page, box);
  let [minX, minY, maxX, maxY] = [right, bottom, left, top];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      if (!isInk(page, x, y)) continue;
      [minX, maxX] = [Math.min(minX, x), Math.max(maxX, x + 1)];
      [minY, maxY] = [Math.min(minY, y), Math.max(maxY, y + 1)];
    }
  }
  const mm = (pixels: number): number => (pixels / page.dpi) * 25.4;
  return { xMm: mm(minX), yMm: mm(minY), widthMm: mm(maxX - minX), heightMm: mm(maxY - minY) };
}

/** The pixels of the box, to compare one picture with another. */
export function pictureOf(page: GrayPage, box: Box): Buffer {
  const { left, top, right, bottom } = pixelBoxOf(page, box);
  return Buffer.concat(
    Array.from({ length: bottom - top }, (_, row) =>
      page.pixels.subarray((top + row) * page.width + left, (top + row) * page.width + right),
    ),
  );
}

/** Away from the rules around it. */
export function within(box: Box, byMm: number): Box {
  return { xMm: box.xMm + byMm, yMm: box.yMm + byMm, widthMm: box.widthMm - 2 * byMm, heightMm: box.heightMm - 2 * byMm };
}
