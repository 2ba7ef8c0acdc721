// 葛 and its variants are different names. What was registered is what stands on the sheet
// and what can be taken from it, also when many sheets are made from one open font.
import { beforeAll, expect, test, vi } from 'vitest';
import { renderResidentRecord } from '#libs/paper/render-resident-record.js';
import { residentRecordForm as form } from '#libs/paper/resident-record-form.js';
import { specimenPerson, specimenRecord } from '#libs/paper/specimen.js';
import { openMaterial, renderOrThrow, type Material } from './material.js';
import { asExtracted, extractText, pictureOf, rasterise, patience } from './raster.js';

vi.setConfig(patience);

const variants = ['\u{e0102}', '\u{e0103}', '\u{e0104}', '\u{e0105}', '\u{e0106}', '\u{e0107}', '\u{e0108}'];
const namePlace = form.people.fields.find(({ field }) => field === 'name')?.place;

let material: Material;
beforeAll(() => {
  material = openMaterial();
});

function recordOf(name: string): ReturnType<typeof specimenRecord> {
  return specimenRecord(1, { people: [{ ...specimenPerson(0), name }] });
}

async function pictureOfName(name: string): Promise<string> {
  const [page] = rasterise((await renderOrThrow(recordOf(name), material)).pdf, 300);
  if (page === undefined || namePlace === undefined) throw new Error('no page, or no place for a name');
  return pictureOf(page, namePlace).toString('base64');
}

test('the variants of 葛 look different exactly where the font has different glyphs', async () => {
  const names = ['葛', ...variants.map((variant) => `葛${variant}`)];
  const glyphs = names.map((name) => {
    const [base = 0, selector] = Array.from(name, (c) => c.codePointAt(0) ?? 0);
    return selector === undefined ? material.fonts.findGlyph(base) : material.fonts.findVariation(base, selector);
  });
  expect(glyphs).not.toContain(null);
  expect(new Set(glyphs).size).toBeGreaterThanOrEqual(6);
  const pictures = await Promise.all(names.map(pictureOfName));
  for (const [i, one] of pictures.entries()) {
    for (const [j, other] of pictures.entries()) expect(one === other, `${names[i]} and ${names[j]}`).toBe(glyphs[i] === glyphs[j]);
  }
});

test('the names of the national specimen are drawn and read back: 䶒藤󠄃 太朗󠄅, 渡𮞽', async () => {
  const { pdf } = await renderOrThrow(specimenRecord(2), material);
  const text = extractText(pdf);
  for (const name of ['䶒藤\u{e0103}　太朗\u{e0105}', '渡\u{2e7bd}']) expect(text).toContain(asExtracted(name));
  expect(await pictureOfName('藤\u{e0103}')).not.toBe(await pictureOfName('藤'));
});

test('documents made at the same time from one font carry their own selectors only', async () => {
  const names = ['葛', ...variants.map((variant) => `葛${variant}`), '辻', '辻\u{e0102}', '辻\u{e0103}'];
  const rounds = Array.from({ length: 5 }, () => names).flat();
  const sheets = await Promise.all(rounds.map((name) => renderOrThrow(recordOf(name), material)));
  for (const [i, { pdf }] of sheets.slice(0, names.length).entries()) {
    const lines = extractText(pdf).split('\n');
    const found = lines.flatMap((line) => /[葛辻][\u{e0100}-\u{e01ef}]?/u.exec(line)?.[0] ?? []);
    expect(found).toEqual([names[i]]);
  }
  for (const [i, sheet] of sheets.entries()) expect(sheet.pdf.equals(sheets[i % names.length]?.pdf ?? Buffer.alloc(0))).toBe(true);
});

test('characters that share a picture keep their own text', async () => {
  // 葛 E0102…: the sequence that names the default glyph, beside the plain character.
  const same = variants.find(
    (variant) => material.fonts.findVariation(0x845b, variant.codePointAt(0) ?? 0) === material.fonts.findGlyph(0x845b),
  );
  const name = `葛　葛${same}`;
  expect(extractText((await renderOrThrow(recordOf(name), material)).pdf)).toContain(asExtracted(name));
});

test.each([
  { what: 'a sequence that only another collection registers', text: '葛\u{e0100}', codePoints: [0x845b, 0xe0100] },
  { what: 'a selector after a character that has none', text: 'あ\u{e0103}', codePoints: [0x3042, 0xe0103] },
  { what: 'two selectors', text: '藤\u{e0103}\u{e0103}', codePoints: [0xe0103] },
  { what: 'a selector alone', text: '\u{e0103}藤', codePoints: [0xe0103] },
  { what: 'a character that no font has', text: '一\u{3ffff}', codePoints: [0x3ffff] },
  { what: 'an emoji', text: '山田😀', codePoints: [0x1f600] },
  { what: 'a private-use character (外字)', text: '山\u{e000}', codePoints: [0xe000] },
  { what: 'a private-use character of plane 16', text: '\u{10de92}', codePoints: [0x10de92] },
  { what: 'the mark for a character that another system lacked', text: '〓田', codePoints: [0x3013] },
  { what: 'a combining mark', text: 'か\u{3099}', codePoints: [0x3099] },
  { what: 'a character without ink', text: '山\u{200b}田', codePoints: [0x200b] },
  { what: 'a line break', text: '山\n田', codePoints: [0x0a] },
  { what: 'nothing', text: '', codePoints: [] },
  { what: 'nothing but spaces', text: '　 ', codePoints: [] },
  { what: 'half a character', text: '山\ud842', codePoints: [0xd842] },
])('$what is refused before anything is drawn', async ({ text, codePoints }) => {
  const refused = await renderResidentRecord(recordOf(text), material);
  expect(refused).toEqual({ ok: false, error: { code: 'glyph-missing', field: 'people[0].name', codePoints } });
});
