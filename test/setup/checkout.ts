// The house as it was built, in a folder of its own: what a command does to its checkout, it does there.
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root } from './command.js';

export type Checkout = {
  readonly folder: string;
  /** For TMPDIR: whatever a command makes outside its checkout. A socket's path must stay short. */
  readonly temporary: string;
  remove(): void;
};

/** Its compiler and its bundler only wait: what `npm run dev` watches does not change by itself. */
export function makeCheckout(): Checkout {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-one-'));
  const isShipped = (path: string): boolean => !/^(test|\.tsbuildinfo)/.test(relative(join(root, 'dist'), path));
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true, filter: isShipped });
  for (const inside of ['.config', 'node_modules/.bin', 't']) mkdirSync(join(folder, inside), { recursive: true });
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  copyFileSync(join(root, '.config/dev.mjs'), join(folder, '.config/dev.mjs'));
  for (const name of readdirSync(join(root, 'node_modules')).filter((one) => !one.startsWith('.'))) {
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  for (const name of ['tsc', 'vite']) {
    writeFileSync(join(folder, 'node_modules/.bin', name), `#!${process.execPath}\nsetInterval(() => {}, 1000);\n`, { mode: 0o755 });
  }
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  return { folder, temporary: join(folder, 't'), remove };
}
