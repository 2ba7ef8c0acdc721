// How long the slip printer may take, and how long a slip may be.
export const limits = {
  connectTimeoutMs: 3_000,
  /** One real-time status. */
  statusTimeoutMs: 2_000,
  /** From the last octet of a slip to the word that it was processed. */
  slipTimeoutMs: 20_000,
  linesPerSlip: 120,
  charactersPerLine: 200,
} as const;
