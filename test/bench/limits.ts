// What the benchmarks compare with; figures, never a test's verdict.

export const limits = {
  visitsByDefault: 30,
  /** Not counted: the first visits load code and fonts. */
  warmUpVisits: 3,
  ownPartP95Ms: 1_500,
  kioskPeakMegabytes: 300,
} as const;
