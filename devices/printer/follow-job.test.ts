// What the kiosk's screen says while a job waits for a hand follows the printer, there and back.
import { expect, it } from 'vitest';
import { attribute, enumeration, integer, keyword, name, type IppMessage } from '#libs/ipp/message.js';
import { jobStates, printerStates, type JobState } from '#libs/ipp/operations.js';
import { ok } from '#libs/std/result.js';
import type { Clock } from '#libs/std/clock.js';
import type { Client } from './client.js';
import { followJob } from './follow-job.js';

type Sight = { readonly job: JobState; readonly reasons: readonly string[] };

/** One sight a look; the last one stays. */
function printerThatShows(sights: readonly Sight[]): Client {
  let looks = 0;
  const message = (groups: IppMessage['groups']): IppMessage => ({
    version: { major: 2, minor: 0 },
    code: 0,
    requestId: 1,
    groups,
    data: Buffer.alloc(0),
  });
  return {
    call: async ({ operation }) => {
      const sight = sights[Math.min(looks, sights.length - 1)] ?? { job: 'completed', reasons: [] };
      if (operation !== 'Get-Job-Attributes') {
        looks += 1;
        const reasons = (sight.reasons.length === 0 ? ['none'] : sight.reasons).map(keyword);
        const attributes = [attribute('printer-state', enumeration(printerStates.idle)), attribute('printer-state-reasons', ...reasons)];
        return ok(message([{ tag: 'printer', attributes }]));
      }
      const attributes = [
        attribute('job-id', integer(7)),
        attribute('job-name', name('ours')),
        attribute('job-state', enumeration(jobStates[sight.job])),
        attribute('job-impressions-completed', integer(sight.job === 'completed' ? 1 : 0)),
      ];
      return ok(message([{ tag: 'job', attributes }]));
    },
    close: () => undefined,
  };
}

function quickClock(): Clock {
  let nowMs = 0;
  return { nowMs: () => nowMs, monotonicMs: () => nowMs, sleep: async (ms) => void (nowMs += ms) };
}

it('takes "stopped" back after paper is refilled, and says it again when it runs out again', async () => {
  const told: (readonly string[])[] = [];
  const client = printerThatShows([
    { job: 'processing', reasons: [] },
    { job: 'processing-stopped', reasons: ['media-empty-error'] },
    { job: 'processing-stopped', reasons: ['media-empty-error'] },
    { job: 'processing', reasons: [] },
    { job: 'processing-stopped', reasons: ['media-empty-error'] },
    { job: 'completed', reasons: [] },
  ]);
  const ref = { jobName: 'ours', jobId: 7, jobUri: 'ipp://printer/7' };
  const follow = { pages: 1, timeoutMs: 60_000, onReasons: (reasons: readonly string[]) => void told.push(reasons) };
  const outcome = await followJob({ client, ref }, follow, quickClock());
  expect(told).toEqual([['media-empty-error'], [], ['media-empty-error'], []]);
  expect(outcome.outcome).toBe('printed');
  expect(outcome.evidence.printerReasons).toEqual(['media-empty-error']);
});
