// The signed records of the text AP (card-and-pki §5) and whose key each is checked with:
// the issuer's, certified in EF 0004, and under it the chip's own, of EF 0007 and 0013.
import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { childrenOf, parseTlv, type Tlv } from '#libs/iso7816/ber-tlv.js';
import { assert } from '#libs/std/assert.js';
import { sha256, toHex } from '#libs/std/bytes.js';
import { fixtureCard } from './fixture.js';
import type { IdCard } from './id-card.js';

const text = '00A4040C0AD3921000310001010408';
const pin = '002000910435363738';
const numberA = '002000940C353337363836363737313838';
const numberB = '002000950E3535303231373230333532323835';

function send(card: IdCard, ...commands: string[]): Buffer {
  const answers = commands.map((command) => card.transmit(Buffer.from(command, 'hex')));
  return answers.at(-1) ?? Buffer.alloc(0);
}

function read(card: IdCard, shortId: string): Buffer {
  return send(card, `00B0${shortId}00000000`).subarray(0, -2);
}

function outerOf(file: Buffer): Tlv {
  const outer = parseTlv(file);
  assert(outer.ok, 'one object');
  return outer.value;
}

function partsOf(file: Buffer): readonly Buffer[] {
  const children = childrenOf(outerOf(file));
  assert(children.ok, 'objects inside');
  return children.value.map(({ value }) => value);
}

/** `9003 010001`, `91820100` and 256 bytes. */
function keyOf(encoded: Buffer): KeyObject {
  expect(toHex(encoded.subarray(0, 9))).toBe('900301000191820100');
  expect(encoded.length).toBe(265);
  return createPublicKey({ key: { kty: 'RSA', e: 'AQAB', n: encoded.subarray(9).toString('base64url') }, format: 'jwk' });
}

function issuerOf(card: IdCard): KeyObject {
  const [body] = partsOf(read(card, '84'));
  return keyOf(body?.subarray(32) ?? Buffer.alloc(0));
}

describe('券面事項入力補助AP', () => {
  const card = fixtureCard();
  send(card, text, pin);

  it("has its digests signed by the issuer, not by the chip's own key", () => {
    const file = read(card, '83');
    expect(file.length).toBe(336);
    const [, , signature] = partsOf(file);
    expect(verify('sha256', file.subarray(5, 75), issuerOf(card), signature ?? Buffer.alloc(0))).toBe(true);
  });

  it('certifies the key that it signs with (EF 0007 is of EF 0013)', () => {
    const file = read(card, '87');
    expect(toHex(file.subarray(0, 5))).toBe('FF50820213');
    const [key, signature] = partsOf(file);
    assert(key !== undefined && signature !== undefined, 'a key and a signature');
    expect(verify('sha256', file.subarray(5, 5 + 5 + 265), issuerOf(card), signature)).toBe(true);
    const challenge = Buffer.from('a challenge');
    const digestInfo = `3031300D060960864801650304020105000420${toHex(sha256(challenge))}`;
    const answer = send(card, '00A4020C020013', `802A000033${digestInfo}00`).subarray(0, -2);
    expect(verify('sha256', challenge, keyOf(key), answer)).toBe(true);
    expect(verify('sha256', challenge, issuerOf(card), answer)).toBe(false);
  });

  it('shows the key for session keys (EF 0006), which is neither of the others, and the same each time', () => {
    const file = read(card, '86');
    expect(toHex(file.subarray(0, 4))).toBe('A1820109');
    const key = keyOf(outerOf(file).value);
    const others = [issuerOf(card), keyOf(partsOf(read(card, '87'))[0] ?? Buffer.alloc(0))];
    expect(others.some((other) => other.equals(key))).toBe(false);
    expect(read(card, '86').equals(file)).toBe(true);
  });

  it.each([
    ['the PIN', pin],
    ['number A', numberA],
    ['number B', numberB],
  ])('gives both to %s, and to nobody without', (_name, credential) => {
    const other = fixtureCard();
    const words = (): string[] => ['86', '87'].map((shortId) => toHex(send(other, `00B0${shortId}0004`).subarray(-2)));
    send(other, text);
    expect(words()).toEqual(['6982', '6982']);
    send(other, credential);
    expect(words()).toEqual(['9000', '9000']);
  });

  it('has no file 0005: the meaning of its longest object is not known', () => {
    expect(toHex(send(card, '00A4020C020005'))).toBe('6A82');
  });
});
