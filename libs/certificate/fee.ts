// What a copy costs (issuance §2.5; 地方自治法 227条, set by ordinance). A fee has periods,
// so that a revision or a campaign needs no downtime; zero is a fee.
import type { FeePeriod } from '#libs/contract/register.js';

/**
 * The fee of one copy on a day (YYYY-MM-DD, Japan). Of several periods that hold that day
 * the one that began last wins: a campaign lies over the ordinary fee, which is there again
 * when the campaign has ended. Null when no period holds the day: then nothing is offered.
 */
export function feeOn(periods: readonly FeePeriod[], date: string): number | null {
  const holding = periods.filter((period) => period.from <= date && (period.until === null || date <= period.until));
  const latest = holding.reduce<FeePeriod | null>((best, period) => (best === null || period.from >= best.from ? period : best), null);
  return latest?.feeYen ?? null;
}
