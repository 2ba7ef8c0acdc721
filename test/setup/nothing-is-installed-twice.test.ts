// The set-up: only what is missing, no server left on, and a plain word where it may not.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { root, runNode } from './command.js';

type Setting = {
  readonly root: string;
  readonly wanted: readonly unknown[];
  readonly findRights: () => readonly string[] | null;
  readonly run: (command: readonly string[]) => boolean;
  readonly say: (line: string) => void;
};
const { installDebianPackages } = z
  .object({ installDebianPackages: z.custom<(setting: Setting) => void>() })
  .parse(await import(join(root, '.config/debian.mjs')));
const { isInstalled } = z.object({ isInstalled: z.custom<(root: string) => boolean>() }).parse(await import(join(root, '.config/npm.mjs')));

const there = { name: 'bash', probe: '/bin/sh', for: 'is there' };
const card = { name: 'pcscd', probe: '/nowhere/pcscd', units: ['pcscd.socket'], for: 'the smart card service' };
const font = { name: 'fonts-ipamj-mincho', probe: '/nowhere/ipamjm.ttf', for: 'the characters' };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-setup-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Nothing is really run: what would be, and what was said. */
function trial(wanted: readonly unknown[], rights: readonly string[] | null, works = true): { ran: string[]; said: string } {
  const ran: string[] = [];
  const said: string[] = [];
  const run = (command: readonly string[]): boolean => {
    ran.push(command.join(' '));
    return works;
  };
  installDebianPackages({ root: folder, wanted, findRights: () => rights, run, say: (line) => void said.push(line) });
  return { ran, said: said.join('\n') };
}

describe('a machine on which everything is there', () => {
  it('is not even asked for rights', () => {
    const asked: string[] = [];
    const note = (word: string): void => void asked.push(word);
    const run = (): boolean => asked.push('run') > 0;
    installDebianPackages({ root: folder, wanted: [there], findRights: () => (note('rights'), []), run, say: note });
    expect(asked).toEqual([]);
  });

  it('installs, fetches and builds nothing at the second start', async () => {
    expect(isInstalled(root), 'run these tests with `npm test`, which sets up first').toBe(true);
    // The first one may have something to build for whoever has just edited a page.
    expect(await runNode('.config/setup.mjs', ['start'])).toMatchObject({ code: 0 });
    for (const purpose of ['start', 'test']) {
      const again = await runNode('.config/setup.mjs', [purpose]);
      expect(again).toMatchObject({ code: 0, stdout: '' });
      // What cannot be installed here is named each time.
      expect(again.stderr).not.toMatch(/Installing|Fetching|Building/);
    }
  }, 30_000);
});

describe('a machine on which it may install', () => {
  it('asks for what is missing alone, without a question, and says what it is for', () => {
    const { ran, said } = trial([there, card], []);
    const install = ran.filter((command) => command.includes(' install -y '));
    expect(install[0]).toMatch(/^env DEBIAN_FRONTEND=noninteractive .*apt-get .*install -y --no-install-recommends pcscd$/);
    expect(said).toContain('the smart card service');
    expect(ran.join('\n')).not.toContain('bash');
  });

  it('goes through sudo with every command', () => {
    const { ran } = trial([card], ['sudo', '-n']);
    expect(ran.length).toBeGreaterThan(0);
    expect(ran.filter((command) => !command.startsWith('sudo -n '))).toEqual([]);
  });

  it('tries one by one what apt-get refused together, and names what is still missing', () => {
    const { ran, said } = trial([card, font], [], false);
    expect(ran.filter((command) => / (pcscd|fonts-ipamj-mincho)$/.test(command) && command.includes(' install -y '))).toHaveLength(3);
    expect(said).toContain('could not be installed');
    expect(said).toContain('By hand: apt-get install --no-install-recommends pcscd fonts-ipamj-mincho');
  });
});

describe('a machine on which it may not install', () => {
  it('runs nothing as root and says what that costs', () => {
    const { ran, said } = trial([card], null);
    expect(ran).toEqual([]);
    expect(said).toContain('this user may not install them');
    expect(said).toContain('No PC/SC: the virtual cards are wired into the kiosk process directly.');
  });

  it('looks for a typeface that needs no installing, and says so when there is none', () => {
    const { ran, said } = trial([font], null, false);
    expect(ran.every((command) => command.startsWith('apt-get') && command.includes(`Dir::State::lists=${folder}`))).toBe(true);
    expect(said).toContain('No IPAmj Mincho');
  });
});
