// `npm test [-- --embedded] [-- vitest arguments]`: all suites, after naming those that
// this machine cannot run. Ends with one line: `N passed, N failed`, and how many were skipped
// where `-t NAME` or a test itself has left some out.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isThere, testPackages } from './packages.mjs';
import { suites } from './suites.mjs';

const args = process.argv.slice(2);
const embedded = args.includes('--embedded');
const passedOn = args.filter((argument) => argument !== '--embedded');

const missing = new Map(testPackages.filter((item) => !isThere(item)).map((item) => [item.name, item]));
const cannotRun = suites
  .map((suite) => ({ ...suite, lacks: suite.needs.filter((name) => missing.has(name)) }))
  .filter((suite) => suite.lacks.length > 0);
for (const suite of cannotRun) console.log(`cannot run ${suite.files}: it needs ${suite.lacks.join(', ')}`);

const folder = mkdtempSync(join(tmpdir(), 'madoguchi-tests-'));
const outputFile = join(folder, 'report.json');
const run = spawnSync(
  join('node_modules', '.bin', 'vitest'),
  [
    'run',
    '--config',
    '.config/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${outputFile}`,
    ...cannotRun.flatMap((suite) => ['--exclude', suite.files]),
    ...passedOn,
  ],
  { stdio: ['ignore', 'inherit', 'inherit'] },
);

let passed = 0;
let failed = 0;
let skipped = 0;
if (existsSync(outputFile)) {
  const report = JSON.parse(readFileSync(outputFile, 'utf8'));
  passed = report.numPassedTests;
  skipped = report.numPendingTests + report.numTodoTests;
  // A file that failed before its first test, or outside of all of them, counts as one.
  const outside = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  failed = report.numFailedTests + outside.length;
}
rmSync(folder, { recursive: true, force: true });
// An error that no file owns, or a Vitest that could not run.
if (run.status !== 0 && failed === 0) failed = 1;

const incomplete = cannotRun.length > 0 && !embedded;
if (incomplete) console.log('Some suites could not run; `npm test -- --embedded` accepts that.');
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(run.status !== 0 || passed === 0 || incomplete ? 1 : 0);
