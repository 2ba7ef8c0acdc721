// How much of anything a message between our parties may hold.
export const limits = {
  /** Ten copies of a certificate, encrypted, in base64. */
  base64Characters: 4_000_000,
  /** Seven digits: no fee and no account of a demo has more. */
  amountYen: 9_999_999,
  /** Canonical JSON that a card signs. */
  statementCharacters: 8_192,
  cardLinksAPush: 10_000,
  specialDays: 1_000,
  /** Entries of a register file. */
  residents: 3_000_000,
  /** What is encrypted is as long as a multiple of this: the length of an offer would tell whoever passes it on how large the household is. */
  paddedBytes: 8_192,
  highestPort: 65_535,
  /** Of a fault that a test orders. */
  jpkiDelayMs: 120_000,
  bankDelayMs: 600_000,
} as const;
