// A second opinion on the emulated printer and on our codec: ipptool of CUPS asks, prints
// and checks the answers by its own reading of RFC 8010 and 8011; qpdf repacks documents.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countPdfPages } from '#devices/emulated/printer/pdf-pages.js';
import { buildPlainPdf } from '#devices/emulated/printer/plain-pdf.js';
import { startEmulatedPrinter, type EmulatedPrinter } from '#devices/emulated/printer/start.js';
import { systemClock } from '#libs/std/clock.js';
import { seededRandom } from '#libs/std/random.js';
import { startProgram, waitFor } from './private-bus.js';

let directory: string;
let document: string;
let device: EmulatedPrinter;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ipptool-'));
  document = join(directory, 'document.pdf');
  await writeFile(document, buildPlainPdf(3));
  device = await startEmulatedPrinter({
    directory,
    host: '127.0.0.1',
    port: 0,
    clock: systemClock,
    random: seededRandom('ipptool'),
    msPerPage: 100,
  });
});
afterAll(async () => {
  await device.close();
  await rm(directory, { recursive: true });
});

async function runIpptool(testFile: string, detail: readonly string[] = ['-v']): Promise<string> {
  const tool = await startProgram('ipptool', ['-t', ...detail, '-f', document, device.uri, testFile]);
  await waitFor('ipptool', () => Promise.resolve(tool.hasEnded()));
  return tool.output();
}

describe('ipptool', () => {
  it.each([
    'get-printer-attributes.test',
    'validate-job.test',
    'print-job.test',
    'create-job.test',
    'get-jobs.test',
    'get-completed-jobs.test',
  ])('passes %s', async (testFile) => {
    const output = await runIpptool(testFile);
    expect(output).toMatch(/\[PASS\]/);
    expect(output).not.toMatch(/\[FAIL\]|EXPECTED|invalid|bad /i);
  });

  it("passes the whole of CUPS's suite for IPP/1.1", { timeout: 30_000 }, async () => {
    // The rest are skipped: copies, and documents that the printer would fetch by URI.
    expect(await runIpptool('ipp-1.1.test', [])).toMatch(/Summary: 37 tests, 29 passed, 0 failed/);
  });

  it('gets its document out of the tray', async () => {
    await waitFor('the sheets', () => Promise.resolve(device.state().tray.length >= 3));
    expect(await readFile(device.takeSheets()[0]?.file ?? '')).toEqual(await readFile(document));
  });
});

describe('countPdfPages and qpdf', () => {
  it.each([['--object-streams=generate'], ['--linearize'], ['--qdf']])('agree on %s', (option) => {
    const repacked = join(directory, 'repacked.pdf');
    execFileSync('qpdf', [option, document, repacked]);
    const counted = spawnSync('qpdf', ['--show-npages', repacked], { encoding: 'utf8' });
    expect(counted.stdout.trim()).toBe('3');
    return readFile(repacked).then((pdf) => expect(countPdfPages(pdf)).toBe(3));
  });
});
