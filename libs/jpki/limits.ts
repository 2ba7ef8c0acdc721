// What a card may hold and how long we listen to it. Sources: card-and-pki §2, §8, §10.
export const limits = {
  /** 利用者証明用暗証番号: four digits, three tries. */
  authPinDigits: 4,
  authPinTries: 3,
  /** Certificates are 1.3 to 2.0 KB; twice that is no certificate of this profile. */
  certificateBytes: 4096,
  /** A short READ BINARY gives at most this much. */
  readChunkBytes: 256,
  /** A card that gives one byte at a time is not read to the end. */
  readsPerFile: 64,
  tokenNameBytes: 32,
  rsaModulusBytes: 256,
} as const;
