// The real adapter against ippeveprinter of CUPS, a printer that is not ours: the shared
// list of cases, injected jams, a command that stalls, and a printer that goes away.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createIppPrinter } from '#devices/printer/ipp-printer.js';
import type { PrintJobRef, PrintOutcome, Printer } from '#devices/printer/port.js';
import { systemClock } from '#libs/std/clock.js';
import { goodPrint, startIppeveprinter, type Ippeveprinter } from './ippeveprinter.js';
import { copyOf, expectOk, itPrintsLikeEveryPrinter, submitOk } from './printer-contract.js';
import { startPrivateBus, type PrivateBus } from './private-bus.js';

let directory: string;
let bus: PrivateBus;
const opened: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'foreign-printer-'));
  bus = await startPrivateBus(directory);
}, 30_000);

async function closeOpened(): Promise<void> {
  for (const part of opened.splice(0).toReversed()) await part.close();
}

afterAll(async () => {
  await bus.close();
  await rm(directory, { recursive: true });
});

async function startDevice(printScript: string, parameters: readonly string[] = []): Promise<Ippeveprinter> {
  const own = await mkdtemp(join(directory, 'printer-'));
  const device = await startIppeveprinter({ directory: own, bus, printScript, parameters });
  opened.push(device);
  return device;
}

function open(uri: string, options: { readonly tray?: string } = {}): Printer {
  const printer = createIppPrinter({ uri, ...options, clock: systemClock });
  opened.push(printer);
  return printer;
}

describe('ippeveprinter', () => {
  let printer: Printer;
  let device: Ippeveprinter;
  beforeAll(async () => {
    device = await startDevice(goodPrint, ['-2']);
    printer = open(device.uri);
  }, 30_000);
  afterAll(closeOpened);
  itPrintsLikeEveryPrinter(() => printer);

  it('tells how much paper is in the tray that is named, and not what is in all of them', async () => {
    // Its main tray holds 250; the manual one does not measure.
    const ofMain = expectOk(await open(device.uri, { tray: 'main' }).status());
    expect(ofMain.sheetsLeft).toBe(100);
    expect(expectOk(await printer.status()).sheetsLeft).toBeNull();
  });
});

async function submitTo(printScript: string): Promise<{ printer: Printer; ref: PrintJobRef }> {
  const device = await startDevice(printScript);
  const printer = open(device.uri);
  return { printer, ref: await submitOk(printer, copyOf('failing')) };
}

type Expected = { readonly outcome: PrintOutcome['outcome']; readonly evidence: Partial<PrintOutcome['evidence']> };

const jam = "echo 'STATE: +media-jam' >&2";
const oneOut = "echo 'ATTR: job-impressions-completed=1' >&2";

describe('ippeveprinter that fails', () => {
  afterEach(closeOpened);

  it.each<[string, string, Expected]>([
    [
      'a jam before the first sheet',
      `${jam}; sleep 0.5; exit 1`,
      { outcome: 'not-printed', evidence: { jobState: 'aborted', impressionsCompleted: 0 } },
    ],
    [
      'a jam after one sheet',
      `${oneOut}; ${jam}; sleep 0.5; exit 1`,
      { outcome: 'uncertain', evidence: { jobState: 'aborted', impressionsCompleted: 1 } },
    ],
    [
      'a jam, and completed all the same',
      `${goodPrint}; ${jam}`,
      { outcome: 'uncertain', evidence: { jobState: 'completed', impressionsCompleted: 2 } },
    ],
    ['completed, and nothing counted', 'exit 0', { outcome: 'uncertain', evidence: { jobState: 'completed', impressionsCompleted: 0 } }],
  ])('%s', { timeout: 30_000 }, async (story, printScript, expected) => {
    const { printer, ref } = await submitTo(printScript);
    const followed = await printer.follow(ref, { pages: 2, timeoutMs: 10_000 });
    expect(followed).toMatchObject(expected);
    // It calls the same jam a -warning while it prints and a -report afterwards.
    expect(followed.evidence.printerReasons.some((reason) => reason.startsWith('media-jam'))).toBe(story.startsWith('a jam'));
  });

  it('a jam that stands is uncertain; cancelled before a sheet it is not printed', { timeout: 30_000 }, async () => {
    const { printer, ref } = await submitTo(`${jam}; sleep 3`);
    const standing = await printer.follow(ref, { pages: 2, timeoutMs: 1_000 });
    expect(standing).toMatchObject({ outcome: 'uncertain', evidence: { jobState: 'processing', printerReasons: ['media-jam-warning'] } });
    expectOk(await printer.cancel(ref));
    const outcome = await printer.follow(ref, { pages: 2, timeoutMs: 10_000 });
    expect(outcome).toMatchObject({ outcome: 'not-printed', evidence: { jobState: 'canceled', impressionsCompleted: 0 } });
  });

  it('cancelled with a sheet out is uncertain', { timeout: 30_000 }, async () => {
    const { printer, ref } = await submitTo(`${oneOut}; sleep 3`);
    await printer.follow(ref, { pages: 2, timeoutMs: 500 });
    expectOk(await printer.cancel(ref));
    const outcome = await printer.follow(ref, { pages: 2, timeoutMs: 10_000 });
    expect(outcome).toMatchObject({ outcome: 'uncertain', evidence: { jobState: 'canceled', impressionsCompleted: 1 } });
  });

  it('a printer that goes away while it prints leaves the outcome uncertain', { timeout: 30_000 }, async () => {
    const device = await startDevice(`${oneOut}; sleep 5`);
    const printer = open(device.uri);
    const ref = await submitOk(printer, copyOf('gone'));
    const following = printer.follow(ref, { pages: 2, timeoutMs: 2_000 });
    await systemClock.sleep(700);
    await device.close();
    expect(await following).toMatchObject({ outcome: 'uncertain', evidence: { jobState: 'unreachable', impressionsCompleted: 1 } });
  });

  it('refuses two-sided work on a one-sided printer before anything is sent', { timeout: 30_000 }, async () => {
    const printer = open((await startDevice(goodPrint)).uri);
    expect(await printer.submit({ ...copyOf('sides'), sides: 'two-sided-long-edge' })).toEqual({
      ok: false,
      error: { code: 'refused', detail: 'not-sent: sides-supported' },
    });
    expect(expectOk(await printer.findByName('sides'))).toBeNull();
  });

  it('takes the paper from the configured tray, and refuses one that is not there', { timeout: 30_000 }, async () => {
    const { uri } = await startDevice(goodPrint);
    const ref = await submitOk(open(uri, { tray: 'main' }), copyOf('tray'));
    expect(await open(uri).follow(ref, { pages: 2, timeoutMs: 10_000 })).toMatchObject({ outcome: 'printed' });
    expect(await open(uri, { tray: 'tray-9' }).submit(copyOf('tray-9'))).toMatchObject({
      error: { detail: 'not-sent: media-source-supported' },
    });
  });
});
