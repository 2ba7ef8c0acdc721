// `npm test` on a house of two stories: what fails at the first telling has failed, in CI too,
// and what was left out is counted on the last line.
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root, runNodeIn, type Ended } from './command.js';

let house: string;
beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'madoguchi-stories-'));
  mkdirSync(join(house, 'test'));
  cpSync(join(root, '.config'), join(house, '.config'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
});
afterAll(() => rmSync(house, { recursive: true, force: true }));

async function tell(...stories: string[]): Promise<Ended & { readonly last: string }> {
  const file = ["import { expect, it } from 'vitest';", 'let told = 0;', ...stories].join('\n');
  writeFileSync(join(house, 'test', 'story.test.ts'), file);
  const ended = await runNodeIn(house, ['.config/test.mjs', '--embedded'], { CI: 'true' });
  return { ...ended, last: ended.stdout.trimEnd().split('\n').at(-1) ?? '' };
}

const whole = "it('goes well', () => expect(1).toBe(1));";

it('fails with a story that would go well at its second telling', async () => {
  expect(await tell(whole, "it('is lucky', () => expect((told += 1)).toBe(2));")).toMatchObject({ code: 1, last: '1 passed, 1 failed' });
});

it('counts what was left out, and says nothing of it where there is none', async () => {
  const leaving = `it('leaves', (context) => context${'.skip()'});`;
  expect(await tell(whole, leaving)).toMatchObject({ code: 0, last: '1 passed, 0 failed, 1 skipped' });
  expect(await tell(whole)).toMatchObject({ code: 0, last: '1 passed, 0 failed' });
});
