// GET PROCESSING OPTIONS and the list of records that it names (EMV 4.3 Book 3 §6.5.8, §10.2).
import { childrenOf, encodeTlv, parseTlv, type Tlv } from '#libs/iso7816/ber-tlv.js';
import { statusWord } from '#libs/iso7816/status-word.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { exchange, malformed, type CardChannel, type CashCardFault } from './channel.js';
import { fillDol, type DolEntry } from './dol.js';
import { limits } from './limits.js';
import { tag } from './tags.js';
import { terminalData } from './terminal.js';

export type RecordRange = { readonly shortFileId: number; readonly first: number; readonly last: number };

export async function getProcessingOptions<F>(
  channel: CardChannel<F>,
  pdol: readonly DolEntry[],
): Promise<Result<readonly RecordRange[], CashCardFault<F>>> {
  const data = encodeTlv(tag.commandTemplate, fillDol(pdol, terminalData));
  const answer = await exchange(channel, { cla: 0x80, ins: 0xa8, p1: 0x00, p2: 0x00, data, expectedLength: 256 });
  if (!answer.ok) return answer;
  if (answer.value.statusWord !== statusWord.ok) return err({ code: 'refused-by-card', detail: 'get-processing-options' });
  const parsed = parseTlv(answer.value.data);
  if (!parsed.ok) return malformed('processing-options');
  const locator = locatorIn(parsed.value);
  if (locator === null) return malformed('processing-options');
  const ranges = parseLocator(locator);
  return ranges === null ? malformed('application-file-locator') : ok(ranges);
}

/** Format 1: AIP and AFL run together. Format 2: each with its tag. */
function locatorIn(options: Tlv): Buffer | null {
  if (options.tag === tag.responseFormat1) return options.value.length > 2 ? options.value.subarray(2) : null;
  if (options.tag !== tag.responseFormat2) return null;
  const parts = childrenOf(options, 'zeros');
  if (!parts.ok) return null;
  const profile = parts.value.filter((part) => part.tag === tag.applicationInterchangeProfile);
  const locator = parts.value.filter((part) => part.tag === tag.applicationFileLocator);
  return profile.length === 1 && profile[0]?.value.length === 2 && locator.length === 1 ? (locator[0]?.value ?? null) : null;
}

/** Null for anything that Book 3 §10.2 tells a terminal to end at. */
export function parseLocator(bytes: Buffer): readonly RecordRange[] | null {
  if (bytes.length === 0 || bytes.length % 4 !== 0 || bytes.length > 4 * limits.aflEntries) return null;
  const ranges: RecordRange[] = [];
  let records = 0;
  for (let at = 0; at < bytes.length; at += 4) {
    const [head, first, last, signed] = [bytes.readUInt8(at), bytes.readUInt8(at + 1), bytes.readUInt8(at + 2), bytes.readUInt8(at + 3)];
    const shortFileId = head >> 3;
    // Files above 10 are not EMV's: their records have no fixed form.
    if ((head & 0x07) !== 0 || shortFileId < 1 || shortFileId > 10) return null;
    if (first === 0 || first > last || signed > last - first + 1) return null;
    records += last - first + 1;
    ranges.push({ shortFileId, first, last });
  }
  return records > limits.records ? null : ranges;
}
