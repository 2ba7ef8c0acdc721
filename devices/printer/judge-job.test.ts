// The table of README.md, row by row, and the two properties that no row may break.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jobStates, type JobState } from '#libs/ipp/operations.js';
import { isFinal, judgeJob, type JobEnd, type JobSighting } from './judge-job.js';

const clean: JobSighting = {
  jobState: 'completed',
  jobStateReasons: ['job-completed-successfully'],
  impressionsCompleted: null,
  mediaSheetsCompleted: null,
  sides: null,
  printerReasons: [],
};
const final = (changes: Partial<JobSighting>): JobEnd => ({ kind: 'final', seen: { ...clean, ...changes } });
const outcome = (changes: Partial<JobSighting>, pages = 2): string => judgeJob(final(changes), pages).outcome;

describe('judgeJob', () => {
  it.each<[string, Partial<JobSighting>, string]>([
    ['completed, all impressions', { impressionsCompleted: 2 }, 'printed'],
    ['completed, all impressions, no reasons', { impressionsCompleted: 2, jobStateReasons: [] }, 'printed'],
    ['completed, a blank back side counted too', { impressionsCompleted: 4, mediaSheetsCompleted: 2 }, 'printed'],
    ['completed, all impressions on one two-sided sheet', { impressionsCompleted: 2, mediaSheetsCompleted: 1 }, 'printed'],
    ['completed with warnings, all impressions', { impressionsCompleted: 2, jobStateReasons: ['job-completed-with-warnings'] }, 'printed'],
    ['completed, the tray empty afterwards', { impressionsCompleted: 2, printerReasons: ['media-empty-error'] }, 'printed'],
    ['completed, only sheets told, one-sided', { mediaSheetsCompleted: 2 }, 'printed'],
    ['completed, only sheets told, two-sided', { mediaSheetsCompleted: 1, sides: 'two-sided-long-edge' }, 'printed'],
    ['completed, no counts, success said', {}, 'printed'],
    ['completed, no counts, success said, toner low', { printerReasons: ['toner-low-warning'] }, 'printed'],
    ['completed, no counts, no reasons', { jobStateReasons: [] }, 'uncertain'],
    ['completed, no counts, with warnings', { jobStateReasons: ['job-completed-with-warnings'] }, 'uncertain'],
    ['completed, no counts, cover open', { printerReasons: ['cover-open'] }, 'uncertain'],
    ['completed, one impression short', { impressionsCompleted: 1 }, 'uncertain'],
    ['completed, impressions always 0', { impressionsCompleted: 0 }, 'uncertain'],
    ['completed, counts contradict each other', { impressionsCompleted: 2, mediaSheetsCompleted: 0 }, 'uncertain'],
    ['completed, sheets short and sides not told', { mediaSheetsCompleted: 1 }, 'uncertain'],
    ['completed with errors', { impressionsCompleted: 2, jobStateReasons: ['job-completed-with-errors'] }, 'uncertain'],
    ['completed, handed on to a device', { impressionsCompleted: 2, jobStateReasons: ['queued-in-device'] }, 'uncertain'],
    ['completed, but a jam', { impressionsCompleted: 2, printerReasons: ['media-jam-report'] }, 'uncertain'],
    ['completed, still stopping', { impressionsCompleted: 2, jobStateReasons: ['processing-to-stop-point'] }, 'uncertain'],
    ['canceled, nothing out', { jobState: 'canceled', impressionsCompleted: 0 }, 'not-printed'],
    ['aborted, nothing out', { jobState: 'aborted', impressionsCompleted: 0, jobStateReasons: ['aborted-by-system'] }, 'not-printed'],
    [
      'aborted in a jam before the first sheet',
      { jobState: 'aborted', impressionsCompleted: 0, printerReasons: ['media-jam'] },
      'not-printed',
    ],
    ['aborted, only sheets told, none', { jobState: 'aborted', mediaSheetsCompleted: 0 }, 'not-printed'],
    ['canceled, one out', { jobState: 'canceled', impressionsCompleted: 1 }, 'uncertain'],
    ['canceled, all out', { jobState: 'canceled', impressionsCompleted: 2 }, 'uncertain'],
    ['canceled, a sheet out but no impression', { jobState: 'canceled', impressionsCompleted: 0, mediaSheetsCompleted: 1 }, 'uncertain'],
    ['canceled, no counts', { jobState: 'canceled' }, 'uncertain'],
    [
      'canceled, still stopping',
      { jobState: 'canceled', impressionsCompleted: 0, jobStateReasons: ['processing-to-stop-point'] },
      'uncertain',
    ],
    ['aborted, handed on', { jobState: 'aborted', impressionsCompleted: 0, jobStateReasons: ['queued-in-device'] }, 'uncertain'],
    ['a state that nobody knows', { jobState: null, impressionsCompleted: 2 }, 'uncertain'],
  ])('%s', (_, changes, expected) => expect(outcome(changes)).toBe(expected));

  it.each<[JobEnd, string]>([
    [{ kind: 'unknown-job', seen: null }, 'unknown-job'],
    [{ kind: 'unreachable', seen: { ...clean, jobState: 'processing', impressionsCompleted: 1 } }, 'unreachable'],
    [{ kind: 'malformed-answer', seen: null }, 'malformed-answer'],
    [{ kind: 'deadline', seen: { ...clean, jobState: 'processing-stopped', printerReasons: ['media-jam-error'] } }, 'processing-stopped'],
    [{ kind: 'deadline', seen: { ...clean, jobState: null } }, 'deadline'],
  ])('is uncertain without a final state: %j', (end, jobState) => {
    expect(judgeJob(end, 2)).toMatchObject({ outcome: 'uncertain', evidence: { jobState } });
  });

  it('hands on what was seen', () => {
    const seen = { ...clean, jobState: 'aborted' as const, mediaSheetsCompleted: 1, printerReasons: ['media-jam-error'] };
    expect(judgeJob({ kind: 'final', seen }, 2).evidence).toEqual({
      jobState: 'aborted',
      jobStateReasons: ['job-completed-successfully'],
      impressionsCompleted: 1,
      printerReasons: ['media-jam-error'],
    });
  });
});

