// The commands of one login as the kiosk sends them (DESIGN §3, steps 1, 3 and 4).
import { selectJpkiApplication } from '#libs/jpki/application.js';
import type { CardChannel, JpkiFault } from '#libs/jpki/application.js';
import { authPinTries, verifyAuthPin } from '#libs/jpki/auth-pin.js';
import { readCertificate, readTokenKind } from '#libs/jpki/files.js';
import { signWithAuthKey } from '#libs/jpki/sign.js';
import type { Result } from '#libs/std/result.js';

/** The signature, or the first fault. */
export async function logIn<F>(channel: CardChannel<F>, pin: Buffer): Promise<Result<Buffer, JpkiFault<F> | { code: 'pin-malformed' }>> {
  const selected = await selectJpkiApplication(channel);
  if (!selected.ok) return selected;
  const token = await readTokenKind(channel);
  if (!token.ok) return token;
  const certificate = await readCertificate(channel, 'authentication-certificate');
  if (!certificate.ok) return certificate;
  const tries = await authPinTries(channel);
  if (!tries.ok) return tries;
  const verdict = await verifyAuthPin(channel, pin);
  if (!verdict.ok) return verdict;
  return signWithAuthKey(channel, Buffer.from('login statement'));
}
