// Data object lists: the card names tags and lengths, the terminal answers with the values
// run together (EMV 4.3 Book 3 §5.4).
import { parseTag } from '#libs/iso7816/ber-tlv.js';
import { err, ok, type Result } from '#libs/std/result.js';

/** Numeric data is cut on the left and padded there with zeros; other data on the right. */
export type DolValue = { readonly format: 'n' | 'b'; readonly value: Buffer };

export type DolEntry = { readonly tag: number; readonly length: number };

export function parseDol(bytes: Buffer): Result<readonly DolEntry[], 'malformed-dol'> {
  const entries: DolEntry[] = [];
  for (let at = 0; at < bytes.length;) {
    const parsed = parseTag(bytes, at);
    const length = parsed.ok ? bytes[parsed.value.next] : undefined;
    if (!parsed.ok || length === undefined || length >= 0x80) return err('malformed-dol');
    entries.push({ tag: parsed.value.tag, length });
    at = parsed.value.next + 1;
  }
  return ok(entries);
}

/** What the terminal does not know is zeros. */
export function fillDol(entries: readonly DolEntry[], values: ReadonlyMap<number, DolValue>): Buffer {
  return Buffer.concat(entries.map((entry) => fit(values.get(entry.tag), entry.length)));
}

function fit(known: DolValue | undefined, length: number): Buffer {
  const out = Buffer.alloc(length);
  if (known === undefined) return out;
  const { format, value } = known;
  if (format === 'b') value.copy(out, 0, 0, length);
  else if (value.length >= length) value.copy(out, 0, value.length - length);
  else value.copy(out, length - value.length);
  return out;
}
