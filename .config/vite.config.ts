// Builds the pages of the front ends, each into a folder of its own that its server
// hands out as it is:
//
//   vite build --config .config/vite.config.ts                 -> dist/apps/kiosk/screen, dist/apps/demo/bench
//   vite build --config .config/vite.config.ts --outDir DIR    -> DIR/kiosk/screen, DIR/demo/bench
//   … --watch                                                  builds again whenever a source changes
//
// No file of a page comes from a network: scripts, styles and drawings are in its folder,
// fonts are the machine's.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { build, defineConfig, type BuildEnvironmentOptions, type InlineConfig, type Plugin } from 'vite';

const house = resolve(import.meta.dirname, '..');
const pages = ['kiosk/screen', 'demo/bench'];

/** `#libs/ui/button.js` is libs/ui/button.ts or button.tsx; package.json alone can name only one ending. */
function sources(): Plugin {
  return {
    name: 'madoguchi-sources',
    enforce: 'pre',
    resolveId(id) {
      const named = /^#(libs\/.+)\.js$/.exec(id)?.[1];
      if (named === undefined) return null;
      return ['.ts', '.tsx'].map((ending) => join(house, named + ending)).find((file) => existsSync(file)) ?? null;
    },
  };
}

type Target = Pick<BuildEnvironmentOptions, 'watch'> & { readonly outDir: string };

function page(name: string, { outDir, watch = null }: Target): InlineConfig {
  return {
    configFile: false,
    root: join(house, 'apps', name),
    // Relative, so that a page can be served from any path.
    base: './',
    publicDir: false,
    logLevel: 'warn',
    plugins: [sources(), react()],
    build: {
      outDir: join(outDir, name),
      // While watching, the page stays whole until the new one is written.
      emptyOutDir: watch === null,
      watch,
      target: 'chrome114',
      assetsInlineLimit: 0,
      // Read from this machine's disk, once a day.
      chunkSizeWarningLimit: 1_500,
      modulePreload: { polyfill: false },
    },
  };
}

export default defineConfig({
  root: house,
  plugins: [sources(), react()],
  build: { outDir: 'dist/apps' },
  builder: {
    async buildApp(builder) {
      const { watch, outDir } = builder.config.build;
      for (const name of pages) await build(page(name, { watch, outDir: resolve(house, outDir) }));
      // Otherwise Vite would go on to look for a page of the house itself.
      for (const environment of Object.values(builder.environments)) environment.isBuilt = true;
    },
  },
});
