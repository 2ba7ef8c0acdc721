// `npm start`: a whole branch on this machine, and one address to open.
import { join } from 'node:path';
import { limits } from '#libs/contract/limits.js';
import { refuseArgumentFault } from '#libs/contract/part.js';
import { exitUsage } from '#libs/std/arguments.js';
import { startBenchServer } from './bench-server.js';
import { startBranch, type Branch } from './branch.js';
import { inUse, takeDemoFolder, type DemoFolder } from './demo-folder.js';
import { isPortFree } from './keys.js';
import { Interrupted, leaveOnSignal, untilLeaving } from './leaving.js';
import { root } from './part-process.js';

/** sysexits(3) EX_UNAVAILABLE: later it may do. */
const exitUnavailable = 69;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

refuseArgumentFault({ args: process.argv.slice(2), options: {} });
const leaving = leaveOnSignal();

/** Resolves when the branch was open and is closed again, by a signal. */
async function main(): Promise<void> {
  const taken = await takeDemoFolder(join(root(), 'var', 'demo'));
  if (!taken.ok) endWith(inUse(taken.error), exitUnavailable);
  try {
    await openUntilLeaving(taken.value, await readPort());
  } finally {
    await taken.value.release();
  }
}

/** Of the bench's page, by the environment; looked at before anything is started. */
async function readPort(): Promise<number> {
  const asked = process.env['PORT'] ?? '0';
  const port = Number(asked);
  if (!/^\d{1,5}$/.test(asked) || port > limits.highestPort) endWith(`PORT=${asked}: a number from 1 to 65535 was expected.`, exitUsage);
  if (!(await isPortFree(port))) {
    endWith(
      `PORT=${asked}: this port of 127.0.0.1 cannot be had; another program may have it. Leave PORT out for a free one.`,
      exitUnavailable,
    );
  }
  return port;
}

function endWith(line: string, code: number): never {
  process.stderr.write(`${line}\n`);
  process.exit(code);
}

async function openUntilLeaving(demo: DemoFolder, port: number): Promise<void> {
  const branch = await startBranch({ folder: demo.folder, leaving });
  try {
    const server = await startBenchServer(branch.bench, { kioskUrl: branch.kioskUrl, port });
    try {
      leaving.throwIfAborted();
      demo.sayWhere(server.url);
      announce(branch, server.url);
      await untilLeaving(leaving);
    } finally {
      await server.close();
    }
  } finally {
    await branch.stop();
  }
}

function announce({ parts, kioskUrl }: Branch, url: string): void {
  say(`Madoguchi is open: ${url}`);
  say('');
  say(`  the screen alone   ${kioskUrl}`);
  say(`  card reader        ${parts.card}`);
  say(`  database           ${parts.database}`);
  say(`  queue              ${parts.queue}`);
  say(`  printer            ${parts.printer}`);
  say('');
  say('Put a card in on the page. Ctrl-C closes the branch.');
}

try {
  await main();
  process.exit(0);
} catch (cause) {
  if (cause instanceof Interrupted) process.exit(cause.exitCode);
  endWith(cause instanceof Error ? cause.message : String(cause), 1);
}
