// A cursor that cannot leave its bytes. The first fault sticks: from then on every
// read yields nothing, so the decoder needs one check at each loop and no exception.
import { limits } from './limits.js';
import type { IppFault, IppFaultCode } from './message.js';

export class Reader {
  #offset = 0;
  #fault: IppFault | null = null;
  #values = 0;

  constructor(private readonly bytes: Buffer) {}

  get fault(): IppFault | null {
    return this.#fault;
  }

  get offset(): number {
    return this.#offset;
  }

  fail(code: IppFaultCode): void {
    this.#fault ??= { code, offset: this.#offset };
  }

  /** `length` octets; an empty buffer once a fault stands. */
  take(length: number): Buffer {
    if (this.#fault !== null) return Buffer.alloc(0);
    if (length > this.bytes.length - this.#offset) {
      this.fail('truncated');
      return Buffer.alloc(0);
    }
    if (this.#offset + length > limits.headerBytes) {
      this.fail('too-large');
      return Buffer.alloc(0);
    }
    this.#offset += length;
    return this.bytes.subarray(this.#offset - length, this.#offset);
  }

  u8(): number {
    return this.take(1).at(0) ?? 0;
  }

  u16(): number {
    const octets = this.take(2);
    return octets.length === 2 ? octets.readUInt16BE() : 0;
  }

  i32(): number {
    const octets = this.take(4);
    return octets.length === 4 ? octets.readInt32BE() : 0;
  }

  /** A SIGNED-SHORT length and that many octets (RFC 8010 §3.1.4). */
  counted(): Buffer {
    const length = this.u16();
    if (length > limits.valueBytes) {
      this.fail('bad-length');
      return Buffer.alloc(0);
    }
    return this.take(length);
  }

  /** The next octet without taking it; null at the end or after a fault. */
  peek(): number | null {
    if (this.#fault !== null) return null;
    return this.bytes.at(this.#offset) ?? null;
  }

  /** The name-length behind the tag that comes next; null when there is none. */
  peekNameLength(): number | null {
    if (this.#fault !== null || this.#offset + 3 > this.bytes.length) return null;
    return this.bytes.readUInt16BE(this.#offset + 1);
  }

  countValue(): void {
    this.#values += 1;
    if (this.#values > limits.valuesPerMessage) this.fail('too-many-values');
  }

  /** What lies behind the attributes: the document. Not limited here. */
  rest(): Buffer {
    return this.bytes.subarray(this.#offset);
  }
}
