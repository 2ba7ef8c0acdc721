// What the stages ask for at step 12.
import { expect, it } from 'vitest';
import { choice, ids } from '#libs/session/fixture.js';
import { emptyVisit, type Visit } from '#libs/session/state.js';
import { Stages, type StageParts } from './perform.js';
import type { Needed } from './readiness.js';

const twoOfThreePages: Visit = { ...emptyVisit, ids, copies: ['prepared', 'prepared'], pagesPerCopy: 3 };

it.each([
  { feeYen: 600, withFee: true },
  { feeYen: 0, withFee: false },
])('paper is asked for all copies before anything is charged ($feeYen yen)', async ({ feeYen, withFee }) => {
  const asked: Needed[] = [];
  const findUnready = async (needed: Needed): Promise<string> => {
    asked.push(needed);
    return 'printer-out-of-paper';
  };
  const stages = new Stages({ findUnready } as Pick<StageParts, 'findUnready'> as StageParts);
  const visit = { ...twoOfThreePages, chosen: { choice, copies: 2, feeYen } };
  const event = await stages.perform({ type: 'check-readiness' }, visit);
  expect(event).toEqual({ type: 'failed', code: 'printer-out-of-paper', sentence: null });
  expect(asked).toEqual([{ withFee, sheets: 6 }]);
});
