// Debian's Chromium, headless, with a new profile and no calls of its own to anywhere.
import { chromium, type Browser } from 'playwright-core';

const flags =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: flags.split(' ') });
}
