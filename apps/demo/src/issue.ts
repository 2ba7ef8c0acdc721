// `npm run --silent issue -- --citizen ID --certificate resident-record [--option k=v]… [--fault NAME] --json`
// `npm run --silent issue -- --list --json`
// One issuance in a branch of its own, through the same doors as the screen; exactly one JSON
// object on standard output.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '#libs/std/clock.js';
import { citizens, findCitizen } from '../world/citizens.js';
import { startBranch } from './branch.js';
import { faults, findFault } from './faults.js';
import { report, type Report } from './issue-report.js';
import { limits } from './limits.js';
import { root } from './part-process.js';
import { visit, WishNotOffered } from './visitor.js';
import { plainWish, type Wish } from './wish.js';

const certificates = ['resident-record'];

class Usage extends Error {
  override readonly name = 'Usage';
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      citizen: { type: 'string' },
      certificate: { type: 'string', default: 'resident-record' },
      option: { type: 'string', multiple: true, default: [] },
      fault: { type: 'string' },
      list: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  if (values.list) {
    const listed = citizens.map(({ id, story, expect }) => ({ id, story, expect }));
    return print({ citizens: listed, certificates, faults: faults.map((fault) => fault.name) }, values.json);
  }
  const wish = readWish(values.option);
  const issued = await issue({ citizen: values.citizen ?? '', certificate: values.certificate, wish, fault: values.fault });
  const { asPromised, ...printed } = issued;
  print(printed, values.json);
  return asPromised ? 0 : 1;
}

type Asked = { readonly citizen: string; readonly certificate: string; readonly wish: Wish; readonly fault: string | undefined };

async function issue(asked: Asked): Promise<Report> {
  const citizen = findCitizen(asked.citizen);
  if (citizen === null) throw new Usage(`--citizen ${asked.citizen}: nobody of that id; see --list`);
  if (!certificates.includes(asked.certificate)) throw new Usage(`--certificate ${asked.certificate}: one of ${certificates.join(', ')}`);
  const fault = asked.fault === undefined ? null : findFault(asked.fault);
  if (asked.fault !== undefined && fault === null) throw new Usage(`--fault ${asked.fault}: not known; see --list`);
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-issue-'));
  const branch = await startBranch({ folder, msPerPage: limits.msPerPageUnattended });
  try {
    const onScreen = async (view: { screen: string }): Promise<void> => {
      if (fault !== null && view.screen === fault.at) await fault.happen(branch);
    };
    const visited = await visit({
      kioskUrl: branch.kioskUrl,
      bench: branch.bench,
      citizen,
      wish: asked.wish,
      clock: systemClock,
      onScreen,
    });
    return await report({ branch, citizen, visited, fault, keep: keepSheet });
  } finally {
    await branch.stop();
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

const flags = ['relationship', 'domicile', 'myNumber'] as const;

function readWish(options: readonly string[]): Wish {
  let wish: Wish = plainWish;
  for (const option of options) {
    const [key = '', value = ''] = option.split('=');
    const flag = flags.find((candidate) => candidate === key);
    if (flag !== undefined && /^(true|false)$/.test(value)) wish = { ...wish, [flag]: value === 'true' };
    else if (key === 'scope' && (value === 'household' || value === 'part')) wish = { ...wish, scope: value };
    else if (key === 'copies' && /^([1-9]|10)$/.test(value)) wish = { ...wish, copies: Number(value) };
    else throw new Usage(`--option ${option}: scope=household|part, copies=1..10, ${flags.join('|')}=true|false`);
  }
  return wish;
}

function print(value: object, json: boolean): number {
  process.stdout.write(`${JSON.stringify(value, null, json ? undefined : 2)}\n`);
  return 0;
}

try {
  process.exitCode = await main();
} catch (cause) {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exitCode = cause instanceof Usage || cause instanceof WishNotOffered || cause instanceof TypeError ? 64 : 70;
}
