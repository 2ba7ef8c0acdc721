import { defineConfig } from 'vitest/config';

const all = ['{libs,devices,apps,test}/**/*.test.ts'];
/** They need something of which there is one: this checkout's `var/demo`, this machine's pcscd, its list of processes. */
const alone = ['test/setup/**/*.test.ts', 'test/card/**/*.test.ts'];

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source', 'node'] } },
  test: {
    root: new URL('..', import.meta.url).pathname,
    // Real pcscd, PostgreSQL, Redis, Chromium and whole branches share the machine with each other.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A story is told once, also on real devices: what fails at the first telling has failed.
    retry: 0,
    // Most of a story is waiting for paper, for a line, for a person: two at a time on two cores.
    projects: [
      { extends: true, test: { name: 'together', include: all, exclude: alone, maxWorkers: 2, sequence: { groupOrder: 0 } } },
      { extends: true, test: { name: 'alone', include: alone, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});
