// `npm run issue`, as others rely on it: one JSON object on standard output and nothing
// else, an exit code, and a clear sentence on standard error for what cannot be asked.
import { execFile, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { faults } from '../../apps/demo/src/faults.js';
import { root } from '../../apps/demo/src/part-process.js';
import { citizens } from '../../apps/demo/world/citizens.js';
import { limits } from './limits.js';

const issuedSchema = z.strictObject({
  outcome: z.enum(['delivered', 'refused', 'unknown']),
  requestId: z.uuid().nullable(),
  sheets: z.array(z.string()),
  pages: z.int(),
  feeYen: z.int(),
  chargeState: z.enum(['none', 'posted', 'reversed', 'open']),
  printOutcome: z.enum(['printed', 'printed in part', 'not printed', 'uncertain', 'none']),
  reason: z.strictObject({ code: z.string(), sentence: z.string() }).nullable(),
  parts: z.strictObject({ card: z.string(), database: z.string(), queue: z.string(), printer: z.string() }),
  steps: z.array(z.strictObject({ step: z.int(), name: z.string().min(1), ms: z.number().min(0) })),
});
type Issued = z.infer<typeof issuedSchema>;

type Ran = { readonly code: number; readonly stdout: string; readonly stderr: string };

function run(...args: string[]): Promise<Ran> {
  const program = join(root(), 'dist', 'apps', 'demo', 'src', 'issue.js');
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

async function issue(...args: string[]): Promise<{ code: number; issued: Issued; stderr: string }> {
  const { code, stdout, stderr } = await run(...args, '--json');
  expect(stdout.trim().split('\n')).toHaveLength(1);
  return { code, issued: issuedSchema.parse(JSON.parse(stdout)), stderr };
}

const patience = { timeout: limits.openTimeoutMs + limits.visitTimeoutMs };

it('lists whom and what there is', async () => {
  const { code, stdout } = await run('--list', '--json');
  expect([code, stdout.trim().split('\n').length]).toEqual([0, 1]);
  expect(JSON.parse(stdout)).toEqual({
    citizens: citizens.map(({ id, story, expect: end }) => ({ id, story, expect: end })),
    certificates: ['resident-record'],
    faults: faults.map((fault) => fault.name),
  });
});

it('delivers: every step, the sheets as files, exit 0', patience, async () => {
  const asked = ['--citizen', 'yonin-kazoku', '--certificate', 'resident-record'];
  const { code, issued, stderr } = await issue(...asked, '--option', 'copies=2', '--option', 'scope=part', '--option', 'domicile=true');
  expect([code, stderr]).toEqual([0, '']);
  expect(issued).toMatchObject({
    outcome: 'delivered',
    pages: 2,
    feeYen: 600,
    chargeState: 'posted',
    printOutcome: 'printed',
    reason: null,
  });
  expect(issued.requestId).not.toBeNull();
  expect(issued.sheets).toHaveLength(2);
  for (const sheet of issued.sheets) {
    expect(readFileSync(sheet).subarray(0, 5).toString()).toBe('%PDF-');
    rmSync(sheet);
  }
  expect(issued.parts).toMatchObject({ database: 'sqlite', queue: 'timer', printer: expect.stringContaining('ipp://127.0.0.1') });
  expect(issued.parts.card).toMatch(/pcscd/);
  expect(issued.steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
});

/** Nobody stands there who could put paper in: the kiosk takes the copy back by itself. */
it.each(['jam-before-first-sheet', 'out-of-paper', 'stopped'])(
  'is refused cleanly, with the money given back, when the printer is %s: exit 0',
  patience,
  async (fault) => {
    const { code, issued } = await issue('--citizen', 'gonin-kazoku', '--fault', `printer-${fault}`);
    expect(issued).toMatchObject({ outcome: 'refused', sheets: [], feeYen: 0, chargeState: 'reversed', printOutcome: 'not printed' });
    expect(issued.reason?.code).toBe('not-printed');
    expect(issued.reason?.sentence).toMatch(/300円をお返ししました。控えの番号は\d{3}-\d{3}-\d{4}です。$/);
    expect(code).toBe(0);
  },
);

it('does not call an uncertain print clean: exit 1', patience, async () => {
  const { code, issued } = await issue('--citizen', 'gonin-kazoku', '--fault', 'printer-jam-after-one-sheet');
  expect(code).toBe(1);
  expect(issued).toMatchObject({ outcome: 'refused', chargeState: 'posted', printOutcome: 'uncertain', pages: 1 });
  expect(issued.sheets.every((sheet) => existsSync(sheet))).toBe(true);
  issued.sheets.forEach((sheet) => rmSync(sheet));
});

describe('what cannot be asked', () => {
  const person = ['--citizen', 'hitori-gurashi'];
  const wrong: readonly { what: string; args: string[]; reason: string; clear: RegExp }[] = [
    { what: 'nobody of that id', args: ['--citizen', 'dare-mo-inai'], reason: 'unknown-citizen', clear: /--citizen dare-mo-inai/ },
    { what: 'no citizen at all', args: [], reason: 'unknown-citizen', clear: /--citizen/ },
    {
      what: 'a certificate that there is not',
      args: [...person, '--certificate', 'tax-record'],
      reason: 'unknown-certificate',
      clear: /--certificate tax-record/,
    },
    { what: 'a fault that nobody knows', args: [...person, '--fault', 'earthquake'], reason: 'unknown-fault', clear: /--fault earthquake/ },
    {
      what: 'an option that there is not',
      args: [...person, '--option', 'colour=red'],
      reason: 'unknown-option',
      clear: /--option colour=red/,
    },
    {
      what: 'a number of copies out of range',
      args: [...person, '--option', 'copies=11'],
      reason: 'unknown-option',
      clear: /--option copies=11/,
    },
    { what: 'two citizens', args: [...person, '--citizen', 'shikko'], reason: 'unknown-argument', clear: /^--citizen: only once$/m },
    {
      what: 'two numbers of copies',
      args: [...person, '--option', 'copies=1', '--option', 'copies=2'],
      reason: 'unknown-option',
      clear: /^--option copies=2: copies only once$/m,
    },
    { what: 'an argument that there is not', args: [...person, '--fast'], reason: 'unknown-argument', clear: /--fast/ },
  ];
  it.each(wrong)('$what: one object with the reason, one clear line for the engineer, exit 1', async ({ args, reason, clear }) => {
    const { code, issued, stderr } = await issue(...args);
    expect(code).toBe(1);
    expect(issued).toMatchObject({ outcome: 'unknown', sheets: [], feeYen: 0, chargeState: 'none', printOutcome: 'none', steps: [] });
    expect(issued.reason?.code).toBe(reason);
    expect(issued.reason?.sentence).toMatch(/手数料はいただいていません。$/);
    expect(stderr).toMatch(clear);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('is told when this citizen is not offered what was asked for: the visit is stopped, nothing charged, exit 1', patience, async () => {
    const { code, issued, stderr } = await issue('--citizen', 'aomine-hitori', '--option', 'copies=10');
    expect([code, issued.outcome, issued.reason?.code]).toEqual([1, 'refused', 'not-offered']);
    expect(issued).toMatchObject({ feeYen: 0, chargeState: 'none', sheets: [] });
    expect(issued.reason?.sentence).toMatch(/料金はいただいていません。$/);
    expect(issued.steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5]);
    expect(issued.parts.card).toMatch(/pcscd/);
    expect(stderr).toContain('copies=10');
  });
});

describe('a fault', () => {
  it('that kills the municipality kills the one of this citizen: a clean refusal, exit 0', patience, async () => {
    const { code, issued } = await issue('--citizen', 'aomine-hitori', '--fault', 'municipality-down');
    expect([code, issued.outcome, issued.reason?.code, issued.chargeState]).toEqual([0, 'refused', 'municipality-unreachable', 'none']);
  });

  it('that comes before what this citizen is refused for is a clean refusal all the same: exit 0', patience, async () => {
    const { code, issued } = await issue('--citizen', 'shikko', '--fault', 'jpki-no-answer');
    expect([code, issued.outcome, issued.reason?.code, issued.chargeState]).toEqual([0, 'refused', 'revocation-unknown', 'none']);
  });
});

it('says in one object that there is no branch, where there is no room for one', async () => {
  const program = join(root(), 'dist', 'apps', 'demo', 'src', 'issue.js');
  const env = { ...process.env, TMPDIR: '/nonexistent' };
  const ran = spawnSync(process.execPath, [program, '--citizen', 'hitori-gurashi', '--json'], { env, encoding: 'utf8' });
  expect([ran.status, issuedSchema.parse(JSON.parse(ran.stdout)).reason?.code]).toEqual([1, 'no-branch']);
  expect(ran.stderr).not.toMatch(/\n\s+at /);
});

it('Ctrl-C leaves no branch and no keys behind', patience, async () => {
  const program = join(root(), 'dist', 'apps', 'demo', 'src', 'issue.js');
  const temporary = mkdtempSync(join(tmpdir(), 'madoguchi-ctrl-c-'));
  const child = spawn(process.execPath, [program, '--citizen', 'hitori-gurashi', '--json'], {
    stdio: 'ignore',
    env: { ...process.env, TMPDIR: temporary },
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await expect.poll(() => readdirSync(temporary).length, { timeout: 10_000 }).toBeGreaterThan(0);
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(readdirSync(temporary)).toEqual([]);
  rmSync(temporary, { recursive: true });
});
