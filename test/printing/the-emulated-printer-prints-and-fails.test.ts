// The emulated printer through the real adapter: the shared list of cases, then each
// fault that a real printer has, with the outcome that decides about the money.
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EmulatedPrinterFault } from '#devices/emulated/printer/job.js';
import { startEmulatedPrinter, type EmulatedPrinter } from '#devices/emulated/printer/start.js';
import { createIppPrinter } from '#devices/printer/ipp-printer.js';
import type { PrintOutcome, Printer } from '#devices/printer/port.js';
import { systemClock } from '#libs/std/clock.js';
import { seededRandom } from '#libs/std/random.js';
import { copyOf, expectOk, itPrintsLikeEveryPrinter, submitOk } from './printer-contract.js';

let directory: string;
let device: EmulatedPrinter;
let printer: Printer;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'emulated-printer-'));
});
afterAll(() => rm(directory, { recursive: true }));
beforeEach(async () => {
  device = await startEmulatedPrinter({
    directory,
    host: '127.0.0.1',
    port: 0,
    clock: systemClock,
    random: seededRandom('printing'),
    msPerPage: 20,
  });
  printer = createIppPrinter({ uri: device.uri, clock: systemClock });
});
afterEach(async () => {
  await printer.close();
  await device.close();
});

describe('the emulated printer', () => {
  itPrintsLikeEveryPrinter(() => printer);

  it('puts sheets into its tray that say what is on them', async () => {
    const ref = await submitOk(printer, { ...copyOf('tray', 3), sides: 'two-sided-long-edge' });
    const outcome = await printer.follow(ref, { pages: 3, timeoutMs: 5_000 });
    expect(outcome).toMatchObject({ outcome: 'printed', evidence: { impressionsCompleted: 3 } });
    const { tray, paper } = device.state();
    expect(expectOk(await printer.status()).sheetsLeft).toBe(498);
    expect(tray).toMatchObject([
      { jobName: 'tray', jobId: 1, pages: [1, 2] },
      { jobName: 'tray', jobId: 1, pages: [3] },
    ]);
    expect(paper).toBe(498);
    expect((await stat(tray[0]?.file ?? '')).size).toBe(copyOf('', 3).pdf.length);
    expect(device.takeSheets([tray[0]?.id ?? ''])).toHaveLength(1);
    expect(device.takeSheets()).toHaveLength(1);
    expect(device.state().tray).toEqual([]);
    expect(await readdir(directory)).not.toEqual([]);
  });

  it('tells the bench of every change', async () => {
    let changes = 0;
    const end = device.onChange(() => (changes += 1));
    device.addPaper(10);
    end();
    device.addPaper(10);
    expect(changes).toBe(1);
    expect(device.state().paper).toBe(520);
  });
});

async function printWith(fault: EmulatedPrinterFault, timeoutMs: number): Promise<PrintOutcome> {
  device.setFault(fault);
  const ref = await submitOk(printer, copyOf(`with-${fault}`));
  return printer.follow(ref, { pages: 2, timeoutMs });
}

describe('a printer that fails', () => {
  it.each<[EmulatedPrinterFault, PrintOutcome['outcome'], Partial<PrintOutcome['evidence']>]>([
    ['jam-before-first-sheet', 'not-printed', { jobState: 'aborted', impressionsCompleted: 0, printerReasons: ['media-jam-error'] }],
    ['jam-after-one-sheet', 'uncertain', { jobState: 'aborted', impressionsCompleted: 1, printerReasons: ['media-jam-error'] }],
    ['canceled-with-sheets-out', 'uncertain', { jobState: 'canceled', impressionsCompleted: 1 }],
    // Whether a look before the restart saw the first sheet is a matter of time.
    ['lost-after-restart', 'uncertain', { jobState: 'unknown-job' }],
    ['missing-attributes', 'printed', { jobState: 'completed', impressionsCompleted: null }],
    ['slow', 'printed', { jobState: 'completed', impressionsCompleted: 2 }],
  ])('%s is %s', { timeout: 30_000 }, async (fault, outcome, evidence) => {
    expect(await printWith(fault, 20_000)).toMatchObject({ outcome, evidence });
  });

  it('out of paper is uncertain at the deadline, and goes on when paper comes', async () => {
    const reasons: string[] = [];
    device.setFault('out-of-paper');
    expect(expectOk(await printer.status())).toMatchObject({
      state: 'stopped',
      reasons: ['media-empty-error', 'media-needed-error'],
      mediaReady: null,
      sheetsLeft: 0,
    });
    const ref = await submitOk(printer, copyOf('paper'));
    const stuck = await printer.follow(ref, { pages: 2, timeoutMs: 600, onReasons: (seen) => reasons.push(...seen) });
    expect(stuck).toMatchObject({ outcome: 'uncertain', evidence: { jobState: 'pending', impressionsCompleted: 0 } });
    expect(reasons).toEqual(['media-empty-error', 'media-needed-error']);
    device.addPaper(1);
    expect(expectOk(await printer.status())).toMatchObject({ reasons: [], sheetsLeft: 1 });
    const short = await printer.follow(ref, { pages: 2, timeoutMs: 600 });
    expect(short).toMatchObject({ outcome: 'uncertain', evidence: { jobState: 'processing-stopped', impressionsCompleted: 1 } });
    device.addPaper(5);
    expect(await printer.follow(ref, { pages: 2, timeoutMs: 5_000 })).toMatchObject({ outcome: 'printed' });
  });

  it('a stopped printer is uncertain; cancelled before a sheet it is not printed', async () => {
    device.setFault('stopped');
    const ref = await submitOk(printer, copyOf('stopped'));
    expect(await printer.follow(ref, { pages: 2, timeoutMs: 400 })).toMatchObject({ outcome: 'uncertain' });
    expectOk(await printer.cancel(ref));
    const outcome = await printer.follow(ref, { pages: 2, timeoutMs: 5_000 });
    expect(outcome).toMatchObject({ outcome: 'not-printed', evidence: { jobState: 'canceled', printerReasons: ['paused'] } });
  });

  it('an offline printer takes nothing, and a job on it stays uncertain', async () => {
    device.setFault('stopped');
    const ref = await submitOk(printer, copyOf('offline'));
    device.setFault('offline');
    expect(await printer.status()).toMatchObject({ error: { code: 'unreachable' } });
    expect(await printer.submit(copyOf('offline-2'))).toMatchObject({
      error: { code: 'refused', detail: expect.stringMatching(/^not-sent: /) },
    });
    expect(await printer.follow(ref, { pages: 2, timeoutMs: 600 })).toMatchObject({
      outcome: 'uncertain',
      evidence: { jobState: 'unreachable' },
    });
    device.setFault('none');
    expect(await printer.follow(ref, { pages: 2, timeoutMs: 5_000 })).toMatchObject({ outcome: 'printed' });
  });

  it('a jam stays until it is cleared', async () => {
    await printWith('jam-before-first-sheet', 5_000);
    expect(expectOk(await printer.status())).toMatchObject({ state: 'stopped', reasons: ['media-jam-error'] });
    device.setFault('none');
    expect(expectOk(await printer.status())).toMatchObject({ state: 'idle', reasons: [] });
  });

  it('a document that is no PDF is not printed', async () => {
    const ref = await submitOk(printer, { ...copyOf('junk'), pdf: Buffer.from('not a PDF') });
    expect(await printer.follow(ref, { pages: 2, timeoutMs: 5_000 })).toMatchObject({
      outcome: 'not-printed',
      evidence: { jobState: 'aborted', jobStateReasons: ['aborted-by-system', 'document-format-error'] },
    });
  });
});
