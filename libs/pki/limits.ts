// Every limit of libs/pki, with its unit.

/** An answer older than this says nothing about now (issue: "at most 20 minutes old"). JPKI refreshes every 15. */
export const ocspMaxAgeMs = 20 * 60_000;
/** How far another party's clock may run ahead of ours (DESIGN §4 "Time"). */
export const clockSkewMs = 60_000;
/** CRLs are published daily; two hours of grace for the publication itself. */
export const crlMaxAgeMs = 26 * 3_600_000;

/** Real certificates have 1.4-2.0 KB. */
export const certificateMaxBytes = 4096;
/**
 * To the end of the fifth birthday after the issue, or of the sixth when it renews one that ends within three months
 * (reference §10): five years with two leap days, three months and the day itself.
 */
export const certificateMaxValidityMs = (5 * 365 + 2 + 92 + 1) * 86_400_000;
export const ocspResponseMaxBytes = 16_384;
export const crlMaxBytes = 64 * 1024 * 1024;
/** SEQUENCE { INTEGER of one octet, UTCTime }. */
export const crlEntryMinBytes = 20;
/** 印鑑登録証明書: only an answer about this minute will do (issue: "off for 印鑑"). */
export const kindsNeverByCrl: readonly string[] = ['seal-registration'];
/** RFC 9654: 1 to 128 octets. */
export const nonceMinBytes = 1;
export const nonceMaxBytes = 128;
/** RFC 5280 §4.1.2.2 */
export const serialMaxBytes = 20;

export const statementMaxBytes = 16_384;

/** A pattern in a configuration file (configured-pattern.ts). */
export const patternMaxChars = 200;
/** `*`, `+`, `{n,m}`: so many on 64 characters are a quarter of a million steps at worst. */
export const patternMaxRepetitions = 3;
export const patternMaxOptional = 8;
/** Alternatives of one fact in a configuration file. */
export const alternativesMax = 8;

/** Under no ocsp-nocheck nobody asks whether a responder's certificate was revoked: only its end ever takes it back (RFC 6960 §4.2.2.2.1). */
export const responderWithoutNocheckMaxValidityMs = 31 * 86_400_000;
