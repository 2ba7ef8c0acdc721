import { describe, expect, test } from 'vitest';
import type { FeePeriod } from '#libs/contract/register.js';
import { feeOn } from './fee.js';

const ordinary: FeePeriod = { from: '2019-10-01', until: null, feeYen: 300 };
const campaign: FeePeriod = { from: '2023-01-04', until: '2025-03-31', feeYen: 10 };
const revision: FeePeriod = { from: '2027-04-01', until: null, feeYen: 350 };

describe('the fee of a day', () => {
  test.each([
    ['2023-01-03', 300],
    ['2023-01-04', 10],
    ['2025-03-31', 10],
    ['2025-04-01', 300],
    ['2027-03-31', 300],
    ['2027-04-01', 350],
  ])('on %s it is %d yen', (date, feeYen) => {
    expect(feeOn([revision, campaign, ordinary], date)).toBe(feeYen);
  });

  test('zero is a fee, no period is none', () => {
    expect(feeOn([{ ...campaign, feeYen: 0 }], '2024-01-01')).toBe(0);
    expect(feeOn([campaign], '2025-04-01')).toBeNull();
    expect(feeOn([], '2025-04-01')).toBeNull();
  });
});
