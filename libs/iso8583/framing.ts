// How messages lie in a TCP stream: two bytes of length, big-endian binary, not counting
// themselves, then the message. Length zero is a keep-alive. Segments may split and merge
// frames in any way.
import { assert } from '#libs/std/assert.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { maxFrameBytes } from './limits.js';

const lengthBytes = 2;

export const keepAliveFrame: Buffer = Buffer.alloc(lengthBytes);

/** `payload` 1 to 4096 bytes. */
export function encodeFrame(payload: Buffer): Buffer {
  assert(payload.length > 0 && payload.length <= maxFrameBytes, 'frame-size');
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt16BE(payload.length);
  return Buffer.concat([length, payload]);
}

export type FramingFault = { readonly code: 'frame-too-long'; readonly length: number };

/** Collects a stream. After a fault the place in the stream is lost: close the connection. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  /** Bytes of a frame that has begun and not ended. */
  get pendingBytes(): number {
    return this.#rest.length;
  }

  /** The payloads that `chunk` completes, in order; keep-alives are left out. */
  push(chunk: Buffer): Result<readonly Buffer[], FramingFault> {
    let rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const payloads: Buffer[] = [];
    while (rest.length >= lengthBytes) {
      const length = rest.readUInt16BE();
      if (length > maxFrameBytes) return err({ code: 'frame-too-long', length });
      if (rest.length < lengthBytes + length) break;
      if (length > 0) payloads.push(Buffer.from(rest.subarray(lengthBytes, lengthBytes + length)));
      rest = rest.subarray(lengthBytes + length);
    }
    this.#rest = Buffer.from(rest);
    return ok(payloads);
  }
}
