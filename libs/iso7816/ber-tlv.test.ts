import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '#libs/std/bytes.js';
import { childrenOf, encodeTlv, findTlv, parseFirstTlv, parseTlv, parseTlvs } from './ber-tlv.js';
import type { TlvPadding } from './ber-tlv.js';

function bytes(hex: string): Buffer {
  return fromHex(hex) ?? Buffer.alloc(0);
}

describe('reading', () => {
  it('reads the personal number of a My Number Card and leaves its filler', () => {
    const parsed = parseFirstTlv(bytes('FF100C353337363836363737313838FFFF'));
    expect(parsed.ok && [parsed.value.tlv.tag, parsed.value.tlv.value.toString('ascii'), toHex(parsed.value.rest)]).toEqual([
      0xff10,
      '537686677188',
      'FFFF',
    ]);
  });

  it('finds an object in a template', () => {
    const fci = parseTlvs(bytes('6F118408A000000151000000A5059F65020102'));
    expect(fci.ok).toBe(true);
    if (!fci.ok) return;
    const found = findTlv(fci.value, 0x9f65);
    expect(found.ok && found.value !== null && toHex(found.value.value)).toBe('0102');
    expect(findTlv(fci.value, 0x9f66)).toEqual({ ok: true, value: null });
  });

  it('skips zeros only where it is told to', () => {
    expect(parseTlvs(bytes('005001AA00'), 'zeros')).toMatchObject({ ok: true, value: [{ tag: 0x50 }] });
    expect(parseTlvs(bytes('005001AA00'))).toMatchObject({ ok: false, error: { code: 'tlv-tag-malformed' } });
  });

  it.each([
    ['', 'tlv-truncated'],
    ['9F', 'tlv-truncated'],
    ['50', 'tlv-truncated'],
    ['5002AA', 'tlv-truncated'],
    ['5082', 'tlv-truncated'],
    ['5080AA0000', 'tlv-indefinite-length'],
    ['508500000000010A', 'tlv-length-too-long'],
    ['9F8001AA', 'tlv-tag-malformed'],
    ['9F81818101AA', 'tlv-tag-malformed'],
    ['FFFF', 'tlv-truncated'],
    ['5001AABB', 'tlv-trailing-bytes'],
  ])('refuses %s', (hex, code) => {
    expect(parseTlv(bytes(hex))).toMatchObject({ ok: false, error: { code } });
  });

  it('does not open a primitive object, nor a broken template', () => {
    const primitive = parseTlv(bytes('5001AA'));
    expect(primitive.ok && childrenOf(primitive.value)).toMatchObject({ ok: false, error: { code: 'tlv-not-constructed' } });
    const broken = parseTlvs(bytes('6F028405'));
    expect(broken.ok && findTlv(broken.value, 0x99)).toMatchObject({ ok: false, error: { code: 'tlv-truncated' } });
  });

  it('ends on a bomb of templates', () => {
    let nested: Buffer = Buffer.alloc(0);
    for (let depth = 0; depth < 40; depth++) nested = encodeTlv(0x6f, nested);
    const parsed = parseTlvs(nested);
    expect(parsed.ok && findTlv(parsed.value, 0x50)).toMatchObject({ ok: false, error: { code: 'tlv-too-deep' } });
  });
});

describe('properties', () => {
  const tag = fc.constantFrom(0x50, 0x4f, 0x6f, 0x9f26, 0xbf0c, 0x7f21, 0xdf8101, 0xff10, 0xdf33);

  it('reads what it wrote', () => {
    const objects = fc.array(fc.tuple(tag, fc.uint8Array({ maxLength: 400 })), { maxLength: 6 });
    fc.assert(
      fc.property(objects, (list) => {
        const parsed = parseTlvs(Buffer.concat(list.map(([t, v]) => encodeTlv(t, v))));
        expect(parsed.ok && parsed.value.map((o) => [o.tag, toHex(o.value)])).toEqual(list.map(([t, v]) => [t, toHex(v)]));
      }),
    );
  });

  it('refuses every proper prefix of one object', () => {
    fc.assert(
      fc.property(tag, fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.nat(), (t, v, cut) => {
        const whole = encodeTlv(t, v);
        expect(parseTlv(whole.subarray(0, cut % whole.length)).ok).toBe(false);
      }),
    );
  });

  it('reads arbitrary bytes as objects or a typed fault', () => {
    function outcome(raw: Uint8Array, padding: TlvPadding): string {
      const parsed = parseTlvs(raw, padding);
      if (!parsed.ok) return parsed.error.code;
      const found = findTlv(parsed.value, 0x50, padding);
      return found.ok ? 'tlv-value' : found.error.code;
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('refuse' as const, 'zeros' as const), (raw, padding) => {
        expect(outcome(raw, padding)).toMatch(/^tlv-/);
      }),
    );
  });
});
