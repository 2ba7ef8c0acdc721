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
    // In CI a story on real devices may be told once more before it counts as failed.
    retry: process.env['CI'] === undefined ? 0 : 1,
  },
});
