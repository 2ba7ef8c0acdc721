// The wire between vpcd and a virtual card (card-and-pki §9): a length of two bytes, big
// endian, then as many bytes. One byte is a control code, more is an APDU or an ATR.
import { assert } from '#libs/std/assert.js';

export const control = { powerOff: 0x00, powerOn: 0x01, reset: 0x02, atr: 0x04 } as const;

export function encodeFrame(payload: Uint8Array): Buffer {
  assert(payload.length <= 0xffff, 'a frame holds at most 65535 bytes');
  const frame = Buffer.alloc(2 + payload.length);
  frame.writeUInt16BE(payload.length, 0);
  frame.set(payload, 2);
  return frame;
}

/** Bytes in as they arrive, whole payloads out. A stream that ends inside a frame simply gives no more. */
export function createFrameReader(onPayload: (payload: Buffer) => void): (chunk: Buffer) => void {
  let pending: Buffer = Buffer.alloc(0);
  return (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    while (pending.length >= 2) {
      const length = pending.readUInt16BE(0);
      if (pending.length < 2 + length) return;
      const payload = Buffer.from(pending.subarray(2, 2 + length));
      pending = pending.subarray(2 + length);
      onPayload(payload);
    }
  };
}
