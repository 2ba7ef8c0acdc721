// `npm run --silent issue -- --citizen ID --certificate resident-record [--option k=v]… [--fault NAME] --json`
// `npm run --silent issue -- --list --json`
// One issuance in a branch of its own, through the same doors as the screen; exactly one JSON
// object on standard output, whatever happens. Exits 0 when the citizen got what was promised, 128 and
// the signal's number when it was ended by one, else 1.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#libs/std/clock.js';
import { citizens } from '../world/citizens.js';
import { certificates, readArguments, type Asked } from './asked.js';
import { startBranch, type Branch } from './branch.js';
import { faults } from './faults.js';
import { interrupted, lostVisit, notRun, report, type Report } from './issue-report.js';
import { findInterruption, leaveOnSignal } from './leaving.js';
import { limits, unattendedKioskLimits } from './limits.js';
import { root } from './part-process.js';
import { VisitBroken } from './visit.js';
import { visit } from './visitor.js';

type Said = ReturnType<typeof notRun> & { readonly asPromised: false };

/** Said only where nobody ever walked up to the kiosk: afterwards the bank's books say what was taken. */
const neverAtTheKiosk = ({ code, sentence }: { readonly code: string; readonly sentence: string }): Said => ({
  ...notRun({ code, sentence: `${sentence}手数料はいただいていません。` }),
  asPromised: false,
});
const noBranch = neverAtTheKiosk({ code: 'no-branch', sentence: '店舗を開けませんでした。' });

const leaving = leaveOnSignal();
const { json, asked } = readArguments(process.argv.slice(2));
if (asked === 'list') {
  const listed = citizens.map(({ id, story, expect }) => ({ id, story, expect }));
  print({ citizens: listed, certificates, faults: faults.map((fault) => fault.name) });
} else if (asked.ok) {
  const { asPromised, ...printed } = await issueOrSay(asked.value);
  print(printed);
  process.exitCode = findInterruption(leaving)?.exitCode ?? (asPromised ? 0 : 1);
} else {
  process.stderr.write(`${asked.error.detail}\n`);
  print(notRun(asked.error));
  process.exitCode = 1;
}

/** Keys and registers lie in the folder: they go, also where somebody presses Ctrl-C. */
async function issueOrSay(wanted: Asked): Promise<Report | Said> {
  const folder = tryOrSay(() => mkdtempSync(join(tmpdir(), 'madoguchi-issue-')));
  if (folder === null) return noBranch;
  try {
    return await issueInBranch(folder, wanted);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function issueInBranch(folder: string, wanted: Asked): Promise<Report | Said> {
  const options = { folder, leaving, msPerPage: limits.msPerPageUnattended, kioskLimits: unattendedKioskLimits };
  const branch = await startBranch(options).catch((cause: unknown) => (leaving.aborted ? null : say(cause)));
  if (branch === null) return leaving.aborted ? neverAtTheKiosk(interrupted) : noBranch;
  try {
    return await issue(branch, wanted);
  } finally {
    await branch.stop();
  }
}

async function issue(branch: Branch, { citizen, wish, fault }: Asked): Promise<Report> {
  const onScreen = async (view: { screen: string }): Promise<void> => {
    if (fault !== null && view.screen === fault.at) await fault.happen(branch, citizen);
  };
  const visiting = { kioskUrl: branch.kioskUrl, bench: branch.bench, citizen, wish, clock: systemClock, onScreen, leaving };
  const visited = await visit(visiting).catch((cause: unknown) => {
    say(cause);
    return cause instanceof VisitBroken ? cause.visit : lostVisit;
  });
  if (visited.notOffered !== null) process.stderr.write(`--option ${visited.notOffered}: not offered to this citizen\n`);
  return report({ branch, citizen, visited, fault, isInterrupted: leaving.aborted, keep: keepSheet });
}

function say(cause: unknown): null {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  return null;
}

function tryOrSay<T>(act: () => T): T | null {
  try {
    return act();
  } catch (cause) {
    return say(cause);
  }
}

/** The sheets stay when the branch is gone. Null: there was no room for it, which changes nothing of what was printed and paid. */
function keepSheet(file: string, name: string): string | null {
  const folder = join(root(), 'var', 'sheets');
  const kept = join(folder, `${name}.pdf`);
  return tryOrSay(() => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    cpSync(file, kept);
    return kept;
  });
}

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value, null, json ? undefined : 2)}\n`);
}
