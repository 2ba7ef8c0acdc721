// Reading the transparent files of the JPKI-AP: token info (EF 0006) and the four
// certificates. Byte sources: card-and-pki §2, §3 (SELECT EF, READ BINARY, "size").
import { statusWord } from '#libs/iso7816/status-word.js';
import { err, ok } from '#libs/std/result.js';
import type { Result } from '#libs/std/result.js';
import { exchange, selectFile, unexpectedStatus } from './application.js';
import type { CardChannel, JpkiFault } from './application.js';
import { limits } from './limits.js';

/** Whose secure element answers. Only `my-number-card` is served at a kiosk. */
export type TokenKind = 'my-number-card' | 'juki-card' | 'android-phone' | 'iphone' | 'unknown';

const tokenKinds: Readonly<Record<string, TokenKind>> = {
  JPKIAPICCTOKEN2: 'my-number-card',
  JPKIAPICCTOKEN: 'juki-card',
  JPKIAPGPSETOKEN: 'android-phone',
  JPKIAPIOSTOKEN: 'iphone',
};

/** The first 32 bytes of EF 0006: an ASCII name padded with spaces. The application must be selected. */
export async function readTokenKind<F>(channel: CardChannel<F>): Promise<Result<TokenKind, JpkiFault<F>>> {
  const selected = await selectFile(channel, 'token-info');
  if (!selected.ok) return selected;
  const read = await readBinary(channel, 0, limits.tokenNameBytes);
  if (!read.ok) return read;
  if (read.value.length !== limits.tokenNameBytes) return malformed('token info is too short');
  return ok(tokenKindOf(read.value));
}

function tokenKindOf(field: Buffer): TokenKind {
  const name = field.toString('latin1').replace(/ +$/, '');
  return Object.hasOwn(tokenKinds, name) ? (tokenKinds[name] ?? 'unknown') : 'unknown';
}

export type CertificateFile =
  'authentication-certificate' | 'authentication-ca-certificate' | 'signature-certificate' | 'signature-ca-certificate';

/**
 * DER bytes, exactly as long as their outer SEQUENCE says. The signature certificate and
 * every certificate of a phone answer `pin-required` before their PIN; an absent one `file-absent`.
 */
export async function readCertificate<F>(channel: CardChannel<F>, file: CertificateFile): Promise<Result<Buffer, JpkiFault<F>>> {
  const selected = await selectFile(channel, file);
  if (!selected.ok) return selected;
  const first = await readBinary(channel, 0, limits.readChunkBytes);
  if (!first.ok) return first;
  const total = certificateLength(first.value);
  if (total === null) return malformed('not a certificate of two length bytes');
  if (total > limits.certificateBytes) return malformed('certificate is too long');
  const chunks = [first.value];
  let have = first.value.length;
  while (have < total) {
    if (chunks.length >= limits.readsPerFile) return malformed('too many short answers');
    const next = await readBinary(channel, have, Math.min(limits.readChunkBytes, total - have));
    if (!next.ok) return next;
    if (next.value.length === 0) return malformed('file ends inside the certificate');
    chunks.push(next.value);
    have += next.value.length;
  }
  return ok(Buffer.concat(chunks).subarray(0, total));
}

/** `30 82 LLLL`: the only length form a certificate between 260 bytes and 64 KB has. */
function certificateLength(start: Buffer): number | null {
  if (start.length < 4 || start.readUInt16BE(0) !== 0x3082) return null;
  const length = start.readUInt16BE(2);
  return length > 0xff ? length + 4 : null;
}

async function readBinary<F>(channel: CardChannel<F>, offset: number, length: number): Promise<Result<Buffer, JpkiFault<F>>> {
  const command = { cla: 0x00, ins: 0xb0, p1: offset >> 8, p2: offset & 0xff, expectedLength: length };
  const answer = await exchange(channel, 'read-binary', command);
  if (!answer.ok) return answer;
  return answer.value.statusWord === statusWord.ok ? ok(answer.value.data) : unexpectedStatus('read-binary', answer.value);
}

function malformed<F>(detail: string): Result<never, JpkiFault<F>> {
  return err({ code: 'malformed-answer', step: 'read-binary', detail });
}
