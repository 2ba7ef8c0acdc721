// `npm start`: a whole branch on this machine, and one address to open.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startBenchServer } from './bench-server.js';
import { startBranch, type Branch } from './branch.js';
import { freePorts } from './keys.js';
import { root } from './part-process.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  // A demo has new keys at every start, so what the last one kept is worth nothing.
  const folder = join(root(), 'var', 'demo');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const branch = await startBranch({ folder });
  const port = Number(process.env['PORT'] ?? (await freePorts(1))[0]);
  const server = await startBenchServer(branch.bench, { kioskUrl: branch.kioskUrl, port });
  let closing: Promise<void> | null = null;
  const stop = (): void => {
    closing ??= server
      .close()
      .then(() => branch.stop())
      .then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
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
