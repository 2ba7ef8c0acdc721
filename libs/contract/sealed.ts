// Signed (JWS, RFC 7515, ES256) and encrypted (JWE, RFC 7516, ECDH-ES + A256GCM)
// messages between our parties. Each kind of message has its own `typ`, so that a
// signature made for one can never be shown as another (RFC 8725 §3.11).
import { CompactEncrypt, CompactSign, calculateJwkThumbprint, compactDecrypt, compactVerify, importJWK } from 'jose';
import { z } from 'zod';
import { err, ok, type Result } from '#libs/std/result.js';
import type { EcPrivateJwk, EcPublicJwk } from './base.js';
import { limits } from './limits.js';

export type MessageType =
  | 'madoguchi-session+jws'
  | 'madoguchi-offer+jws'
  | 'madoguchi-verdict+jws'
  | 'madoguchi-manifest+jws'
  | 'madoguchi-go-ahead+jws'
  | 'madoguchi-outcome+jws'
  | 'madoguchi-card-links+jws';

export type SealedFault = { readonly code: 'bad-signature' | 'cannot-decrypt' | 'malformed-message'; readonly detail: string };

/** RFC 7638 thumbprint: the key id we use everywhere. */
export async function keyId(key: EcPublicJwk): Promise<string> {
  return calculateJwkThumbprint({ kty: key.kty, crv: key.crv, x: key.x, y: key.y });
}

export function publicHalf(key: EcPrivateJwk): EcPublicJwk {
  return { kty: key.kty, crv: key.crv, x: key.x, y: key.y };
}

/** Compact JWS over the JSON of `payload`. */
export async function sign(typ: MessageType, payload: unknown, key: EcPrivateJwk): Promise<string> {
  return new CompactSign(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'ES256', typ, kid: await keyId(publicHalf(key)) })
    .sign(await importJWK(key, 'ES256'));
}

/** Accepts only ES256, only this `typ`, only one of the pinned keys, only this schema. */
export async function verify<T>(
  jws: string,
  expected: { readonly typ: MessageType; readonly schema: z.ZodType<T>; readonly keys: readonly EcPublicJwk[] },
): Promise<Result<T, SealedFault>> {
  for (const key of expected.keys) {
    const bytes = await verifiedBytes(jws, expected.typ, key);
    if (bytes === null) continue;
    return parseJson(bytes, expected.schema);
  }
  return err({ code: 'bad-signature', detail: `no pinned key made this ${expected.typ}` });
}

async function verifiedBytes(jws: string, typ: MessageType, key: EcPublicJwk): Promise<Uint8Array | null> {
  try {
    const result = await compactVerify(jws, await importJWK(key, 'ES256'), { algorithms: ['ES256'] });
    return result.protectedHeader.typ === typ ? result.payload : null;
  } catch {
    return null;
  }
}

/** Compact JWE to the session key; the plaintext is any text that does not end in a space, usually a JWS. */
export async function encrypt(plaintext: string, recipient: EcPublicJwk): Promise<string> {
  const bytes = Buffer.from(plaintext);
  const padded = Buffer.alloc(Math.ceil(bytes.length / limits.paddedBytes) * limits.paddedBytes, ' ');
  bytes.copy(padded);
  return new CompactEncrypt(padded).setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM' }).encrypt(await importJWK(recipient, 'ECDH-ES'));
}

export async function decrypt(jwe: string, key: EcPrivateJwk): Promise<Result<string, SealedFault>> {
  try {
    const options = { keyManagementAlgorithms: ['ECDH-ES'], contentEncryptionAlgorithms: ['A256GCM'] };
    const result = await compactDecrypt(jwe, await importJWK(key, 'ECDH-ES'), options);
    return ok(Buffer.from(result.plaintext).toString('utf8').trimEnd());
  } catch {
    return err({ code: 'cannot-decrypt', detail: 'not encrypted to this session' });
  }
}

/** For what was inside a JWE: text to a value of the schema. */
export function parseJson<T>(text: Uint8Array | string, schema: z.ZodType<T>): Result<T, SealedFault> {
  let json: unknown;
  try {
    json = JSON.parse(typeof text === 'string' ? text : Buffer.from(text).toString('utf8'));
  } catch {
    return err({ code: 'malformed-message', detail: 'not JSON' });
  }
  const parsed = schema.safeParse(json);
  return parsed.success ? ok(parsed.data) : err({ code: 'malformed-message', detail: z.prettifyError(parsed.error) });
}
