import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source', 'node'] } },
  test: { root: new URL('..', import.meta.url).pathname, include: ['{libs,devices,apps,test}/**/*.test.ts'] },
});
