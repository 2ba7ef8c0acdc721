// The house rules of the design, as far as a machine can see them. Lint and the compiler
// see the rest (`npm run check`).
import { describe, expect, it } from 'vitest';
import { importsOf, inFolder, sources, textOf, tracked } from './tidy/house.js';
import { isExcepted, offendsIn, type Rule } from './tidy/rule.js';
import { rulesOfCode } from './tidy/rules-of-code.js';
import { rulesOfRooms } from './tidy/rules-of-rooms.js';

const text = new Map(sources.map((file) => [file, textOf(file)]));
/** Where the rules stand with what they find. */
const isRulebook = (file: string): boolean => file.startsWith('test/tidy');
const imports = sources.filter((file) => !isRulebook(file)).flatMap((file) => importsOf(file, text.get(file) ?? ''));
const appOf = (file: string): string | null => /^apps\/([^/]+)\//.exec(file)?.[1] ?? null;

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

  it.each([
    ["import PDFDocument from 'pdfkit';", 'pdfkit'],
    ['import PDFDocument from "pdfkit";', 'pdfkit'],
    ["import type { Repository } from 'typeorm';", 'typeorm'],
    ["export * from 'typeorm/browser';", 'typeorm'],
    ["type A = import('typeorm').Repository<object>;", 'typeorm'],
    ['const a = await import(`bull`);', 'bull'],
    ["import '@nestjs/common/x';", '@nestjs/common'],
    ["import { limits } from '../../kiosk/src/limits.js';", 'apps/kiosk/src/limits.js'],
    ["import { ok } from '#libs/std/result.js';", 'libs/std/result.js'],
  ])('sees the import in %s', (line, target) => {
    expect(importsOf('apps/staff/src/start.ts', `// Why.\n${line}\n`)).toEqual([{ from: 'apps/staff/src/start.ts', target }]);
  });

  it('gives every room a page of its own', () => {
    const rooms = new Set(sources.map((file) => /^(libs|devices|apps)\/[^/]+(?=\/)/.exec(file)?.[0]).filter((room) => room !== undefined));
    expect([...rooms].filter((room) => !tracked.includes(`${room}/README.md`))).toEqual([]);
  });
});

describe.each([...rulesOfCode, ...rulesOfRooms])('$what', (rule: Rule) => {
  const offenders = sources.filter((file) => !isRulebook(file) && offendsIn(rule, file, text.get(file) ?? ''));

  it('is found', () => {
    expect(rule.finds.filter((line) => !rule.offence.test(line))).toEqual([]);
    expect((rule.passes ?? []).filter((line) => rule.offence.test(line))).toEqual([]);
  });

  it('is nowhere in the house', () => {
    expect(offenders.filter((file) => !isExcepted(rule, file))).toEqual([]);
    const idle = Object.keys(rule.exceptions ?? {}).filter((place) => !offenders.some((file) => file.startsWith(place)));
    expect(idle, 'exceptions that nobody needs').toEqual([]);
  });
});

describe('the files', () => {
  const isShort = (content: string): boolean => content.split('\n').length <= 251;
  const isNamed = (file: string): boolean =>
    !/(^|\/|(?<!out-of|to)-)(utils?|common|helpers?|managers?|services?|dto|misc|index)(\.[a-z.]+)?(\/|$)/.test(file) &&
    /(^|\/)[a-z0-9]+([.-][a-z0-9]+)*\.(ts|tsx)$/.test(file);
  const machinePath = /(?<![\w./])\/(root|home\/\w+|work|workspace|Users\/\w+|var\/folders|tmp\/\w+)\b|\b[A-Z]:\\+Users\b/;

  it('are short', () => {
    const written = tracked.filter((file) => /\.(ts|tsx|css|mjs)$/.test(file));
    expect(written.filter((file) => !isShort(textOf(file)))).toEqual([]);
    expect([isShort('a\n'.repeat(250)), isShort('a\n'.repeat(251))]).toEqual([true, false]);
  });

  it('have names that say something', () => {
    expect(sources.filter((file) => !isNamed(file))).toEqual([]);
    const nothing = [
      'libs/utils.ts',
      'libs/pdf-utils.ts',
      'libs/pdfUtils.ts',
      'libs/helpers/a.ts',
      'apps/common/b.ts',
      'libs/std/index.ts',
    ];
    expect(nothing.filter(isNamed)).toEqual([]);
    expect(['apps/kiosk/screen/out-of-service.tsx', 'libs/std/clock.test.ts'].filter((file) => !isNamed(file))).toEqual([]);
  });

  it('open with what they stand for', () => {
    const shipped = sources.filter((file) => !/\.(test|d)\.tsx?$/.test(file));
    expect(shipped.filter((file) => !/^(#!.*\n)?(\/\/|\/\*)/.test(text.get(file) ?? ''))).toEqual([]);
  });

  it('name no path of one machine', () => {
    const written = tracked.filter(
      (file) =>
        /\.(tsx?|mjs|json|md|ya?ml|css|html|conf|service|rules)$|run$/.test(file) && file !== 'package-lock.json' && !isRulebook(file),
    );
    expect(written.filter((file) => machinePath.test(textOf(file)))).toEqual([]);
    // Put together here, so that no such path stands in this file either.
    const path = (...names: string[]): string => names.join('/');
    const own = [
      path('', 'root', 'x'),
      `'${path('', 'home', 'me')}'`,
      path('', 'work', 'x'),
      path('', 'Users', 'me', 'x'),
      path('', 'tmp', 'notes', 'x'),
      ['C:', 'Users', 'me'].join('\\'),
    ];
    expect(own.filter((one) => !machinePath.test(one))).toEqual([]);
    const everybodys = ['apps/work/x', '/usr/bin/node', path('.', 'root', 'x'), '/var/lib/madoguchi-kiosk'];
    expect(everybodys.filter((one) => machinePath.test(one))).toEqual([]);
  });
});
