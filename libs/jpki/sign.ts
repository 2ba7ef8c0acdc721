// COMPUTE DIGITAL SIGNATURE with the user-authentication key (EF 0017): the terminal
// hashes and sends a DigestInfo, the card pads (RSASSA-PKCS1-v1_5, RFC 8017 §9.2) and
// raises it to the private exponent. Byte source: card-and-pki §3.
import { statusWord } from '#libs/iso7816/status-word.js';
import { sha256 } from '#libs/std/bytes.js';
import { err, ok } from '#libs/std/result.js';
import type { Result } from '#libs/std/result.js';
import { exchange, selectFile, unexpectedStatus } from './application.js';
import type { CardChannel, JpkiFault } from './application.js';
import { limits } from './limits.js';

/** DER of SEQUENCE { AlgorithmIdentifier sha256, OCTET STRING … } up to the 32 bytes of the digest. */
export const sha256DigestInfoPrefix = Buffer.from('3031300D060960864801650304020105000420', 'hex');

/** 256 bytes, RS256 over `message`. `pin-required` (6982): the card has forgotten the PIN, ask again. */
export async function signWithAuthKey<F>(channel: CardChannel<F>, message: Uint8Array): Promise<Result<Buffer, JpkiFault<F>>> {
  const selected = await selectFile(channel, 'authentication-key');
  if (!selected.ok) return selected;
  const data = Buffer.concat([sha256DigestInfoPrefix, sha256(message)]);
  const command = { cla: 0x80, ins: 0x2a, p1: 0x00, p2: 0x80, data, expectedLength: limits.rsaModulusBytes };
  const answer = await exchange(channel, 'sign', command);
  if (!answer.ok) return answer;
  if (answer.value.statusWord !== statusWord.ok) return unexpectedStatus('sign', answer.value);
  if (answer.value.data.length !== limits.rsaModulusBytes) {
    return err({ code: 'malformed-answer', step: 'sign', detail: 'signature is not as long as an RSA-2048 modulus' });
  }
  return ok(answer.value.data);
}
