// The job of one copy, told by what the printer answers: what the engine hears, what is kept,
// and what the printer was asked for.
import { expect, it } from 'vitest';
import type { Event } from '#libs/session/event.js';
import { ids } from '#libs/session/fixture.js';
import { LiveSession } from '../live-session.js';
import { PrintStage, sentenceOf } from './print-stage.js';
import { outcomeOf, scriptedPrinter, type PrinterStory } from './scripted-printer.js';

type Kept = { readonly outcome: string; readonly seen: unknown };

async function printOneCopy(story: PrinterStory): Promise<{ event: Event; kept: readonly Kept[]; asked: readonly string[] }> {
  const { printer, asked } = scriptedPrinter(story);
  const kept: Kept[] = [];
  const visits = {
    intendPrint: async () => void kept.push({ outcome: 'intended', seen: null }),
    recordPrint: async (_jobName: string, outcome: string, seen: unknown) => void kept.push({ outcome, seen }),
  };
  const stage = new PrintStage({ printer, visits, timeoutMs: 1, cancelTimeoutMs: 1, onStopped: () => undefined });
  const live = await LiveSession.begin(ids);
  const pages = [1, 2].map((page) => ({ page, of: 2, fieldsSha256: '' }));
  const copies = [{ copy: 1, attempt: 1, certificateNumber: '', pdfSha256: '', pages }];
  live.bundle = { manifest: { copies } as NonNullable<LiveSession['bundle']>['manifest'], pdfs: [Buffer.from('%PDF')] };
  return { event: await stage.print(live, 1), kept, asked };
}

const stands = { jobState: 'processing-stopped', impressionsCompleted: 0, printerReasons: ['media-jam-error'] };

it('a job that nobody waits for any more is taken back, and what the printer says then counts', async () => {
  const { event, asked } = await printOneCopy({
    follow: [outcomeOf('uncertain', stands), outcomeOf('not-printed', { jobState: 'canceled', impressionsCompleted: 0 })],
  });
  expect(asked).toEqual(['submit', 'follow', 'cancel', 'follow']);
  // The jam was gone when the job was cancelled; that it was there is kept.
  expect(event).toMatchObject({
    type: 'not-printed',
    seen: { jobState: 'canceled', impressions: 0, printerStateReasons: ['media-jam-error'] },
  });
});

it('a sheet once seen outside stays outside, whatever the printer counts after the cancel', async () => {
  const { event, kept } = await printOneCopy({
    follow: [
      outcomeOf('uncertain', { ...stands, impressionsCompleted: 1 }),
      outcomeOf('not-printed', { jobState: 'canceled', impressionsCompleted: 0 }),
    ],
  });
  expect(event).toMatchObject({ type: 'print-uncertain', copy: 1, code: 'canceled', seen: { impressions: 1 } });
  expect(kept.at(-1)).toMatchObject({ outcome: 'uncertain', seen: { impressions: 1 } });
});

it('a cancel that comes too late is taken at its word: printed is printed', async () => {
  const { event } = await printOneCopy({
    follow: [outcomeOf('uncertain', stands), outcomeOf('printed', { jobState: 'completed', impressionsCompleted: 2 })],
  });
  expect(event).toMatchObject({ type: 'printed', copy: 1 });
});

const mayHaveLeft = { code: 'unreachable', detail: 'timeout' } as const;

it('a document that may have left, and whose job the printer does not list, is uncertain and not "not printed"', async () => {
  const { event, kept, asked } = await printOneCopy({ submit: mayHaveLeft, find: 'not-there' });
  expect(event).toMatchObject({ type: 'print-uncertain', code: 'unknown-job' });
  expect(kept.at(-1)).toEqual({
    outcome: 'uncertain',
    seen: { jobState: 'unknown-job', jobStateReasons: [], impressions: null, printerStateReasons: [] },
  });
  expect(asked).toEqual(['submit', `find ${ids.request}-1-1`]);
});

it('a document that may have left, at a printer that says nothing more, is uncertain', async () => {
  const { event } = await printOneCopy({ submit: mayHaveLeft, find: mayHaveLeft });
  expect(event).toMatchObject({ type: 'print-uncertain', code: 'unreachable' });
});

it('a document that may have left and is found is followed like any other', async () => {
  const { event, asked } = await printOneCopy({
    submit: mayHaveLeft,
    follow: [outcomeOf('printed', { jobState: 'completed', impressionsCompleted: 2 })],
  });
  expect(event).toMatchObject({ type: 'printed' });
  expect(asked).toEqual(['submit', `find ${ids.request}-1-1`, 'follow']);
});

it('a job that the printer refused certainly printed nothing', async () => {
  const { event, kept } = await printOneCopy({ submit: { code: 'refused', detail: 'server-error-busy' } });
  expect(event).toMatchObject({ type: 'not-printed', seen: { jobState: 'refused', impressions: 0 } });
  expect(kept.map(({ outcome }) => outcome)).toEqual(['intended', 'not-printed']);
});

it('keeps keywords and counts of what a printer says, and no prose', async () => {
  const { event } = await printOneCopy({
    follow: [
      outcomeOf('uncertain', {
        jobState: 'aborted',
        jobStateReasons: ['aborted-by-system', '架空　花子の住民票'],
        impressionsCompleted: 1,
        printerReasons: ['media-jam-error', 'Paper jam in tray of Mr. Nobody'],
      }),
    ],
  });
  expect(event).toMatchObject({
    seen: { jobState: 'aborted', jobStateReasons: ['aborted-by-system'], impressions: 1, printerStateReasons: ['media-jam-error'] },
  });
});

it('says that the printer has stopped for what stops it, and for nothing that only warns', () => {
  expect(sentenceOf([])).toBeNull();
  expect(sentenceOf(['toner-low-warning', 'marker-waste-almost-full-report'])).toBeNull();
  expect(sentenceOf(['toner-low-warning', 'media-jam-error'])).toContain('つまりました');
  // Without a suffix it is an error (RFC 8011 §5.4.12).
  expect(sentenceOf(['media-empty'])).toContain('用紙がなくなりました');
  expect(sentenceOf(['cover-open-error'])).toContain('止まっています');
});
