// Draws a 公印 for a municipality that does not exist, so that a demo branch has an imprint to
// print: a square frame, columns from right to left, each character stretched to its cell and
// thickened, as carved seals fill their face. Never for a real municipality: theirs is a scan.
import { create, type PathCommand } from 'fontkit';
import { PNG } from 'pngjs';
import { assert } from '#libs/std/assert.js';
import type { FormFonts } from './fonts.js';
import { findGlyphs } from './glyph-check.js';
import { limits } from './limits.js';
import type { Box } from './place.js';

const frameMm = 1;
const marginMm = 0.7;
const gapMm = 0.55;
const thickenMm = 0.13;
/** Straight pieces a curve is cut into; at 1200 dpi their corners are below a pixel. */
const curvePieces = 12;

type Point = { readonly x: number; readonly y: number };
type Bitmap = { readonly side: number; readonly ink: Uint8Array };

/** An opaque PNG of 1200 dpi; `columns` from right to left, e.g. ['窓口県', '汐見台市', '長之印']. */
export function drawFictionalSeal(columns: readonly string[], sideMm: number, fonts: FormFonts): Buffer {
  const side = Math.round(sideMm * limits.fictionalSealPixelsPerMm);
  const bitmap: Bitmap = { side, ink: new Uint8Array(side * side) };
  drawFrame(bitmap);
  const outlines = create(fonts.bytes);
  for (const [i, column] of columns.entries()) {
    const glyphs = findGlyphs(column, fonts);
    assert(glyphs.ok, 'the font has the characters of the seal');
    for (const [j, glyph] of glyphs.value.entries()) {
      const { path, bbox } = outlines.getGlyph(glyph.id);
      const from = { xMm: bbox.minX, yMm: bbox.minY, widthMm: bbox.maxX - bbox.minX, heightMm: bbox.maxY - bbox.minY };
      const to = cellOf(sideMm, { column: i, columns: columns.length, row: j, rows: glyphs.value.length });
      drawOutline(
        bitmap,
        flatten(path.commands).map((contour) => contour.map((point) => stretch(point, from, to))),
      );
    }
  }
  return toPng(bitmap);
}

function cellOf(sideMm: number, at: { column: number; columns: number; row: number; rows: number }): Box {
  const innerMm = sideMm - 2 * (frameMm + marginMm);
  const widthMm = (innerMm - (at.columns - 1) * gapMm) / at.columns;
  const heightMm = (innerMm - (at.rows - 1) * gapMm) / at.rows;
  return {
    xMm: frameMm + marginMm + (at.columns - 1 - at.column) * (widthMm + gapMm),
    yMm: frameMm + marginMm + at.row * (heightMm + gapMm),
    widthMm,
    heightMm,
  };
}

/** Font units, y upwards → pixels, y downwards. */
function stretch(point: Point, from: Box, to: Box): Point {
  const perMm = limits.fictionalSealPixelsPerMm;
  // 一 and the like would become a block.
  const widthMm = Math.min(to.widthMm, (from.widthMm / from.heightMm) * to.heightMm * 1.6);
  const heightMm = Math.min(to.heightMm, (from.heightMm / from.widthMm) * to.widthMm * 1.6);
  const x = to.xMm + (to.widthMm - widthMm) / 2 + ((point.x - from.xMm) / from.widthMm) * widthMm;
  const y = to.yMm + (to.heightMm + heightMm) / 2 - ((point.y - from.yMm) / from.heightMm) * heightMm;
  return { x: x * perMm, y: y * perMm };
}

function flatten(commands: readonly PathCommand[]): readonly (readonly Point[])[] {
  const contours: Point[][] = [];
  let contour: Point[] = [];
  for (const { command, args } of commands) {
    if (command === 'moveTo') contours.push((contour = []));
    const points = pairs(args);
    const start = contour.at(-1) ?? points[0];
    if (start === undefined) continue;
    if (command === 'moveTo' || command === 'lineTo') contour.push(...points);
    else for (let i = 1; i <= curvePieces && points.length > 0; i++) contour.push(bezier([start, ...points], i / curvePieces));
  }
  return contours;
}

function pairs(args: readonly number[]): Point[] {
  return Array.from({ length: args.length / 2 }, (_, i) => ({ x: args[i * 2] ?? 0, y: args[i * 2 + 1] ?? 0 }));
}

/** De Casteljau, any degree. */
function bezier(points: readonly Point[], t: number): Point {
  const [first = { x: 0, y: 0 }] = points;
  if (points.length === 1) return first;
  const next = points.slice(1).map((point, i) => {
    const before = points[i] ?? point;
    return { x: before.x + (point.x - before.x) * t, y: before.y + (point.y - before.y) * t };
  });
  return bezier(next, t);
}

/** Non-zero winding fill, then a round pen along every contour. */
function drawOutline(bitmap: Bitmap, contours: readonly (readonly Point[])[]): void {
  const edges = contours.flatMap((contour) => contour.map((a, i) => ({ a, b: contour[(i + 1) % contour.length] ?? a })));
  for (let row = 0; row < bitmap.side; row++) {
    const y = row + 0.5;
    const crossings = edges.flatMap(({ a, b }) =>
      a.y <= y === b.y <= y ? [] : [{ x: a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x), turn: a.y < b.y ? 1 : -1 }],
    );
    crossings.sort((left, right) => left.x - right.x);
    let winding = 0;
    for (const [i, crossing] of crossings.entries()) {
      winding += crossing.turn;
      if (winding !== 0) fillRow(bitmap, row, { from: crossing.x, to: crossings[i + 1]?.x ?? crossing.x });
    }
  }
  for (const { a, b } of edges) {
    const steps = Math.ceil(Math.hypot(b.x - a.x, b.y - a.y)) + 1;
    for (let i = 0; i < steps; i++) stamp(bitmap, { x: a.x + ((b.x - a.x) * i) / steps, y: a.y + ((b.y - a.y) * i) / steps });
  }
}

function fillRow(bitmap: Bitmap, row: number, span: { readonly from: number; readonly to: number }): void {
  bitmap.ink.fill(1, row * bitmap.side + Math.round(span.from), row * bitmap.side + Math.round(span.to));
}

function stamp(bitmap: Bitmap, at: Point): void {
  const radius = thickenMm * limits.fictionalSealPixelsPerMm;
  for (let dy = -Math.floor(radius); dy <= radius; dy++) {
    const half = Math.sqrt(radius * radius - dy * dy);
    fillRow(bitmap, Math.round(at.y) + dy, { from: at.x - half, to: at.x + half });
  }
}

function drawFrame(bitmap: Bitmap): void {
  const thickness = Math.round(frameMm * limits.fictionalSealPixelsPerMm);
  for (let row = 0; row < bitmap.side; row++) {
    const edge = row < thickness || row >= bitmap.side - thickness;
    fillRow(bitmap, row, { from: 0, to: edge ? bitmap.side : thickness });
    fillRow(bitmap, row, { from: bitmap.side - thickness, to: bitmap.side });
  }
}

function toPng(bitmap: Bitmap): Buffer {
  const png = new PNG({ width: bitmap.side, height: bitmap.side });
  bitmap.ink.forEach((ink, i) => png.data.writeUInt32BE(ink === 1 ? 0x000000ff : 0xffffffff, i * 4));
  return PNG.sync.write(png, { colorType: 0, inputColorType: 6, inputHasAlpha: true });
}
