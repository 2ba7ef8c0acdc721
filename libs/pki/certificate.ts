// A certificate as our profile reads it (RFC 5280 §4.1). Nothing here is believed
// before a signature was checked.

export type Certificate = {
  readonly der: Buffer;
  /** Upper-case hex without leading zero octets. */
  readonly serial: string;
};
