// The file is the face and nothing else: no name in its properties, no time, no trace of
// another document, and the same bytes whenever it is made again.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import type { ResidentRecord } from '#libs/certificate/resident-record.js';
import { specimenPerson, specimenRecord } from '#libs/paper/specimen.js';
import { openMaterial, renderOrThrow, type Material } from './material.js';
import { extractText, onFile, run, patience } from './raster.js';

vi.setConfig(patience);

let material: Material;
beforeAll(() => {
  material = openMaterial();
});

test('the properties of the file carry the kind and the number, and nobody', async () => {
  const { pdf } = await renderOrThrow(specimenRecord(2), material);
  const information = onFile(pdf, (path) => run('pdfinfo', [path]));
  expect(information).toMatch(/Title:\s+住民票の写し 991015-2026-000123\n/);
  expect(information).not.toMatch(/Author|Subject|Keywords|CreationDate|ModDate/);
  for (const part of ['藤', '太朗', 'サイトウ', '港町']) expect(information).not.toContain(part);
  const objects = onFile(pdf, (path, folder) => {
    run('qpdf', ['--qdf', '--object-streams=disable', path, join(folder, 'plain.pdf')]);
    return readFileSync(join(folder, 'plain.pdf'), 'latin1');
  });
  expect(objects).toContain('(Madoguchi)');
  expect(objects).not.toMatch(/CreationDate|\/Metadata/);
});

test('the same record gives the same bytes, another number another file', async () => {
  const once = await renderOrThrow(specimenRecord(3), material);
  const again = await renderOrThrow(specimenRecord(3), openMaterial());
  expect(again.pdf.equals(once.pdf)).toBe(true);
  const other = await renderOrThrow(specimenRecord(3, { certificateNumber: '991015-2026-000124' }), material);
  expect(other.pdf.equals(once.pdf)).toBe(false);
  expect(other.pages[0]?.fieldsSha256).not.toBe(once.pages[0]?.fieldsSha256);
});

test('every page names the request, the number of the certificate and itself', async () => {
  const record = specimenRecord(9);
  const { pdf } = await renderOrThrow(record, material);
  for (const page of [1, 2, 3]) {
    const text = onFile(pdf, (path) => run('pdftotext', ['-raw', '-f', String(page), '-l', String(page), path, '-']));
    expect(text).toContain(record.certificateNumber);
    expect(text).toContain(`${page}/3`);
    expect(text).toContain(record.requestSha256);
    expect(text).toContain('3F2A-91BC-77D0-1E4A');
  }
});

test.each([
  { scope: 'household', says: 'この写しは、世帯全員の住民票の原本と相違ないことを証明する。' },
  { scope: 'part', says: 'この写しは、世帯の一部の住民票の原本と相違ないことを証明する。' },
] as const)('the certification of $scope', async ({ scope, says }) => {
  const text = extractText((await renderOrThrow(specimenRecord(1, { scope }), material)).pdf);
  expect(text).toContain(says);
  for (const always of ['住 民 票', '【省略】', '【空欄】', 'この印は黒色です', '＊＊＊', '以下余白']) expect(text).toContain(always);
});

test('any change of any field changes the hash of its page and of no other', async () => {
  const before = await renderOrThrow(specimenRecord(5), material);
  const people = specimenRecord(5).people.map((person, i) =>
    i === 4 ? { ...specimenPerson(i), birthDate: '昭和６０年２月２７日' } : person,
  );
  const changed: ResidentRecord = specimenRecord(5, { people });
  const after = await renderOrThrow(changed, material);
  expect(after.pages[0]).toEqual(before.pages[0]);
  expect(after.pages[1]?.fieldsSha256).not.toBe(before.pages[1]?.fieldsSha256);
  expect(after.templateDigest).toBe(before.templateDigest);
});