describe('judgeJob, whatever a printer says', () => {
  const count = fc.option(fc.nat(6));
  const states = Object.keys(jobStates) as readonly JobState[];
  const reasons = fc.subarray([
    'job-completed-successfully',
    'job-completed-with-warnings',
    'job-completed-with-errors',
    'aborted-by-system',
    'job-canceled-at-device',
    'processing-to-stop-point',
    'queued-in-device',
    'vendor-word',
  ]);
  const sighting: fc.Arbitrary<JobSighting> = fc.record({
    jobState: fc.option(fc.constantFrom(...states)),
    jobStateReasons: reasons,
    impressionsCompleted: count,
    mediaSheetsCompleted: count,
    sides: fc.constantFrom(null, 'one-sided', 'two-sided-long-edge'),
    printerReasons: fc.subarray(['media-jam-report', 'media-empty-error', 'toner-low-warning', 'paused']),
  });
  const end: fc.Arbitrary<JobEnd> = fc.record({
    kind: fc.constantFrom('final', 'deadline', 'unknown-job', 'unreachable', 'malformed-answer'),
    seen: sighting,
  });
  const pages = fc.integer({ min: 1, max: 5 });

  it('is never printed when fewer impressions than pages were reported', () => {
    const property = fc.property(end, pages, (given, wanted) => {
      const told = given.seen?.impressionsCompleted ?? null;
      return told === null || told >= wanted || judgeJob(given, wanted).outcome !== 'printed';
    });
    expect(fc.check(property, { numRuns: 5_000 }).counterexample).toBeNull();
  });

  it('is never not-printed when something came out or no count is known', () => {
    const property = fc.property(end, pages, (given, wanted) => {
      const counts = [given.seen?.impressionsCompleted ?? null, given.seen?.mediaSheetsCompleted ?? null];
      const mayBeOut = counts.some((told) => told !== null && told > 0) || counts.every((told) => told === null);
      return !mayBeOut || judgeJob(given, wanted).outcome !== 'not-printed';
    });
    expect(fc.check(property, { numRuns: 5_000 }).counterexample).toBeNull();
  });

  it('is certain only in a final state', () => {
    const property = fc.property(end, pages, (given, wanted) => {
      const certain = judgeJob(given, wanted).outcome !== 'uncertain';
      return !certain || (given.kind === 'final' && isFinal(given.seen));
    });
    expect(fc.check(property, { numRuns: 5_000 }).counterexample).toBeNull();
  });
});
