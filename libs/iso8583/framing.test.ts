import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFrame, FrameReader, keepAliveFrame } from './framing.js';

describe('framing', () => {
  it('gives the same messages however the stream is cut', () => {
    const payload = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(fc.array(payload, { maxLength: 5 }), fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1 }), (payloads, cuts) => {
        const stream = Buffer.concat(payloads.map(encodeFrame));
        const reader = new FrameReader();
        const seen: Buffer[] = [];
        for (let at = 0, turn = 0; at < stream.length; turn++) {
          const end = at + (cuts[turn % cuts.length] ?? 1);
          const read = reader.push(stream.subarray(at, end));
          if (!read.ok) throw new Error(read.error.code);
          seen.push(...read.value);
          at = end;
        }
        expect(seen).toEqual(payloads);
        expect(reader.pendingBytes).toBe(0);
      }),
    );
  });

  it('passes over keep-alives', () => {
    const reader = new FrameReader();
    const stream = Buffer.concat([keepAliveFrame, encodeFrame(Buffer.from('a')), keepAliveFrame, encodeFrame(Buffer.from('b'))]);
    expect(reader.push(stream)).toEqual({ ok: true, value: [Buffer.from('a'), Buffer.from('b')] });
  });

  it('takes 4096 bytes and refuses 4097 before they come', () => {
    expect(new FrameReader().push(encodeFrame(Buffer.alloc(4096, 1))).ok).toBe(true);
    expect(new FrameReader().push(Buffer.from('1001', 'hex'))).toEqual({ ok: false, error: { code: 'frame-too-long', length: 4097 } });
    expect(() => encodeFrame(Buffer.alloc(4097))).toThrow('frame-size');
  });

  it('says how much of a frame is missing its end', () => {
    const reader = new FrameReader();
    reader.push(Buffer.from('000A3132', 'hex'));
    expect(reader.pendingBytes).toBe(4);
  });
});
