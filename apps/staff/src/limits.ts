// Every limit of the staff part, with its unit.

export const limits = {
  /** A case is a few hundred bytes. */
  bodyBytes: 64 * 1024,
} as const;
