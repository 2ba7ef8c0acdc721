// What the emulated receipt printer takes in.
export const limits = {
  /** Octets of a slip that is not cut yet; a real printer has a buffer of some kilobytes. */
  slipBytes: 65_536,
} as const;
