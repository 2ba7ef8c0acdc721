// ESC/POS octets read the way a strict printer would: only the commands of
// devices/receipt-printer/README.md, in an order that prints what was meant.
import type { ReceiptLine } from '#devices/receipt-printer/port.js';
import { limits } from './limits.js';

export type SlipEvent =
  | { readonly kind: 'status'; readonly of: 1 | 2 | 4 }
  | { readonly kind: 'cut'; readonly lines: readonly Required<ReceiptLine>[] }
  | { readonly kind: 'confirm' }
  | { readonly kind: 'violation'; readonly what: string };

const shiftJis = new TextDecoder('shift_jis', { fatal: true });
const alignments = ['left', 'center', 'right'] as const;

type Mode = {
  align: Required<ReceiptLine>['align'];
  size: Required<ReceiptLine>['size'];
  japan: boolean;
  shiftJis: boolean;
  kanji: boolean;
};

const fresh = (): Mode => ({ align: 'left', size: 'normal', japan: false, shiftJis: false, kanji: false });

/** Command octets → how many octets the whole command has. */
const lengths: Readonly<Record<string, number>> = {
  '1b40': 2,
  '1b52': 3,
  '1b61': 3,
  '1c43': 3,
  '1c26': 2,
  '1d21': 3,
  '1d56': 4,
  '1d72': 3,
};

export class SlipReader {
  #pending = Buffer.alloc(0);
  #text: number[] = [];
  #lines: Required<ReceiptLine>[] = [];
  #mode = fresh();
  #isBroken = false;

  read(octets: Buffer): readonly SlipEvent[] {
    if (this.#isBroken) return [];
    this.#pending = Buffer.concat([this.#pending, octets]);
    const events: SlipEvent[] = [];
    if (this.#pending.length > limits.slipBytes) events.push({ kind: 'violation', what: 'buffer-overrun' });
    while (this.#pending.length > 0 && events.at(-1)?.kind !== 'violation') {
      const length = this.#lengthOfNext();
      if (length === null || this.#pending.length < length) break;
      const next = this.#pending.subarray(0, length);
      this.#pending = this.#pending.subarray(length);
      const event = this.#take(next);
      if (event !== null) events.push(event);
    }
    this.#isBroken = events.at(-1)?.kind === 'violation';
    return events;
  }

  /** Null when more octets are needed to say. */
  #lengthOfNext(): number | null {
    const first = this.#pending.readUInt8();
    if (first === 0x10) return 3;
    if (first !== 0x1b && first !== 0x1c && first !== 0x1d) return isLead(first) ? 2 : 1;
    if (this.#pending.length < 2) return null;
    return lengths[this.#pending.subarray(0, 2).toString('hex')] ?? 2;
  }

  #take(octets: Buffer): SlipEvent | null {
    const first = octets.readUInt8();
    if (first === 0x10) return realTime(octets);
    if (first === 0x0a) return this.#endLine();
    if (first >= 0x20) {
      this.#text.push(...octets);
      return null;
    }
    return this.#command(octets.toString('hex'), octets.at(2) ?? 0);
  }

  #command(hex: string, parameter: number): SlipEvent | null {
    // ESC a and GS ! count from the beginning of a line.
    if (this.#text.length > 0) return { kind: 'violation', what: `${hex} inside a line` };
    const command = hex.slice(0, 4);
    if (hex === '1b40') this.#mode = fresh();
    else if (hex === '1b5208') this.#mode.japan = true;
    else if (hex === '1c4301') this.#mode.shiftJis = true;
    else if (hex === '1c26') this.#mode.kanji = true;
    else if (hex === '1d2100' || hex === '1d2111') this.#mode.size = parameter === 0 ? 'normal' : 'double';
    else if (hex === '1d564200') return this.#cut();
    else if (hex === '1d7201') return { kind: 'confirm' };
    else {
      const align = command === '1b61' ? alignments[parameter] : undefined;
      if (align === undefined) return { kind: 'violation', what: `unknown command ${hex}` };
      this.#mode.align = align;
    }
    return null;
  }

  #endLine(): SlipEvent | null {
    const octets = Buffer.from(this.#text);
    this.#text = [];
    const isJapanese = this.#mode.japan && this.#mode.shiftJis && this.#mode.kanji;
    if (!isJapanese && octets.some((octet) => octet >= 0x7f || octet === 0x5c))
      return { kind: 'violation', what: 'Japanese text outside Kanji mode' };
    try {
      const text = shiftJis.decode(octets).replaceAll('\\', '¥');
      this.#lines.push({ text, size: this.#mode.size, align: this.#mode.align });
      return null;
    } catch {
      return { kind: 'violation', what: 'no Shift_JIS' };
    }
  }

  #cut(): SlipEvent {
    const lines = this.#lines;
    this.#lines = [];
    return { kind: 'cut', lines };
  }
}

/** First octet of a two-octet character of Shift_JIS. */
function isLead(octet: number): boolean {
  return (octet >= 0x81 && octet <= 0x9f) || (octet >= 0xe0 && octet <= 0xfc);
}

function realTime(octets: Buffer): SlipEvent {
  const of = octets.at(2);
  if (octets.at(1) === 0x04 && (of === 1 || of === 2 || of === 4)) return { kind: 'status', of };
  return { kind: 'violation', what: `unknown command ${octets.toString('hex')}` };
}
