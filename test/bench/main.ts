// `npm run bench [-- --visits N] [-- --json]`: N visits on one branch of real processes, each
// step's p50, p95 and p99, the machine's own part apart from people, PIN pads and the paper
// path, and the kiosk's memory; then the verdicts, the revocation list and the paper alone.
// Slots of the private pcscd stand in a network namespace with immediate acknowledgements:
// with delayed ones vpcd costs 48 ms an APDU, which no real reader does.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { refuseArgumentFault } from '#libs/contract/part.js';
import { exitUsage } from '#libs/std/arguments.js';
import { assert } from '#libs/std/assert.js';
import { systemClock } from '#libs/std/clock.js';
import { stateSteps, stepNames } from '#libs/session/steps.js';
import { stateNames, type StateName } from '#libs/session/state.js';
import { startBranch, type Branch } from '../../apps/demo/src/branch.js';
import { Interrupted, leaveOnSignal } from '../../apps/demo/src/leaving.js';
import { limits as demoLimits } from '../../apps/demo/src/limits.js';
import { stepTimes } from '../../apps/demo/src/step-times.js';
import type { Visit } from '../../apps/demo/src/visit.js';
import { visit } from '../../apps/demo/src/visitor.js';
import { plainWish } from '../../apps/demo/src/wish.js';
import { findCitizen } from '../../apps/demo/world/citizens.js';
import { limits } from './limits.js';

type Row = { readonly name: string; readonly p50: number; readonly p95: number; readonly p99: number };
type Figures = { readonly visits: number; readonly rows: readonly Row[]; readonly kioskPeakMegabytes: number; readonly card: string };

/** Milliseconds that one visit spent in each state, all stays added up. */
type Stays = ReadonlyMap<StateName, number>;

/** Where the time goes to the card and little else. */
const cardStates: readonly StateName[] = ['reading-card', 'verifying-pin', 'signing', 'reading-cash-card'];

function staysOf({ states }: Visit): Stays {
  const stays = new Map<StateName, number>();
  for (const [index, { state, atMs }] of states.entries()) {
    const name = stateNames.find((known) => known === state);
    const next = states[index + 1];
    if (name !== undefined && next !== undefined) stays.set(name, (stays.get(name) ?? 0) + next.atMs - atMs);
  }
  return stays;
}

function sumOver(stays: Stays, wanted: (name: StateName) => boolean): number {
  return [...stays].reduce((sum, [name, ms]) => (wanted(name) ? sum + ms : sum), 0);
}

function rowOf(name: string, values: readonly number[]): Row {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0) * 10) / 10;
  return { name, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

function rowsOf(visits: readonly Visit[]): Row[] {
  const all = visits.map(staysOf);
  const times = visits.map(({ states }) => stepTimes(states));
  const own = (name: StateName): boolean => stateSteps[name]?.person === false;
  const steps = Object.entries(stepNames).map(([step, name]) =>
    rowOf(
      `step ${step}: ${name}`,
      times.map((visit) => visit.find((time) => time.step === Number(step))?.ms ?? 0),
    ),
  );
  return [
    ...steps,
    rowOf(
      'states of the card',
      all.map((stays) => sumOver(stays, (name) => cardStates.includes(name))),
    ),
    rowOf(
      "the machine's own part",
      all.map((stays) => sumOver(stays, own)),
    ),
  ];
}

const wish = readWish();
const leaving = leaveOnSignal();

async function measure(visits: number, folder: string): Promise<Figures> {
  const branch = await startBranch({ folder, leaving, msPerPage: demoLimits.msPerPageUnattended });
  try {
    for (let warmUp = 0; warmUp < limits.warmUpVisits; warmUp++) await once(branch);
    const all: Visit[] = [];
    for (let count = 0; count < visits; count++) all.push(await once(branch));
    return { visits, rows: rowsOf(all), kioskPeakMegabytes: peakMegabytes(branch), card: branch.parts.card };
  } finally {
    await branch.stop();
  }
}

async function once(branch: Branch): Promise<Visit> {
  const citizen = findCitizen('yonin-kazoku');
  assert(citizen !== null, 'the household of four is in the world');
  const visited = await visit({ kioskUrl: branch.kioskUrl, bench: branch.bench, citizen, wish: plainWish, clock: systemClock, leaving });
  leaving.throwIfAborted();
  assert(visited.end?.screen === 'thank-you', `the visit was delivered, not ${JSON.stringify(visited.end)}`);
  return visited;
}

/** The high-water mark of the process's resident memory (proc(5), VmHWM). */
function peakMegabytes(branch: Branch): number {
  const kiosk = branch.processes.get('kiosk');
  assert(kiosk !== undefined, 'the kiosk runs');
  const kilobytes = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${kiosk.pid}/status`, 'utf8'))?.[1] ?? 0);
  return Math.round(kilobytes / 102.4) / 10;
}

function print({ visits, rows, kioskPeakMegabytes, card }: Figures): void {
  const width = Math.max(...rows.map((row) => row.name.length));
  process.stdout.write(`${visits} visits, ${card}; milliseconds\n${''.padEnd(width)}       p50       p95       p99\n`);
  for (const { name, p50, p95, p99 } of rows) {
    process.stdout.write(`${name.padEnd(width)} ${[p50, p95, p99].map((ms) => ms.toFixed(1).padStart(9)).join(' ')}\n`);
  }
  const own = rows.at(-1)?.p95 ?? 0;
  process.stdout.write(`the machine's own part, p95: ${own} ms (wanted: under ${limits.ownPartP95Ms})\n`);
  process.stdout.write(`kiosk process, peak: ${kioskPeakMegabytes} MB (wanted: under ${limits.kioskPeakMegabytes})\n`);
}

/** In a process of its own, so that the figures are its own; rejects with an `Interrupted`. */
async function runAlone(program: string, folder: string): Promise<void> {
  const file = join(dirname(fileURLToPath(import.meta.url)), program);
  // What it makes, and may leave when it is interrupted, it makes in `folder`.
  const child = spawn(process.execPath, [file], { stdio: 'inherit', env: { ...process.env, TMPDIR: folder } });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const end = (): void => void child.kill();
  leaving.addEventListener('abort', end, { once: true });
  await ended;
  leaving.throwIfAborted();
}

type Wish = { readonly visits: number; readonly json: boolean };

/** Looked at before anything is started. */
function readWish(): Wish {
  const options = { visits: { type: 'string' }, json: { type: 'boolean', default: false } } as const;
  refuseArgumentFault({ args: process.argv.slice(2), options });
  const { visits = String(limits.visitsByDefault), json } = parseArgs({ options }).values;
  if (/^[1-9]\d{0,5}$/.test(visits)) return { visits: Number(visits), json };
  process.stderr.write(`--visits ${visits}: a whole number from 1 to 999999 was expected\n`);
  process.exit(exitUsage);
}

async function main({ visits, json }: Wish, folder: string): Promise<void> {
  const figures = await measure(visits, folder);
  if (json) return void process.stdout.write(`${JSON.stringify(figures)}\n`);
  print(figures);
  for (const alone of ['verdicts.js', 'revocation-list.js', 'paper.js']) {
    process.stdout.write(`\n${alone.replace('.js', '')}\n`);
    await runAlone(alone, folder);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'madoguchi-bench-'));
try {
  await main(wish, folder);
} catch (cause) {
  if (!(cause instanceof Interrupted)) throw cause;
  process.exitCode = cause.exitCode;
} finally {
  // Also where somebody presses Ctrl-C.
  rmSync(folder, { recursive: true, force: true });
}
