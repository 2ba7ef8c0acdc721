import { describe, expect, it } from 'vitest';
import { fillDol, parseDol } from './dol.js';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');

describe('a data object list', () => {
  it('is tags and lengths', () => {
    expect(parseDol(hex('9F1A0295055F2A02'))).toEqual({
      ok: true,
      value: [
        { tag: 0x9f1a, length: 2 },
        { tag: 0x95, length: 5 },
        { tag: 0x5f2a, length: 2 },
      ],
    });
  });

  it.each(['9F1A', '9F', '95', '0005', '9580'])('is refused when it is %s', (text) => {
    expect(parseDol(hex(text)).ok).toBe(false);
  });

  it('is filled: numbers from the right, other data from the left, the unknown with zeros', () => {
    const entries = [1, 2, 3, 4, 5].map((tag) => ({ tag, length: 3 }));
    const values = new Map([
      [1, { format: 'n', value: hex('0392') }],
      [2, { format: 'n', value: hex('11223344') }],
      [3, { format: 'b', value: hex('AABB') }],
      [4, { format: 'b', value: hex('AABBCCDD') }],
    ] as const);
    expect(fillDol(entries, values)).toEqual(hex('000392' + '223344' + 'AABB00' + 'AABBCC' + '000000'));
  });
});
