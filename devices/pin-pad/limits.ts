// Time-outs and sizes of the line to the PIN pad.
export const limits = {
  connectTimeoutMs: 2_000,
  /** How long a pad may take to say how it is. */
  statusTimeoutMs: 2_000,
  /** The pad keeps the time of an entry; this much later the kiosk stops waiting for it to say so. */
  graceMs: 3_000,
  /** What a kiosk may ask of a pad. */
  longestEntryMs: 600_000,
  /** A line, with its line feed. The longest true one has some 160 bytes. */
  lineBytes: 1_024,
} as const;
