// Builds the pages as they are shipped and opens them in Debian's Chromium.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright-core';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function openChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: quiet });
}

/** The folder with kiosk/screen and demo/bench, and the way to be rid of it. */
export function buildPages(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-pages-'));
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  execFileSync(process.execPath, [vite, 'build', '--config', '.config/vite.config.ts', '--outDir', folder], {
    cwd: root,
    // Vitest says `test`; what is measured here is what is shipped.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The two panels that we promise. Lengths in CSS pixels. */
export const panels = [
  { name: 'portrait', width: 1080, height: 1920, targetPx: 80, textPx: 28, headingPx: 48 },
  { name: 'landscape', width: 1024, height: 768, targetPx: 64, textPx: 24, headingPx: 48 },
] as const;
export type Panel = (typeof panels)[number];
