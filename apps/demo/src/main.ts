// `npm start`: a whole branch on this machine, and one address to open.
import { join } from 'node:path';
import { startBenchServer } from './bench-server.js';
import { startBranch, type Branch } from './branch.js';
import { inUse, takeDemoFolder } from './demo-folder.js';
import { freePorts } from './keys.js';
import { root } from './part-process.js';

/** sysexits(3) EX_UNAVAILABLE: later it may do. */
const exitUnavailable = 69;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const taken = await takeDemoFolder(join(root(), 'var', 'demo'));
  if (!taken.ok) {
    process.stderr.write(`${inUse(taken.error)}\n`);
    process.exit(exitUnavailable);
  }
  const demo = taken.value;
  const branch = await startBranch({ folder: demo.folder });
  const port = Number(process.env['PORT'] ?? (await freePorts(1))[0]);
  const server = await startBenchServer(branch.bench, { kioskUrl: branch.kioskUrl, port });
  let closing: Promise<void> | null = null;
  const stop = (): void => {
    closing ??= server
      .close()
      .then(() => branch.stop())
      .then(() => demo.release())
      .then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  demo.sayWhere(server.url);
  announce(branch, server.url);
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
} catch (cause) {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exit(1);
}
