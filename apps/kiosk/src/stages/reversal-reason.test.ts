import { expect, it } from 'vitest';
import { reversalReason } from './reversal-reason.js';

it.each([
  { story: 'no answer came in time', charge: { state: 'unknown', unknownCause: 'timed-out' }, ending: 'charge-unknown', reason: '68' },
  { story: 'the line broke', charge: { state: 'unknown', unknownCause: 'connection-lost' }, ending: 'charge-unknown', reason: '68' },
  {
    story: 'the answer was malformed',
    charge: { state: 'unknown', unknownCause: 'malformed-answer' },
    ending: 'charge-unknown',
    reason: '21',
  },
  { story: 'a crash before the answer', charge: { state: 'pending', unknownCause: null }, ending: 'kiosk-restarted', reason: '68' },
  {
    story: 'a malformed answer, then a crash',
    charge: { state: 'unknown', unknownCause: 'malformed-answer' },
    ending: 'kiosk-restarted',
    reason: '21',
  },
  { story: 'the customer left the card', charge: { state: 'posted', unknownCause: null }, ending: 'cash-card-left', reason: '17' },
  { story: 'the customer stopped', charge: { state: 'posted', unknownCause: null }, ending: 'stopped', reason: '17' },
  { story: 'nothing was printed', charge: { state: 'posted', unknownCause: null }, ending: 'not-printed', reason: '22' },
] as const)('$story: $reason', ({ charge, ending, reason }) => {
  expect(reversalReason(charge, ending)).toBe(reason);
});
