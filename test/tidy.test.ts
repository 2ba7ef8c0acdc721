// The house rules of the design, as far as a machine can see them. Lint and the compiler
// see the rest (`npm run check`).
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)));
const sources = tracked.filter((file) => /\.(ts|tsx)$/.test(file) && !file.startsWith('.config/'));
const text = new Map(sources.map((file) => [file, readFileSync(join(root, file), 'utf8')]));

type Import = { readonly from: string; readonly target: string };
const imports: Import[] = sources.flatMap((file) => {
  const found = (text.get(file) ?? '').matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s*'([^']+)'|(?:^|[^\w.])import\(\s*'([^']+)'\s*\)|\n?import\s+'([^']+)'/g,
  );
  return [...found].map((match) => ({ from: file, target: resolved(file, match[1] ?? match[2] ?? match[3] ?? '') }));
});

/** A path from the root for our own modules, the package's name for others. */
function resolved(from: string, specifier: string): string {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (specifier.startsWith('.')) return normalize(join(dirname(from), specifier));
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

const inFolder = (file: string, folder: string): boolean => file.startsWith(`${folder}/`);
const appOf = (file: string): string | null => /^apps\/([^/]+)\//.exec(file)?.[1] ?? null;
const offenders = (pattern: RegExp, files: readonly string[]): string[] => files.filter((file) => pattern.test(text.get(file) ?? ''));

type LibsRule = { readonly what: string; readonly pattern: RegExp; readonly exceptions: Readonly<Record<string, string>> };
const isStorageOrWake = { 'libs/storage/': 'design §5: a database is waited for', 'libs/wake/': 'design §5: to wake is to wait' };
/** Beginnings of paths, each with why it may. */
const libsRules: readonly LibsRule[] = [
  {
    what: 'a network',
    pattern: /['"]node:(net|http|https|http2|dgram|tls|dns)(\/promises)?['"]|(?<![\w.])fetch\(/,
    exceptions: {},
  },
  {
    what: 'a clock',
    pattern:
      /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|(?<!\.)\bset(Timeout|Interval)\(|\bAbortSignal\.timeout\(|\bimport\b[^;]*\bsystemClock\b/,
    exceptions: {
      ...isStorageOrWake,
      'libs/std/clock.ts': 'is the door',
    },
  },
  {
    what: 'the process',
    pattern: /\bprocess\.[a-z]|from 'pino'/,
    exceptions: {
      'libs/contract/part.ts': 'how every part begins and ends as a process: arguments, signals, ready line, exit code',
      'libs/std/log.ts': 'where the lines of every part leave it; pino writes the time',
    },
  },
];

function offendsIn(file: string, { pattern, exceptions }: LibsRule): boolean {
  return pattern.test(text.get(file) ?? '') && !Object.keys(exceptions).some((place) => file.startsWith(place));
}

describe('the house', () => {
  it('has nothing else at the top', () => {
    const top = new Set(tracked.map((file) => file.split('/')[0] ?? '').filter((name) => !name.startsWith('.')));
    const allowed = ['package.json', 'package-lock.json', 'tsconfig.json', 'apps', 'libs', 'devices', 'test', 'README.md', 'LICENSE'];
    expect([...top].filter((name) => !allowed.includes(name))).toEqual([]);
  });

  it('keeps the arrows: libs, devices, apps, test', () => {
    const layer = (file: string): number => ['libs', 'devices', 'apps', 'test'].findIndex((name) => inFolder(file, name));
    const wrong = imports.filter(({ from, target }) => layer(target) > layer(from) && layer(from) >= 0);
    expect(wrong).toEqual([]);
  });

  it('lets no app import another', () => {
    const wrong = imports.filter(({ from, target }) => appOf(from) !== null && appOf(target) !== null && appOf(from) !== appOf(target));
    expect(wrong).toEqual([]);
  });

  it('has one door to each foreign world', () => {
    const doors: readonly [RegExp, RegExp][] = [
      [/^@nestjs\//, /^(apps|test)\//],
      [/^bull$/, /^(libs\/wake\/|test\/)/],
      [/^typeorm$/, /^(libs\/storage\/|apps\/[^/]+\/src\/storage\/|test\/)/],
      [/^(pkijs|asn1js)$/, /^(libs\/pki\/|test\/)/],
      [/^(pdfkit|fontkit)$/, /^(libs\/paper\/|test\/)/],
      [/^pcsclite$/, /^devices\/card-reader\//],
    ];
    const wrong = imports.filter(({ from, target }) => doors.some(([what, where]) => what.test(target) && !where.test(from)));
    expect(wrong).toEqual([]);
  });

  it('keeps libs true without any machine: no network, no clock, no process but through the door', () => {
    const shipped = sources.filter((file) => inFolder(file, 'libs') && !file.endsWith('.test.ts'));
    const offend = (rule: LibsRule): string[] => shipped.filter((file) => offendsIn(file, rule)).map((file) => `${file}: ${rule.what}`);
    expect(libsRules.flatMap(offend)).toEqual([]);
    const idle = libsRules.flatMap(({ exceptions, ...rule }) =>
      Object.keys(exceptions).filter(
        (place) => !shipped.some((file) => file.startsWith(place) && offendsIn(file, { ...rule, exceptions: {} })),
      ),
    );
    expect(idle, 'exceptions that nobody needs').toEqual([]);
  });

  it('lets no server answer in the words of its framework', () => {
    expect(
      offenders(
        /new FastifyAdapter\((?!frameworkAnswers\(|\{ \.\.\.frameworkAnswers\()/,
        sources.filter((file) => file !== 'test/tidy.test.ts'),
      ),
    ).toEqual([]);
  });

  it('gives every room a page of its own', () => {
    const rooms = new Set(sources.map((file) => /^(libs|devices|apps)\/[^/]+(?=\/)/.exec(file)?.[0]).filter((room) => room !== undefined));
    expect([...rooms].filter((room) => !tracked.includes(`${room}/README.md`))).toEqual([]);
  });
});

describe('the files', () => {
  it('are short', () => {
    const lines = (file: string): number => readFileSync(join(root, file), 'utf8').split('\n').length;
    const written = tracked.filter((file) => /\.(ts|tsx|css|mjs)$/.test(file));
    expect(written.filter((file) => lines(file) > 251)).toEqual([]);
  });

  it('have names that say something', () => {
    expect(
      sources.filter((file) => /(^|\/|(?<!out-of|to)-)(utils?|common|helpers?|managers?|services?|dto|misc|index)\.(ts|tsx)$/.test(file)),
    ).toEqual([]);
  });

  it('open with what they stand for', () => {
    const shipped = sources.filter((file) => !/\.(test|d)\.tsx?$/.test(file));
    expect(shipped.filter((file) => !/^(#!.*\n)?(\/\/|\/\*)/.test(text.get(file) ?? ''))).toEqual([]);
  });

  it('hold no double cast and silence no compiler', () => {
    const written = sources.filter((file) => file !== 'test/tidy.test.ts');
    expect(offenders(/as unknown as|@ts-(ignore|expect-error|nocheck)|oxlint-disable(?!-next-line)/, written)).toEqual([]);
  });

  it('hold no skipped or focused test and no promise to do it later', () => {
    const written = sources.filter((file) => file !== 'test/tidy.test.ts');
    expect(offenders(/\b(it|test|describe)\.(only|skip|todo)\b|\b(TODO|FIXME|XXX)\b/, written)).toEqual([]);
  });

  it('have no default export but where a tool wants one', () => {
    expect(offenders(/^export default /m, sources)).toEqual([]);
  });

  it('have no switch that turns a guard off', () => {
    const shipped = sources.filter((file) => !file.startsWith('test/') && !file.endsWith('.test.ts'));
    expect(
      offenders(
        /rejectUnauthorized:\s*false|skip(Verification|Check|Signature)|disable(Verification|Check|Guard)|NODE_TLS_REJECT/i,
        shipped,
      ),
    ).toEqual([]);
  });

  it('name no path of one machine', () => {
    const written = tracked.filter((file) => /\.(ts|tsx|mjs|json|md|yml)$|run$/.test(file) && file !== 'package-lock.json');
    const named = written.filter((file) => /(?<![\w./])\/(root|home\/\w+|work)\//.test(readFileSync(join(root, file), 'utf8')));
    expect(named.filter((file) => file !== 'test/tidy.test.ts')).toEqual([]);
  });
});
