// 公印 is printed at its true scale: no viewer, no margin and no rounding may change it.
import { expect, test, vi } from 'vitest';
import { drawFictionalSeal } from '#libs/paper/fictional-seal.js';
import { residentRecordForm as form } from '#libs/paper/resident-record-form.js';
import { readSealImprint } from '#libs/paper/seal.js';
import { specimenRecord } from '#libs/paper/specimen.js';
import { openMaterial, renderOrThrow } from './material.js';
import { inkBoundsIn, patience, rasterise } from './raster.js';

vi.setConfig(patience);

test.each([18, 24, 30])('an imprint of %d mm measures that on the drawn sheet', async (sideMm) => {
  const { fonts } = openMaterial();
  const seal = readSealImprint(drawFictionalSeal(['窓口県', '青嶺市', '長之印'], sideMm, fonts), sideMm);
  if (!seal.ok) throw new Error(seal.error.detail);
  const { pdf } = await renderOrThrow(specimenRecord(1), { fonts, seal: seal.value });
  const [page] = rasterise(pdf, 600);
  if (page === undefined) throw new Error('no page');
  const around = { xMm: form.seal.xMm - 2, yMm: form.seal.yMm - 1, widthMm: form.seal.widthMm + 4, heightMm: form.seal.heightMm + 1.2 };
  const ink = inkBoundsIn(page, around);
  expect(Math.abs(ink.widthMm - sideMm)).toBeLessThan(0.2);
  expect(Math.abs(ink.heightMm - sideMm)).toBeLessThan(0.2);
  expect(Math.abs(ink.xMm + ink.widthMm / 2 - (form.seal.xMm + form.seal.widthMm / 2))).toBeLessThan(0.2);
  expect(Math.abs(ink.yMm + ink.heightMm / 2 - (form.seal.yMm + form.seal.heightMm / 2))).toBeLessThan(0.2);
});
