// 公的個人認証AP (JPKI-AP) as a terminal sees it: its name, its elementary files, and
// one command with one checked answer. Byte sources: card-and-pki §1 to §4.
import { decodeResponse, encodeCommand } from '#libs/iso7816/apdu.js';
import type { CommandApdu, ResponseApdu } from '#libs/iso7816/apdu.js';
import { describeStatusWord, statusWord } from '#libs/iso7816/status-word.js';
import { wipe } from '#libs/std/bytes.js';
import { err, ok } from '#libs/std/result.js';
import type { Result } from '#libs/std/result.js';

/** `F` is the fault of the reader (`CardFault`); it passes through untouched. */
export type CardChannel<F> = { transmit(command: Uint8Array): Promise<Result<Buffer, F>> };

export type JpkiStep = 'select-application' | 'select-file' | 'read-binary' | 'pin-tries' | 'verify' | 'sign';

export type JpkiFault<F> =
  /** The reader or the way to the card failed; what the card did is not known. */
  | { readonly code: 'card-channel'; readonly fault: F }
  /** The card answered something that this command cannot be answered with. `detail` holds no card data. */
  | { readonly code: 'malformed-answer'; readonly step: JpkiStep; readonly detail: string }
  | { readonly code: 'unexpected-status'; readonly step: JpkiStep; readonly statusWord: number; readonly detail: string }
  /** A checking error to the name of the application (6A82, but cash cards also say 6A81, 6A86, 6D00, 6E00): no card of this family. */
  | { readonly code: 'application-absent' }
  /** 6A82 to a file: e.g. a card without this certificate. */
  | { readonly code: 'file-absent'; readonly file: JpkiFile }
  /** 6982: the PIN was not given, or the card has forgotten it. Ask again. */
  | { readonly code: 'pin-required' };

export const jpkiApplication = Buffer.from('D392F000260100000001', 'hex');

export const jpkiFiles = {
  'signature-certificate': 0x0001,
  'signature-ca-certificate': 0x0002,
  'token-info': 0x0006,
  'authentication-certificate': 0x000a,
  'authentication-ca-certificate': 0x000b,
  'authentication-key': 0x0017,
  'authentication-pin': 0x0018,
} as const;
export type JpkiFile = keyof typeof jpkiFiles;

/** SELECT by DF name, no answer data asked for (00A4040C). */
export async function selectJpkiApplication<F>(channel: CardChannel<F>): Promise<Result<void, JpkiFault<F>>> {
  const command = { cla: 0x00, ins: 0xa4, p1: 0x04, p2: 0x0c, data: jpkiApplication };
  const answer = await exchange(channel, 'select-application', command);
  if (!answer.ok) return answer;
  if (isCheckingError(answer.value.statusWord)) return err({ code: 'application-absent' });
  return expectNoData('select-application', answer.value);
}

/** ISO/IEC 7816-4 table 6: SW1 67 to 6E says that the command does not fit this card; 6F says nothing. */
function isCheckingError(word: number): boolean {
  return word >= 0x6700 && word < 0x6f00;
}

/** SELECT EF under the current DF (00A4020C). */
export async function selectFile<F>(channel: CardChannel<F>, file: JpkiFile): Promise<Result<void, JpkiFault<F>>> {
  const id = jpkiFiles[file];
  const data = Buffer.from([id >> 8, id & 0xff]);
  const answer = await exchange(channel, 'select-file', { cla: 0x00, ins: 0xa4, p1: 0x02, p2: 0x0c, data });
  if (!answer.ok) return answer;
  if (answer.value.statusWord === statusWord.fileNotFound) return err({ code: 'file-absent', file });
  return expectNoData('select-file', answer.value);
}

/** Sends one command; the encoded command is overwritten afterwards, because it may hold a PIN. */
export async function exchange<F>(
  channel: CardChannel<F>,
  step: JpkiStep,
  command: CommandApdu,
): Promise<Result<ResponseApdu, JpkiFault<F>>> {
  const encoded = encodeCommand(command);
  const raw = await channel.transmit(encoded);
  wipe(encoded);
  if (!raw.ok) return err({ code: 'card-channel', fault: raw.error });
  const answer = decodeResponse(raw.value);
  if (!answer.ok) return err({ code: 'malformed-answer', step, detail: answer.error.code });
  const asked = command.expectedLength ?? 0;
  if (answer.value.data.length > asked) return err({ code: 'malformed-answer', step, detail: 'more data than asked for' });
  return ok(answer.value);
}

export function expectNoData<F>(step: JpkiStep, answer: ResponseApdu): Result<void, JpkiFault<F>> {
  return answer.statusWord === statusWord.ok ? ok(undefined) : unexpectedStatus(step, answer);
}

export function unexpectedStatus<F>(step: JpkiStep, answer: ResponseApdu): Result<never, JpkiFault<F>> {
  if (answer.statusWord === statusWord.securityStatusNotSatisfied) return err({ code: 'pin-required' });
  return err({ code: 'unexpected-status', step, statusWord: answer.statusWord, detail: describeStatusWord(answer.statusWord) });
}
