// The house as the tidy test sees it: every file that is or would be tracked, and who imports what.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const tracked: readonly string[] = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)));

export const sources = tracked.filter((file) => /\.(ts|tsx)$/.test(file) && !file.startsWith('.config/'));

export function textOf(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

export type Import = { readonly from: string; readonly target: string };

/** Also what is imported as a type only, and what is only handed on. */
export function importsOf(file: string, text: string): readonly Import[] {
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^'"`]*?from\s*['"]([^'"]+)['"]|(?:^|[^\w.])import\(\s*['"`]([^'"`]+)['"`]\s*\)|(?:^|\n)\s*import\s+['"]([^'"]+)['"]/g,
  );
  return [...found].map((match) => ({ from: file, target: resolved(file, match[1] ?? match[2] ?? match[3] ?? '') }));
}

/** A path from the root for our own modules, the package's name for others. */
function resolved(from: string, specifier: string): string {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (specifier.startsWith('.')) return normalize(join(dirname(from), specifier));
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

export const inFolder = (file: string, folder: string): boolean => file.startsWith(`${folder}/`);
export const isTest = (file: string): boolean => inFolder(file, 'test') || file.endsWith('.test.ts') || file.endsWith('.test.tsx');
/** What runs at a customer's; a trial or a fixture is for tests, and the world is the demo's people. */
export const isShipped = (file: string): boolean =>
  !isTest(file) && !/(^|[/-])(trial|fixture|paper-fixture|scripted-printer)[/.]/.test(file) && !inFolder(file, 'apps/demo/world');
