// Reads from a cash card what a first charge needs: account number, sequence number,
// expiry and track 2 (EMV 4.3 Book 3 §10.1–10.2). No cryptogram, and never VERIFY: the
// account's PIN goes to the bank, not to the card. The account number lives in the caller's
// memory until the 0200 is sent and in no log; faults never hold card data.
import { childrenOf, parseTlv } from '#libs/iso7816/ber-tlv.js';
import { statusWord } from '#libs/iso7816/status-word.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { exchange, malformed, type CardChannel, type CashCardFault } from './channel.js';
import { getProcessingOptions, type RecordRange } from './processing-options.js';
import { selectApplication, type SelectedApplication } from './selection.js';
import { tag } from './tags.js';

export type CashCard = {
  /** 12 to 19 digits with a right check digit (ISO/IEC 7812-1 Annex B). */
  readonly pan: string;
  /** Two digits; `00` where the card has none. */
  readonly panSequence: string;
  /** YYMMDD, the last day on which it is valid. */
  readonly expires: string;
  /** DE35: digits and one `D`. */
  readonly track2: string;
};

/** `aids` in the order of preference, each 5 to 16 bytes. Nothing is written to the card. */
export async function readCashCard<F>(channel: CardChannel<F>, aids: readonly Buffer[]): Promise<Result<CashCard, CashCardFault<F>>> {
  let refusal: CashCardFault<F> = { code: 'no-cash-application', detail: 'no-aid-of-the-list' };
  for (const aid of aids) {
    const read = await readNamed(channel, aid);
    if (read.ok && read.value !== null) return ok(read.value);
    if (read.ok) continue;
    // A blocked or refusing application leaves the others; a broken or absent card does not.
    if (read.error.code !== 'application-blocked' && read.error.code !== 'refused-by-card') return read;
    refusal = read.error;
  }
  return err(refusal);
}

/** Null when the card has no application of this name. */
async function readNamed<F>(channel: CardChannel<F>, aid: Buffer): Promise<Result<CashCard | null, CashCardFault<F>>> {
  const selected = await selectApplication(channel, aid);
  if (!selected.ok) return selected;
  return selected.value === null ? ok(null) : readApplication(channel, selected.value);
}

async function readApplication<F>(channel: CardChannel<F>, application: SelectedApplication): Promise<Result<CashCard, CashCardFault<F>>> {
  const ranges = await getProcessingOptions(channel, application.pdol);
  if (!ranges.ok) return ranges;
  const objects = new Map<number, Buffer>();
  for (const range of ranges.value) {
    const read = await readRecords(channel, { range, objects });
    if (!read.ok) return read;
  }
  const card = toCashCard(objects);
  return typeof card === 'string' ? malformed(card) : ok(card);
}

type Reading = { readonly range: RecordRange; readonly objects: Map<number, Buffer> };

async function readRecords<F>(channel: CardChannel<F>, { range, objects }: Reading): Promise<Result<void, CashCardFault<F>>> {
  for (let record = range.first; record <= range.last; record++) {
    const p2 = (range.shortFileId << 3) | 0x04;
    const answer = await exchange(channel, { cla: 0x00, ins: 0xb2, p1: record, p2, expectedLength: 256 });
    if (!answer.ok) return answer;
    if (answer.value.statusWord !== statusWord.ok) return malformed('record-not-there');
    const template = parseTlv(answer.value.data);
    if (!template.ok || template.value.tag !== tag.recordTemplate) return malformed('record');
    const parts = childrenOf(template.value, 'zeros');
    if (!parts.ok) return malformed('record');
    for (const part of parts.value) {
      if (objects.has(part.tag)) return malformed('object-twice');
      objects.set(part.tag, part.value);
    }
  }
  return ok(undefined);
}

/** The card, or what is wrong with its data. */
function toCashCard(objects: ReadonlyMap<number, Buffer>): CashCard | string {
  const pan = digitsOf(objects.get(tag.pan), /^(\d{12,19})F*$/);
  const expires = digitsOf(objects.get(tag.expirationDate), /^(\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))$/);
  const track2 = digitsOf(objects.get(tag.track2), /^(\d{12,19}D\d{4}\d{3}\d*)F?$/);
  const panSequence = objects.has(tag.panSequence) ? digitsOf(objects.get(tag.panSequence), /^(\d{2})$/) : '00';
  if (pan === null || !hasCheckDigit(pan)) return 'account-number';
  if (expires === null) return 'expiration-date';
  if (panSequence === null) return 'sequence-number';
  if (track2 === null || track2.length > 37) return 'track-2';
  if (!track2.startsWith(`${pan}D${expires.slice(0, 4)}`)) return 'track-2-disagrees';
  return { pan, panSequence, expires, track2 };
}

function digitsOf(bytes: Buffer | undefined, shape: RegExp): string | null {
  return shape.exec(bytes?.toString('hex').toUpperCase() ?? '')?.[1] ?? null;
}

/** ISO/IEC 7812-1 Annex B, the Luhn formula. */
export function hasCheckDigit(pan: string): boolean {
  let sum = 0;
  for (let index = 0; index < pan.length; index++) {
    const digit = Number(pan.charAt(pan.length - 1 - index));
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
