// `npm run --silent issue -- --citizen ID --certificate resident-record [--option k=v]… [--fault NAME] --json`
// `npm run --silent issue -- --list --json`
// One issuance in a branch of its own, through the same doors as the screen; exactly one JSON
// object on standard output, whatever happens. Exits 0 when the citizen got what was promised, else 1.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#libs/std/clock.js';
import { citizens } from '../world/citizens.js';
import { certificates, readArguments, type Asked } from './asked.js';
import { startBranch, type Branch } from './branch.js';
import { faults } from './faults.js';
import { lostVisit, notRun, report, type Report } from './issue-report.js';
import { limits } from './limits.js';
import { root } from './part-process.js';
import { visit } from './visitor.js';

type Unasked = ReturnType<typeof notRun> & { readonly asPromised: false };

/** Said only where nobody ever walked up to the kiosk: afterwards the bank's books say what was taken. */
const noBranch: Unasked = {
  ...notRun({ code: 'no-branch', sentence: '店舗を開けませんでした。手数料はいただいていません。' }),
  asPromised: false,
};

const { json, asked } = readArguments(process.argv.slice(2));
if (asked === 'list') {
  const listed = citizens.map(({ id, story, expect }) => ({ id, story, expect }));
  print({ citizens: listed, certificates, faults: faults.map((fault) => fault.name) });
} else if (asked.ok) {
  const { asPromised, ...printed } = await issueOrSay(asked.value);
  print(printed);
  process.exitCode = asPromised ? 0 : 1;
} else {
  process.stderr.write(`${asked.error.detail}\n`);
  print(notRun(asked.error));
  process.exitCode = 1;
}

async function issueOrSay(wanted: Asked): Promise<Report | Unasked> {
  const folder = tryOrSay(() => mkdtempSync(join(tmpdir(), 'madoguchi-issue-')));
  if (folder === null) return noBranch;
  const starting = startBranch({ folder, msPerPage: limits.msPerPageUnattended });
  // Keys and registers lie in the folder: they go, also where somebody presses Ctrl-C.
  const clear = async (): Promise<void> => {
    await starting.then((branch) => branch.stop()).catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  };
  const interrupted = (): void => void clear().then(() => process.exit(130));
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  try {
    const branch = await starting.catch((cause: unknown) => say(cause));
    return branch === null ? noBranch : await issue(branch, wanted);
  } finally {
    await clear();
  }
}

async function issue(branch: Branch, { citizen, wish, fault }: Asked): Promise<Report> {
  const onScreen = async (view: { screen: string }): Promise<void> => {
    if (fault !== null && view.screen === fault.at) await fault.happen(branch, citizen);
  };
  const visiting = { kioskUrl: branch.kioskUrl, bench: branch.bench, citizen, wish, clock: systemClock, onScreen };
  const visited = await visit(visiting).catch((cause: unknown) => {
    say(cause);
    return lostVisit;
  });
  if (visited.notOffered !== null) process.stderr.write(`--option ${visited.notOffered}: not offered to this citizen\n`);
  return report({ branch, citizen, visited, fault, keep: keepSheet });
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
