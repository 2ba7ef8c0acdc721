// 文字溢れ: a text becomes smaller, then two lines, and then the whole issue is refused.
import fc from 'fast-check';
import { beforeAll, expect, test, vi } from 'vitest';
import { placesOf } from '#libs/paper/draw-page.js';
import { renderResidentRecord } from '#libs/paper/render-resident-record.js';
import { pagesOf } from '#libs/paper/resident-record-fields.js';
import { residentRecordForm as form } from '#libs/paper/resident-record-form.js';
import { shown, specimenPerson, specimenRecord } from '#libs/paper/specimen.js';
import { openMaterial, renderOrThrow, type Material } from './material.js';
import { extractText, inkIn, rasterise, within, patience } from './raster.js';

vi.setConfig(patience);

let material: Material;
beforeAll(() => {
  material = openMaterial();
});

function longRecord(name: string, address: string): ReturnType<typeof specimenRecord> {
  const person = { ...specimenPerson(0), name, addressBeforeMovingIn: shown(address) };
  return specimenRecord(1, { people: [person], address });
}

/** Without the breaks that a second line brings. */
function textOf(pdf: Buffer): string {
  return extractText(pdf).replaceAll('\n', '');
}

test.each([5, 17, 18, 25, 30, 45, 70])('a name of %d characters stands whole on the sheet', async (length) => {
  const name = '渡邉雄之進齋藤勘解由小路'.repeat(6).slice(0, length);
  const { pdf } = await renderOrThrow(longRecord(name, '窓口県汐見台市'), material);
  expect(textOf(pdf)).toContain(name);
});

test('one character more than two lines hold is refused, by the name of the field', async () => {
  const fits = async (length: number): Promise<boolean> => {
    const rendered = await renderResidentRecord(longRecord('齋'.repeat(length), '窓口県'), material);
    if (!rendered.ok) expect(rendered.error).toEqual({ code: 'does-not-fit', field: 'people[0].name' });
    return rendered.ok;
  };
  const widthMm = form.people.fields.find(({ field }) => field === 'name')?.place.widthMm ?? 0;
  const most = 2 * Math.floor(widthMm / 2.2);
  expect(await fits(most)).toBe(true);
  expect(await fits(most + 1)).toBe(false);
  expect(await fits(5000)).toBe(false);
});

test('no text leaves the box of its place, whatever its length', async () => {
  const characters = Array.from('渡邉齋藤アＷWi鬱　 (');
  const text = fc.array(fc.constantFrom(...characters), { minLength: 1, maxLength: 90 }).map((some) => `一${some.join('')}一`);
  await fc.assert(
    fc.asyncProperty(text, text, async (name, address) => {
      const record = longRecord(name, address);
      const rendered = await renderResidentRecord(record, material);
      if (!rendered.ok) return expect(rendered.error.code).toBe('does-not-fit');
      const [page] = rasterise(rendered.value.pdf, 150);
      const places = placesOf(form, pagesOf(record)[0]?.fields ?? {}).filter(({ field }) => /name$|ress/.test(field));
      for (const { place } of places) {
        // The margins between a place and the rules of its cell, left and right.
        const inner = within(place, 0.3);
        const margins = [
          { ...inner, xMm: place.xMm - 0.6, widthMm: 0.4 },
          { ...inner, xMm: place.xMm + place.widthMm + 0.2, widthMm: 0.4 },
        ];
        for (const margin of margins) expect(page && inkIn(page, margin)).toHaveLength(0);
      }
      expect(textOf(rendered.value.pdf).replaceAll(/\s/g, '')).toContain(name.replaceAll(/\s/g, ''));
    }),
    { numRuns: 25 },
  );
});
