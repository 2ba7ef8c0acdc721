// Prints how fast sheets are made on one core: `node dist/test/bench/paper.js [documents]`.
// A measurement, never a test: nothing fails because a machine is busy. With `--sample FILE`
// it writes the specimen of libs/paper/sample/ as a PDF instead.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { drawFictionalSeal } from '#libs/paper/fictional-seal.js';
import { findFontPath, openFormFonts } from '#libs/paper/fonts.js';
import { renderResidentRecord } from '#libs/paper/render-resident-record.js';
import { readSealImprint } from '#libs/paper/seal.js';
import { specimenRecord } from '#libs/paper/specimen.js';
import { assert } from '#libs/std/assert.js';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { sample: { type: 'string' } } });
const documents = Number(positionals[0] ?? 300);

const bytes = readFileSync(findFontPath() ?? '');
const openedAtMs = performance.now();
const fonts = openFormFonts(bytes);
assert(fonts.ok, 'the typeface opens');
print('open the typeface, once a process', [performance.now() - openedAtMs]);

const seal = readSealImprint(drawFictionalSeal(['窓口県', '汐見台市', '長之印'], 24, fonts.value), 24);
assert(seal.ok, 'the seal is readable');
const material = { fonts: fonts.value, seal: seal.value };

if (values.sample === undefined) await measure();
else await writeSample(values.sample);

async function writeSample(path: string): Promise<void> {
  const rendered = await renderResidentRecord(specimenRecord(3), material);
  assert(rendered.ok, 'the specimen can be printed');
  writeFileSync(path, rendered.value.pdf);
}

async function measure(): Promise<void> {
  for (const people of [1, 4, 9]) {
    const later: number[] = [];
    let size = 0;
    for (let i = 0; i < documents; i++) {
      const record = specimenRecord(people, { certificateNumber: `991015-2026-${String(i).padStart(6, '0')}` });
      const startedMs = performance.now();
      const rendered = await renderResidentRecord(record, material);
      // The first one compiles; what counts is the process that has been running.
      if (i > 0) later.push(performance.now() - startedMs);
      assert(rendered.ok, 'the specimen can be printed');
      size = rendered.value.pdf.length;
    }
    print(`${people} people, ${Math.ceil(people / 4)} pages, ${Math.round(size / 1024)} KB`, later);
  }
}

function print(what: string, timesMs: readonly number[]): void {
  const sorted = timesMs.toSorted((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1);
  const meanMs = timesMs.reduce((sum, ms) => sum + ms, 0) / timesMs.length;
  const rate = timesMs.length > 1 ? `, ${(1000 / meanMs).toFixed(0)} documents/s` : '';
  process.stdout.write(`${what}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms${rate}\n`);
}
