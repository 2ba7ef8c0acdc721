// What is wrong with a JSON text (RFC 8259), and where. JSON.parse says neither place nor line in
// words one may show, takes the last of two members with one name, and rounds what it cannot
// hold; files that people write by hand deserve better. The value itself is JSON.parse's.
import { limits } from './limits.js';

export type JsonFault =
  | { readonly code: 'not-json'; readonly line: number; readonly column: number }
  | { readonly code: 'ends-too-early' }
  /** §4: the names within an object should be unique. `path` as in the file, e.g. `kiosks.0.id`. */
  | { readonly code: 'name-twice'; readonly path: string; readonly lines: readonly [number, number] }
  /** §6: good interoperability ends at 2^53 - 1. `written` as in the file. */
  | { readonly code: 'number-too-large'; readonly path: string; readonly line: number; readonly written: string };

/** Empty: it is JSON, each name once, each number as it is written. After a fault of the grammar nothing further is looked at. */
export function findJsonFaults(text: string): readonly JsonFault[] {
  return new Scan(text).faults;
}

class Scan {
  readonly faults: JsonFault[] = [];
  readonly #text: string;
  readonly #path: (string | number)[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    const isWhole = this.#value() && this.#at === text.length;
    if (isWhole) return;
    this.faults.push(this.#at >= text.length ? { code: 'ends-too-early' } : { code: 'not-json', ...this.#placeOf(this.#at) });
  }

  /** With the space around it. False: `#at` is where it stops being JSON. */
  #value(): boolean {
    this.#space();
    const begun = this.#text[this.#at];
    const read = begun === '{' ? this.#object() : begun === '[' ? this.#array() : begun === '"' ? this.#string() : this.#plain();
    if (read) this.#space();
    return read;
  }

  #object(): boolean {
    const seen = new Map<string, number>();
    return this.#list('}', () => {
      const from = this.#at;
      if (!this.#literal('"', true) || !this.#string()) return false;
      const name = String(JSON.parse(this.#text.slice(from, this.#at)));
      this.#path.push(name);
      const first = seen.get(name);
      if (first !== undefined) {
        const lines = [this.#placeOf(first).line, this.#placeOf(from).line] as const;
        this.faults.push({ code: 'name-twice', path: this.#path.join('.'), lines });
      }
      seen.set(name, first ?? from);
      this.#space();
      const read = this.#literal(':') && this.#value();
      this.#path.pop();
      return read;
    });
  }

  #array(): boolean {
    let index = 0;
    return this.#list(']', () => {
      this.#path.push(index++);
      const read = this.#value();
      this.#path.pop();
      return read;
    });
  }

  /** What stands between brackets, with its commas. */
  #list(end: string, item: () => boolean): boolean {
    if (this.#path.length >= limits.jsonDepth) return false;
    this.#at += 1;
    this.#space();
    if (this.#literal(end)) return true;
    do {
      this.#space();
      if (!item()) return false;
      this.#space();
    } while (this.#literal(','));
    return this.#literal(end);
  }

  #string(): boolean {
    this.#at += 1;
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at);
      if (this.#literal('"')) return true;
      if (this.#literal('\\')) {
        if (!this.#escaped()) return false;
      } else if (unit >= 0x20) this.#at += 1;
      else return false;
    }
  }

  #escaped(): boolean {
    if (!this.#literal('u')) return this.#match(/["\\/bfnrt]/y);
    return [1, 2, 3, 4].every(() => this.#match(/[0-9a-fA-F]/y));
  }

  #plain(): boolean {
    const word = ['true', 'false', 'null'].find((one) => one[0] === this.#text[this.#at]);
    return word === undefined ? this.#number() : word.split('').every((letter) => this.#literal(letter));
  }

  #number(): boolean {
    const from = this.#at;
    this.#literal('-');
    if (!this.#literal('0') && !this.#match(/[1-9]\d*/y)) return false;
    if (this.#literal('.') && !this.#match(/\d+/y)) return false;
    if (this.#match(/[eE]/y)) {
      this.#match(/[+-]/y);
      if (!this.#match(/\d+/y)) return false;
    }
    const written = this.#text.slice(from, this.#at);
    if (Math.abs(Number(written)) > Number.MAX_SAFE_INTEGER) {
      this.faults.push({ code: 'number-too-large', path: this.#path.join('.'), line: this.#placeOf(from).line, written });
    }
    return true;
  }

  #space(): void {
    this.#match(/[ \t\n\r]+/y);
  }

  /** `stays`: it is looked at only. */
  #literal(wanted: string, stays = false): boolean {
    const isThere = this.#text[this.#at] === wanted;
    if (isThere && !stays) this.#at += 1;
    return isThere;
  }

  #match(sticky: RegExp): boolean {
    sticky.lastIndex = this.#at;
    if (!sticky.test(this.#text)) return false;
    this.#at = sticky.lastIndex;
    return true;
  }

  #placeOf(offset: number): { line: number; column: number } {
    const lines = this.#text.slice(0, offset).split('\n');
    return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
  }
}
