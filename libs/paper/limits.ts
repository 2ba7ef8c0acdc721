// Every limit of the paper, with its unit.

export const limits = {
  /** A record beyond this is no household but a fault of the register (a choice names 20 members at most). */
  people: 40,
  /** UTF-16 units of one field; far beyond what two lines hold, so that fitting stays cheap. */
  fieldLength: 1_000,
  /** Steps in which text is made smaller. */
  shrinkStepMm: 0.05,
  /** Between the ink of two lines and the rules above and below them. */
  clearanceMm: 0.15,
  /** Two lines break between words while that keeps this much of the size. */
  wordBreakRatio: 0.7,
  /** 公印 of a head of municipality are 18 to 30 mm (公印規則 of most places: 21 or 24). */
  sealSideMinMm: 15,
  sealSideMaxMm: 30,
  /** Below 300 dpi the strokes of 篆書 close; above 2400 nothing is gained. */
  sealPixelsPerMmMin: 11.8,
  sealPixelsPerMmMax: 95,
  /** Of a PNG file. */
  sealFileBytes: 2_000_000,
  /** The fictional imprints: 1200 dpi. */
  fictionalSealPixelsPerMm: 1200 / 25.4,
} as const;
