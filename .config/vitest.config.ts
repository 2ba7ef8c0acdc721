import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source', 'node'] } },
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['{libs,devices,apps,test}/**/*.test.ts'],
    // Real pcscd, PostgreSQL, Redis, Chromium and whole branches share the machine with each other.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A story is told once, also on real devices: what fails at the first telling has failed.
    retry: 0,
  },
});
