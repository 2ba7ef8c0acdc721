// What a message may cost us, whoever sent it. A whole `all` + `media-col-database`
// answer of a large multifunction printer is some 300 KB and 2,500 values.
export const limits = {
  /** Header and attributes of one message; document data behind them is not counted. */
  headerBytes: 1_048_576,
  /** Values in one message, members of collections included. */
  valuesPerMessage: 20_000,
  /** Collections inside collections; media-col-database needs three. */
  collectionDepth: 8,
  /** RFC 8010 §3.8: name-length and value-length are SIGNED-SHORT. */
  valueBytes: 32_767,
  /** RFC 8011 §5.1.4: attribute names are keywords. */
  nameBytes: 255,
} as const;
