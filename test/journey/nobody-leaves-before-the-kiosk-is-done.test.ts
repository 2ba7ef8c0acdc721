// A person of the demo gives up when the screen has not changed for so long. Each screen changes
// at the latest after what is added up here, with the limits that a kiosk in service has: so
// whoever gives up has seen a kiosk that is broken, never one that is slow.
import { describe, expect, it } from 'vitest';
import { limits as cardReader } from '#devices/card-reader/limits.js';
import { limits as pinPad } from '#devices/pin-pad/limits.js';
import { limits as printer } from '#devices/printer/limits.js';
import { limits as receiptPrinter } from '#devices/receipt-printer/limits.js';
import { callShownMs, personTimeoutMs } from '#libs/session/limits.js';
import { limits as demo, unattendedKioskLimits } from '../../apps/demo/src/limits.js';
import { hostLinkLimits } from '../../apps/kiosk/src/host-link/limits.js';
import { adjustableLimits, limits as kiosk } from '../../apps/kiosk/src/limits.js';

/** As devices/printer asks: two questions a look, and the last look may begin at the deadline. */
const lookMs = 2 * printer.answerTimeoutMs;

const inService = adjustableLimits.parse({});

/** One copy (stages/print-stage.ts). */
function printingMs({ printTimeoutMs, cancelTimeoutMs }: typeof inService): number {
  const questionsToSubmit = 3 * printer.answerTimeoutMs + printer.documentTimeoutMs;
  const findByName = 2 * printer.answerTimeoutMs;
  const followed = printTimeoutMs + lookMs;
  const takenBack = printer.answerTimeoutMs + cancelTimeoutMs + lookMs;
  return questionsToSubmit + findByName + followed + takenBack;
}

/** A card that says nothing ends what is done with it. */
const cardMs = cardReader.answerTimeoutMs + cardReader.settleMs;
const readinessMs =
  printer.answerTimeoutMs +
  receiptPrinter.connectTimeoutMs +
  receiptPrinter.statusTimeoutMs +
  pinPad.connectTimeoutMs +
  pinPad.statusTimeoutMs;

const longestMs = {
  'reading-card': kiosk.openSessionTimeoutMs + cardMs,
  'logging-in': cardMs + kiosk.loginTimeoutMs,
  signing: cardMs,
  preparing: kiosk.requestAttempts * (kiosk.requestTimeoutMs + kiosk.requestPauseMs) + readinessMs,
  'insert-cash-card': cardMs,
  'enter-bank-pin': pinPad.connectTimeoutMs + kiosk.bankPinTimeoutMs + pinPad.graceMs,
  charging: hostLinkLimits.connectTimeoutMs + inService.answerTimeoutMs,
  printing: printingMs(inService),
  'waiting for the person': Math.max(callShownMs, ...Object.values(personTimeoutMs)),
  'waiting for the word on the money': demo.settleTimeoutMs,
};

describe('the longest that a screen stands still', () => {
  it.each(Object.entries(longestMs))('%s', (_screen, ms) => {
    expect(ms).toBeLessThan(demo.stillScreenTimeoutMs);
  });
});

it('npm run issue, where nobody can put paper in, takes a copy back well inside a minute', () => {
  const { printTimeoutMs, cancelTimeoutMs } = adjustableLimits.parse(unattendedKioskLimits);
  expect(printTimeoutMs + cancelTimeoutMs).toBeLessThan(30_000);
});
