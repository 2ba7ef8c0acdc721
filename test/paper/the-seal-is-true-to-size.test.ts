// 公印 is printed at its true scale: no viewer, no margin and no rounding may change it.
import { expect, test } from 'vitest';
import { drawFictionalSeal } from '#libs/paper/fictional-seal.js';
import { residentRecordForm as form } from '#libs/paper/resident-record-form.js';
import { readSealImprint } from '#libs/paper/seal.js';
import { specimenRecord } from '#libs/paper/specimen.js';
import { openMaterial, renderOrThrow } from './material.js';
import { inkIn, rasterise } from './raster.js';

test.each([18, 24, 30])('an imprint of %d mm measures that on the drawn sheet', async (sideMm) => {
  const { fonts } = openMaterial();
  const seal = readSealImprint(drawFictionalSeal(['窓口県', '青嶺市', '長之印'], sideMm, fonts), sideMm);
  if (!seal.ok) throw new Error(seal.error.detail);
  const { pdf } = await renderOrThrow(specimenRecord(5), { fonts, seal: seal.value });
  for (const page of rasterise(pdf, 600)) {
    const ink = inkIn(page, {
      xMm: form.seal.xMm - 2,
      yMm: form.seal.yMm - 1,
      widthMm: form.seal.widthMm + 4,
      heightMm: form.seal.heightMm + 1.2,
    });
    const xs = ink.map(({ xMm }) => xMm).toSorted((a, b) => a - b);
    const ys = ink.map(({ yMm }) => yMm).toSorted((a, b) => a - b);
    const widthMm = (xs.at(-1) ?? 0) - (xs[0] ?? 0);
    const heightMm = (ys.at(-1) ?? 0) - (ys[0] ?? 0);
    expect(Math.abs(widthMm - sideMm)).toBeLessThan(0.2);
    expect(Math.abs(heightMm - sideMm)).toBeLessThan(0.2);
    expect(Math.abs((xs[0] ?? 0) + widthMm / 2 - (form.seal.xMm + form.seal.widthMm / 2))).toBeLessThan(0.2);
  }
});
