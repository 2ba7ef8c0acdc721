// Sizes that ISO/IEC 7816 fixes, and ours where it leaves them open.
export const limits = {
  shortDataBytes: 255,
  shortExpectedBytes: 256,
  extendedDataBytes: 65_535,
  extendedExpectedBytes: 65_536,
  /** ISO/IEC 7816-4 clause 5.2.2.1: tag fields of one, two or three bytes. */
  tagBytes: 3,
  /** ISO/IEC 7816-4 clause 5.2.2.2 goes to five; four carry more than a card can hold. */
  lengthBytes: 4,
  /** Templates inside templates: far more than any card nests, far less than a stack. */
  tlvDepth: 16,
} as const;
