// The table of lifetimes (libs/session/lifetimes.ts) is what the parts enforce: a limit that is
// changed in one of them and not in the table, or the other way round, is seen here.
import { expect, it } from 'vitest';
import * as center from '../../apps/issuance-center/src/limits.js';
import { limits as kiosk } from '../../apps/kiosk/src/limits.js';
import * as municipality from '../../apps/municipality/src/limits.js';
import { limits as doctor } from '#devices/doctor/limits.js';
import { ocspMaxAgeMs } from '#libs/pki/limits.js';
import { lifetimes, machineMs } from '#libs/session/lifetimes.js';

const centerDefaults = center.adjustableLimits.parse({});
const municipalityDefaults = municipality.adjustableLimits.parse({});

it('every lifetime is the limit of the part that sets or looks at it', () => {
  expect({
    session: centerDefaults.sessionLifeMs,
    loginStatement: center.limits.clockToleranceMs,
    offer: municipalityDefaults.offerMs,
    requestStatement: center.limits.requestMaxAgeMs,
    ocspAnswer: ocspMaxAgeMs,
    manifest: municipalityDefaults.bundleMs,
    preparedSession: center.limits.preparedLifeMs,
  }).toEqual(Object.fromEntries(Object.entries(lifetimes).flatMap(([name, { ms }]) => (name === 'livePin' ? [] : [[name, ms]]))));
});

it("the machine's own states take as long as the kiosk waits for the center", () => {
  const { requestTimeoutMs, requestAttempts, requestPauseMs } = kiosk;
  const preparing = requestTimeoutMs * requestAttempts + requestPauseMs * (requestAttempts - 1);
  expect(machineMs).toEqual({ 'logging-in': kiosk.loginTimeoutMs, preparing });
});

it('who looks second allows for the way from who looked first', () => {
  const wayMs = centerDefaults.requestTimeoutMs;
  expect(municipality.limits.statementMaxAgeMs).toBeGreaterThanOrEqual(center.limits.requestMaxAgeMs + wayMs);
  expect(municipality.limits.ocspMaxAgeMs).toBeGreaterThanOrEqual(ocspMaxAgeMs + wayMs);
  expect(kiosk.loginTimeoutMs).toBeGreaterThan(centerDefaults.loginTimeoutMs);
  expect(kiosk.requestTimeoutMs).toBeGreaterThan(centerDefaults.requestTimeoutMs);
  expect(kiosk.goAheadTimeoutMs).toBeGreaterThan(centerDefaults.goAheadTimeoutMs + centerDefaults.refusalClassMs);
});

it('a request that was given up is remembered for longer than it could still come', () => {
  expect(municipality.limits.abandonedKeptMs).toBeGreaterThan(municipality.limits.statementMaxAgeMs);
});

it('all parties mean the same by clocks that are apart', () => {
  const all = [kiosk.clockToleranceMs, center.limits.clockToleranceMs, municipality.limits.clockApartMs, doctor.clockToleranceMs];
  expect(all).toEqual([60_000, 60_000, 60_000, 60_000]);
});
