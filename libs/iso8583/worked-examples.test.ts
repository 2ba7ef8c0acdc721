// The worked examples of the host interface, byte by byte, and the public message of the
// jPOS guide. They carry DE55 and a MAC, so they are messages of profile version 2.
import { describe, expect, it } from 'vitest';
import { toHex } from '#libs/std/bytes.js';
import { decode, encode } from './codec.js';
import { encodeFrame, FrameReader } from './framing.js';
import { findBytes, getBytes, getText, type Message } from './message.js';
import { decodeOriginalData, encodeOriginalData } from './original-data.js';
import { checkProfile } from './profile.js';

const purchaseFrame =
  '00F70200723806C128C09A0116939299990000001900000000000000030011220130000000011030001122005100000212049999319392999900000019D3012201000000003633323630313030303030314B534B303030303142414E4B3939393942523030303031333932451878BDDCD208D110FFFF9876543210E0000101139F2608872B4DB380AF37FA9F2701809F100706011203A0B8009F3704112233449F36020001950580000480009A032611229C01009F02060000000003005F2A020392820218009F1A0203929F03060000000000009F33036040209F34030203009F3501148407F00000000100015F3401007839EFE25488199C';
const answerFrame =
  '00700210723A00010EC0820116939299990000001900000000000000030011220130000000011030001122112404999936333236303130303030303141303030303030304B534B303030303142414E4B3939393942523030303031333932001091083E51C32200820000F5D59DC35B1F585B';
const reversalFrame =
  '008B0420F23800810EC088000000004000000001169392999900000019000000000000000300112201304500000210304511220204999936333236303130303030303141303030303132324B534B303030303142414E4B393939394252303030303133393210FFFF9876543210E0000202000000011122013000000000099990000000000038E02A47F288211C';

function read(frameHex: string): Message {
  const payloads = new FrameReader().push(Buffer.from(frameHex, 'hex'));
  if (!payloads.ok || payloads.value.length !== 1) throw new Error('not one frame');
  const decoded = decode(payloads.value[0] ?? Buffer.alloc(0));
  if (!decoded.ok) throw new Error(`${decoded.error.code} in DE${decoded.error.field}`);
  return decoded.value;
}

function written(message: Message): string {
  const bytes = encode(message);
  if (!bytes.ok) throw new Error(bytes.error.code);
  return toHex(encodeFrame(bytes.value));
}

describe('the worked 0200', () => {
  const message = read(purchaseFrame);

  it('says who pays how much', () => {
    expect(message.mti).toBe('0200');
    expect(getText(message, 2)).toBe('9392999900000019');
    expect(getText(message, 4)).toBe('000000000300');
    expect(getText(message, 22)).toBe('051');
    expect(getText(message, 23)).toBe('000');
    expect(getText(message, 32)).toBe('9999');
    expect(getText(message, 35)).toBe('9392999900000019D30122010000000');
    expect(getText(message, 37)).toBe('632601000001');
    expect(getText(message, 41)).toBe('KSK00001');
    expect(getText(message, 42)).toBe('BANK9999BR00001');
    expect(toHex(getBytes(message, 52))).toBe('451878BDDCD208D1');
    expect(toHex(getBytes(message, 53))).toBe('FFFF9876543210E00001');
    expect(toHex(getBytes(message, 64))).toBe('7839EFE25488199C');
  });

  it('keeps 9F33 as it was sent', () => {
    expect(toHex(getBytes(message, 55))).toContain('9F3303604020');
  });

  it('is written back byte for byte', () => expect(written(message)).toBe(purchaseFrame));

  it('is a message of version 2, and refused by version 1 for the DE55 that nobody would check', () => {
    expect(checkProfile(message, 2).ok).toBe(true);
    expect(checkProfile(message, 1)).toEqual({ ok: false, error: { code: 'unexpected-field', field: 55 } });
  });
});

describe('the worked 0210', () => {
  const message = read(answerFrame);

  it('approves on the business date of the Tuesday after the holiday', () => {
    expect(getText(message, 39)).toBe('00');
    expect(getText(message, 38)).toBe('A00000');
    expect(getText(message, 15)).toBe('1124');
    expect(toHex(getBytes(message, 55))).toBe('91083E51C32200820000');
    expect(checkProfile(message, 2).ok).toBe(true);
  });

  it('is written back byte for byte', () => expect(written(message)).toBe(answerFrame));
});

describe('the worked 0420', () => {
  const message = read(reversalFrame);

  it('names its original', () => {
    expect(decodeOriginalData(getText(message, 90))).toEqual({
      mti: '0200',
      stan: '000001',
      transmissionTime: '1122013000',
      acquirer: '9999',
    });
    expect(getText(message, 39)).toBe('22');
    expect(findBytes(message, 128)).not.toBeNull();
  });

  it('is written back byte for byte', () => expect(written(message)).toBe(reversalFrame));

  it('is no message of ours in any version: its DE2 would make the kiosk keep a PAN', () => {
    for (const version of [1, 2] as const) {
      expect(checkProfile(message, version)).toEqual({ ok: false, error: { code: 'unexpected-field', field: 2 } });
    }
  });
});

describe('public examples', () => {
  it('reads the 0800 of the jPOS guide', () => {
    const bytes = Buffer.from('080020200000008000000000000000013239313130303031', 'hex');
    const decoded = decode(bytes);
    expect(decoded.ok && [...decoded.value.fields]).toEqual([
      [3, '000000'],
      [11, '000001'],
      [41, '29110001'],
    ]);
    expect(decoded.ok && encode(decoded.value)).toEqual({ ok: true, value: bytes });
  });

  it('writes DE90 as the published test data have it', () => {
    const original = { mti: '0200', stan: '003316', transmissionTime: '0908064519', acquirer: '200' };
    expect(encodeOriginalData(original)).toBe('020000331609080645190000000020000000000000');
    expect(decodeOriginalData('020000331609080645190000000020000000000000')).toEqual(original);
    expect(decodeOriginalData('020000331609080645190000000020000000000001')).toBeNull();
  });
});
