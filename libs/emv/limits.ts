// Sizes of a cash card's reading.
export const limits = {
  /** EMV Book 3 §10.2: 252 bytes of AFL would be 63 entries; a cash card has a handful. */
  aflEntries: 16,
  /** Records read in one reading. */
  records: 32,
  /** `61xx` in a row, each asking for GET RESPONSE once more. */
  getResponses: 4,
} as const;
