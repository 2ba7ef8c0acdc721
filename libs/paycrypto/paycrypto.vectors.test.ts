// The published vectors: X9.24-1 by jPOS DUKPTTest.java, PIN block and IBM 3624 by psec.
import { describe, expect, it } from 'vitest';
import { toHex } from '#libs/std/bytes.js';
import { desEncrypt, isWeakDoubleLengthKey, keyCheckValue, tdesDecrypt, tdesEncrypt } from './des.js';
import { deriveInitialKey, deriveTransactionKey, pinEncipheringKey } from './dukpt.js';
import { naturalPin, pinOffset } from './ibm-3624.js';
import { encodePinBlock } from './pin-block.js';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const k0 = hex('0123456789ABCDEFFEDCBA9876543210');

describe('DES', () => {
  it('is single DES with a key twice (FIPS 81, table B1)', () => {
    const key = hex('0123456789ABCDEF');
    expect(toHex(desEncrypt(key, Buffer.from('Now is t')))).toBe('3FA40E8A984D4815');
  });

  it('is undone by its inverse, and shows the check value of K0', () => {
    const data = hex('00112233445566778899AABBCCDDEEFF');
    expect(tdesDecrypt(k0, tdesEncrypt(k0, data))).toEqual(data);
    expect(toHex(keyCheckValue(k0))).toBe('08D7B4');
  });

  it('knows a key whose halves are equal', () => {
    expect(isWeakDoubleLengthKey(hex('0123456789ABCDEF0123456789ABCDEF'))).toBe(true);
    expect(isWeakDoubleLengthKey(k0)).toBe(false);
  });

  it('takes whole blocks and double-length keys only', () => {
    expect(() => tdesEncrypt(k0, Buffer.alloc(7))).toThrow('tdes-data-not-whole-blocks');
    expect(() => tdesEncrypt(Buffer.alloc(8), Buffer.alloc(8))).toThrow('tdes-key-not-double-length');
  });
});

describe('TDES DUKPT', () => {
  const ik = deriveInitialKey(k0, hex('FFFF9876543210E00000'));

  it('derives the initial key, whatever the counter of the KSN', () => {
    expect(toHex(ik)).toBe('6AC292FAA1315B4D858AB3A3D7D5933A');
    expect(deriveInitialKey(k0, hex('FFFF9876543210FFFFFF'))).toEqual(ik);
  });

  it.each([
    ['E00001', '1B9C1845EB993A7A'],
    ['E00002', '10A01C8D02C69107'],
    ['E00003', '18DC07B94797B466'],
    ['E00008', '50E55547A5027551'],
    ['E0000F', 'B170F6E7F7F2F64A'],
    ['E00010', 'D5D9638559EF53D6'],
    ['EFF800', '33365F5CC6F23C35'],
    ['EFFC00', 'DEFC6F09F8927B71'],
    ['F00000', '73EC88AD0AC5830E'],
  ])('enciphers PIN 1234 of 4012345678909 at …%s', (tail, expected) => {
    const key = pinEncipheringKey(deriveTransactionKey(ik, hex(`FFFF9876543210${tail}`)));
    expect(toHex(tdesEncrypt(key, encodePinBlock(Buffer.from('1234'), '4012345678909')))).toBe(expected);
  });

  it('gives the PIN key and DE52 of the worked example', () => {
    const key = pinEncipheringKey(deriveTransactionKey(ik, hex('FFFF9876543210E00001')));
    expect(toHex(key)).toBe('042666B49184CF5C68DE9628D0397B36');
    const block = encodePinBlock(Buffer.from('1234'), '9392999900000019');
    expect(toHex(block)).toBe('04121D666FFFFFFE');
    expect(toHex(tdesEncrypt(key, block))).toBe('451878BDDCD208D1');
  });
});

describe('ISO 9564-1 format 0', () => {
  it.each([
    ['1234', '5555555551234567', '041261AAAAEDCBA9'],
    ['1234', '4012345678909', '041274EDCBA9876F'],
  ])('PIN %s, PAN %s', (pin, pan, block) => {
    expect(toHex(encodePinBlock(Buffer.from(pin), pan))).toBe(block);
  });

  it('holds five to twelve digits as well', () => {
    expect(toHex(encodePinBlock(Buffer.from('92389'), '4000000000000002')).slice(0, 2)).toBe('05');
    expect(toHex(encodePinBlock(Buffer.from('123456789012'), '4000000000000002')).slice(0, 2)).toBe('0C');
  });

  it.each(['123', '1234567890123', '12a4'])('never makes a block of %j', (pin) => {
    expect(() => encodePinBlock(Buffer.from(pin), '4000000000000002')).toThrow(/^pin-/);
  });

  it('never makes a block for a PAN without twelve digits and a check digit', () => {
    expect(() => encodePinBlock(Buffer.from('1234'), '123456789012')).toThrow('pan-not-13-to-19-digits');
  });
});

describe('IBM 3624', () => {
  it('gives natural PIN 4524 and offset 7710', () => {
    const input = { pvk: k0, decimalizationTable: '1234567890123456', validationData: '1122334455667788', length: 4 };
    const natural = naturalPin(input);
    expect(natural.toString()).toBe('4524');
    expect(pinOffset(Buffer.from('1234'), natural)).toBe('7710');
  });
});
