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
import { startBranch } from './branch.js';
import { faults } from './faults.js';
import { notRun, report, type Report } from './issue-report.js';
import { limits } from './limits.js';
import { root } from './part-process.js';
import { visit, WishNotOffered } from './visitor.js';

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

async function issueOrSay(wanted: Asked): Promise<Report | (ReturnType<typeof notRun> & { readonly asPromised: false })> {
  try {
    return await issue(wanted);
  } catch (cause) {
    process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
    const reason =
      cause instanceof WishNotOffered
        ? { code: 'not-offered', sentence: 'この方には、その指定の証明書はお出しできません。手数料はいただいていません。' }
        : { code: 'failed', sentence: '手続きを最後まで行えませんでした。' };
    return { ...notRun(reason), asPromised: false };
  }
}

async function issue({ citizen, wish, fault }: Asked): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-issue-'));
  try {
    const branch = await startBranch({ folder, msPerPage: limits.msPerPageUnattended });
    try {
      const onScreen = async (view: { screen: string }): Promise<void> => {
        if (fault !== null && view.screen === fault.at) await fault.happen(branch);
      };
      const visited = await visit({ kioskUrl: branch.kioskUrl, bench: branch.bench, citizen, wish, clock: systemClock, onScreen });
      return await report({ branch, citizen, visited, fault, keep: keepSheet });
    } finally {
      await branch.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The sheets stay when the branch is gone. */
function keepSheet(file: string, name: string): string {
  const folder = join(root(), 'var', 'sheets');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const kept = join(folder, `${name}.pdf`);
  cpSync(file, kept);
  return kept;
}

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value, null, json ? undefined : 2)}\n`);
}
