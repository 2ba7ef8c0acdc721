// Extracted text proves nothing: a font embedded wrongly gives a white sheet with perfect
// text (reference: issuance §9, trap 2). So the sheet is drawn and the ink is counted.
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { placesOf } from '#libs/paper/draw-page.js';
import { moveDown, type Box } from '#libs/paper/place.js';
import { pagesOf } from '#libs/paper/resident-record-fields.js';
import { residentRecordForm as form } from '#libs/paper/resident-record-form.js';
import { specimenRecord } from '#libs/paper/specimen.js';
import { openMaterial, renderOrThrow, type Material } from './material.js';
import { inkIn, onFile, rasterise, run, within, type GrayPage, patience } from './raster.js';

vi.setConfig(patience);

const dpi = 200;
/** A full stop of the smallest text is larger. */
const leastInkPixels = 6;

let material: Material;
beforeAll(() => {
  material = openMaterial();
});

function inkAwayFrom(page: GrayPage, box: Box, holes: readonly Box[]): number {
  return inkIn(page, box).filter(({ xMm, yMm }) => !holes.some((hole) => contains(hole, xMm, yMm)) && !onDiagonal(xMm, yMm)).length;

  function onDiagonal(xMm: number, yMm: number): boolean {
    const along = (form.people.frame.xMm + form.people.frame.widthMm - xMm) / form.people.frame.widthMm;
    return Math.abs(yMm - (box.yMm + along * box.heightMm)) < 0.5;
  }
}

function contains(box: Box, xMm: number, yMm: number): boolean {
  return xMm >= box.xMm && xMm <= box.xMm + box.widthMm && yMm >= box.yMm && yMm <= box.yMm + box.heightMm;
}

describe.each([
  { people: 1, pages: 1 },
  { people: 4, pages: 1 },
  { people: 5, pages: 2 },
  { people: 9, pages: 3 },
])('$people people on $pages pages', ({ people, pages }) => {
  test('every field of every page has ink, and what is not used has none', async () => {
    const record = specimenRecord(people);
    const { pdf } = await renderOrThrow(record, material);
    const drawn = rasterise(pdf, dpi);
    const fieldsOfPages = pagesOf(record);
    expect(drawn).toHaveLength(pages);
    expect(fieldsOfPages).toHaveLength(pages);
    for (const [i, page] of drawn.entries()) {
      const fields = fieldsOfPages[i]?.fields ?? {};
      const white = placesOf(form, fields).filter(({ place }) => inkIn(page, within(place, 0.25)).length < leastInkPixels);
      expect(white.map(({ field }) => field)).toEqual([]);

      expect(inkIn(page, form.sealedCode), 'the place of the sealed code').toHaveLength(0);
      const used = Math.min(form.people.count, people - i * form.people.count);
      if (used === form.people.count) continue;
      const rest = {
        ...moveDown(form.people.frame, used * form.people.pitchMm),
        heightMm: (form.people.count - used) * form.people.pitchMm,
      };
      const nothingBelow = moveDown(form.nothingBelow.place, used * form.people.pitchMm);
      expect(inkIn(page, nothingBelow).length, '以下余白').toBeGreaterThan(leastInkPixels);
      expect(inkAwayFrom(page, rest, [nothingBelow, ...edgesOf(rest)]), 'slots without a person').toBe(0);
    }
  });

  test('the file is sound and says how many pages it has', async () => {
    const { pdf, pages: printed } = await renderOrThrow(specimenRecord(people), material);
    expect(printed.map(({ page, of }) => `${page}/${of}`)).toEqual(Array.from({ length: pages }, (_, i) => `${i + 1}/${pages}`));
    expect(onFile(pdf, (path) => run('qpdf', ['--check', path]))).toContain('No syntax or stream encoding errors found');
    expect(onFile(pdf, (path) => run('pdfinfo', [path]))).toMatch(new RegExp(`Pages:\\s+${pages}\\n`));
  });
});

function edgesOf(box: Box): readonly Box[] {
  const mm = 0.5;
  return [
    { ...box, yMm: box.yMm - mm, heightMm: 2 * mm },
    { ...box, yMm: box.yMm + box.heightMm - mm, heightMm: 2 * mm },
    { ...box, xMm: box.xMm - mm, widthMm: 2 * mm },
    { ...box, xMm: box.xMm + box.widthMm - mm, widthMm: 2 * mm },
  ];
}

test('the count finds a field that was left white: the second person of a sheet for one', async () => {
  const [page] = rasterise((await renderOrThrow(specimenRecord(1), material)).pdf, dpi);
  const places = placesOf(form, pagesOf(specimenRecord(2))[0]?.fields ?? {});
  const birthDates = places
    .filter(({ field }) => field.endsWith('birthDate'))
    .map(({ place }) => page && inkIn(page, within(place, 0.25)).length);
  expect(birthDates[0]).toBeGreaterThan(leastInkPixels);
  expect(birthDates[1]).toBe(0);
});
