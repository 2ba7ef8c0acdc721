// The doctors on a whole branch of real processes: well while it runs, well when the kiosk
// is stopped and everything can be tried, and one sentence for each thing that is broken.
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { assert } from '#libs/std/assert.js';
import { openBranch, type TestBranch } from '../world/branch.js';
import { runNode } from './command.js';

const reportSchema = z.strictObject({
  part: z.string(),
  file: z.string(),
  ok: z.boolean(),
  findings: z.array(z.strictObject({ about: z.string(), status: z.enum(['ok', 'note', 'fault']), sentence: z.string() })),
});
type Report = z.infer<typeof reportSchema>;

let branch: TestBranch;
let env: Record<string, string>;
beforeAll(async () => {
  branch = await openBranch();
  env = pcscOf(branch);
}, 60_000);
afterAll(() => branch.stop());

/** Where this branch's pcscd listens, as its kiosk was told. */
function pcscOf({ processes }: TestBranch): Record<string, string> {
  const words = readFileSync(`/proc/${processes.get('kiosk')?.pid}/environ`, 'utf8').split('\0');
  const socket = words.find((word) => word.startsWith('PCSCLITE_CSOCK_NAME='))?.slice('PCSCLITE_CSOCK_NAME='.length);
  return socket === undefined ? {} : { PCSCLITE_CSOCK_NAME: socket };
}

async function examine(part: string, file: string, told: Record<string, string> = env): Promise<Report> {
  const ended = await runNode('.config/doctor.mjs', ['--part', part, '--config', file, '--json'], told);
  const report = reportSchema.parse(JSON.parse(ended.stdout));
  expect(ended.code).toBe(report.ok ? 0 : 1);
  return report;
}

const fileOf = (label: string): string => join(branch.folder, `${label}.json`);
const faultsOf = (report: Report): string[] =>
  report.findings.filter(({ status }) => status === 'fault').map(({ about, sentence }) => `${about}: ${sentence}`);

/** The same file with other values at some keys. */
function changed(label: string, name: string, change: Record<string, unknown>): string {
  const file = join(branch.folder, `${name}.json`);
  const json = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(fileOf(label), 'utf8')));
  writeFileSync(file, JSON.stringify({ ...json, ...change }), { mode: 0o600 });
  return file;
}

it('finds a running branch well, every part of it', async () => {
  const parts = ['issuance-center', 'staff', 'municipality-991015', 'kiosk'];
  const reports = await Promise.all(parts.map((label) => examine(label.replace(/-\d+$/, ''), fileOf(label), {})));
  expect(reports.flatMap(faultsOf)).toEqual([]);
  const about = (report: Report | undefined): Set<string> => new Set(report?.findings.map((finding) => finding.about));
  expect(about(reports[0])).toContain('OCSP');
  expect(about(reports[2])).toContain('font and seal');
  expect(reports[3]?.findings).toContainEqual(expect.objectContaining({ about: 'bank', status: 'note' }));
  // Its pcscd is nobody else's: the doctor finds it by itself.
  expect(reports[3]?.findings.filter(({ about, status }) => about === 'card readers' && status === 'ok')).toHaveLength(2);
}, 30_000);

it('tries everything when the kiosk is stopped', async () => {
  const kiosk = branch.processes.get('kiosk');
  assert(kiosk !== undefined, 'a branch has a kiosk');
  await kiosk.stop();
  const report = await examine('kiosk', fileOf('kiosk'));
  expect(faultsOf(report)).toEqual([]);
  const well = new Set(report.findings.filter(({ status }) => status === 'ok').map(({ about }) => about));
  const all = ['screen', 'database', 'card readers', 'PIN pad', 'printer', 'receipt printer', 'bank', 'center', 'enrolment', 'staff'];
  expect(all.filter((about) => !well.has(about))).toEqual([]);
}, 30_000);

it('names what is broken at the devices', async () => {
  branch.bench.breakPrinter('out-of-paper');
  branch.bench.breakReceiptPrinter('cover-open');
  const inserted = await branch.bench.insert('1', 'hitori-gurashi');
  expect(inserted.ok).toBe(true);
  const faults = faultsOf(await examine('kiosk', fileOf('kiosk')));
  branch.bench.breakPrinter('none');
  branch.bench.breakReceiptPrinter('none');
  await branch.bench.remove('1');
  expect(faults).toContainEqual(
    expect.stringMatching(/^card readers: a card is in "Virtual PCD 00 00"; expected an empty slot: take it out/),
  );
  expect(faults).toContainEqual(
    expect.stringMatching(/^printer: ipp:.* is not ready \(.*media-empty.*\); expected idle, no jobs: put in A4 paper\.$/),
  );
  expect(faults).toContainEqual(expect.stringMatching(/^receipt printer: .* is out of paper, open, off line/));
  expect(faults).toHaveLength(3);
}, 30_000);

it('names what the configuration points at in vain, and who could read it', async () => {
  const nowhere = { host: '127.0.0.1', port: 1 };
  const file = changed('kiosk', 'nowhere', {
    pinPad: nowhere,
    receiptPrinter: nowhere,
    printer: { uri: 'ipp://127.0.0.1:1/ipp/print' },
    bank: { ...nowhere, acquirer: '9999' },
    staff: { url: 'http://127.0.0.1:1' },
    database: { file: join(branch.folder, 'none', 'kiosk.db') },
    screenFolder: branch.folder,
    cardReader: { kind: 'pcsc', idCardReader: 'No Such Reader 00 00', cashCardReader: 'Virtual PCD 00 01' },
    key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
  });
  chmodSync(file, 0o644);
  const faults = faultsOf(await examine('kiosk', file));
  const expected = [
    /^configuration: .* holds a private key and may be read by every user \(mode 644\)/,
    /^screen: .* holds no built screen/,
    /^database: .*none cannot be written and fsynced \(ENOENT\)/,
    /^card readers: PC\/SC has no reader "No Such Reader 00 00"; it has "Virtual PCD 00 00", "Virtual PCD 00 01"/,
    /^PIN pad: nobody answers at 127\.0\.0\.1:1 \(ECONNREFUSED\)/,
    /^printer: .* gives no answer to Get-Printer-Attributes/,
    /^receipt printer: nobody answers/,
    /^bank: nobody answers/,
    /^enrolment: .* opens no session for KSK00001/,
    /^staff: nobody answers/,
  ];
  for (const sentence of expected) expect(faults).toContainEqual(expect.stringMatching(sentence));
  expect(faults).toHaveLength(expected.length);
}, 30_000);

it('names a responder, a municipality and a center that are not the right ones', async () => {
  const staff = `http://127.0.0.1:${new URL(branch.addresses.staff).port}`;
  const center = changed('issuance-center', 'center-astray', { ocsp: { url: `${branch.addresses.jpki}/ocsp/signature` } });
  const municipality = changed('municipality-991015', 'municipality-astray', { centerUrl: staff });
  const [first, second] = await Promise.all([examine('issuance-center', center), examine('municipality', municipality)]);
  expect(faultsOf(first)).toEqual([expect.stringMatching(/^OCSP: /)]);
  expect(faultsOf(second)).toEqual([expect.stringMatching(/^center: .* is the staff; expected the issuance-center/)]);
}, 30_000);
