// What is printed on the chip: tries and lengths of card-and-pki §2, §3, §5.
export const limits = {
  pinBytes: 16,
  authPinTries: 3,
  signaturePasswordTries: 5,
  textPinTries: 3,
  commonPinTries: 3,
  /** 照合番号A and B: unverified in the reference, therefore only here. */
  matchingNumberTries: 10,
  tokenInfoBytes: 160,
  challengeBytes: 256,
  /** The longest input that PKCS#1 v1.5 type 1 leaves room for in 256 bytes. */
  paddedInputBytes: 245,
  digestBytes: 32,
  saltBytes: 32,
  modulusBytes: 256,
  /** ISO/IEC 7816-4 clause 12.2.2: an application is named by at least its RID. */
  shortestAidPrefixBytes: 5,
} as const;
