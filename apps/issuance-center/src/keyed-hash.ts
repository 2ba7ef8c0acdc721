// Hashes that only the center can make (HMAC-SHA-256, RFC 2104), one key a purpose, so
// that a stolen database tells neither whose card it was nor opens a session. Serial
// numbers are short enough to try them all; that is why the hash has a key.
import { createHash, createHmac } from 'node:crypto';

export type KeyedHash = {
  /** Lower-case hex; `caKeyId` and `serial` in upper-case hex as the contract has them. */
  cardTag(caKeyId: string, serial: string): string;
  /** The same as long as `cardTag` is: tags made with another secret find nobody any more. */
  readonly cardTagKeyId: string;
  /** Lower-case hex. */
  certificateTag(certificateSha256: string): string;
  /** The bearer token of a session: made again for the same opening, so that only its hash is stored. */
  token(session: string, openingSha256: string): string;
};

export function keyedHash(secret: Buffer): KeyedHash {
  const key = (purpose: string): Buffer => createHmac('sha256', secret).update(`madoguchi center ${purpose} v1`).digest();
  const keys = { card: key('card'), certificate: key('certificate'), token: key('token') };
  return {
    cardTagKeyId: createHash('sha256').update(keys.card).digest('hex'),
    cardTag: (caKeyId, serial) => createHmac('sha256', keys.card).update(`${caKeyId}:${serial}`).digest('hex'),
    certificateTag: (sha256) => createHmac('sha256', keys.certificate).update(sha256).digest('hex'),
    token: (session, openingSha256) => createHmac('sha256', keys.token).update(`${session}:${openingSha256}`).digest('base64url'),
  };
}
