import { describe, expect, it } from 'vitest';
import { parseTlv, parseTlvs } from '#libs/iso7816/ber-tlv.js';
import type { Tlv } from '#libs/iso7816/ber-tlv.js';
import { sha256, toHex } from '#libs/std/bytes.js';
import { fixtureCard } from './fixture.js';
import type { IdCard } from './id-card.js';
import { matchingNumberB } from './matching-number.js';

const text = '00A4040C0AD3921000310001010408';
const common = '00A4040C0AD3921000310001010100';

function send(card: IdCard, ...commands: string[]): string {
  const answers = commands.map((command) => toHex(card.transmit(Buffer.from(command, 'hex'))));
  return answers.at(-1) ?? '';
}

function verifyWith(reference: string, shortId: string): string {
  const data = Buffer.from(reference, 'latin1');
  return `002000${shortId}${data.length.toString(16).padStart(2, '0')}${toHex(data)}`;
}

describe('券面事項入力補助AP', () => {
  // The vector of card-and-pki §5 (synthetic person of a test card).
  const basicFour =
    'FF2065DF2108000E002000590064DF220FE9BB92E6A190E38080E5B9B9E4B99FDF2336E69DB1E4BAACE983BDE6B885E780ACE5B882E8A6B3E5B883E5AD90E58D97EFBC91EFBC92EFBC8DEFBC97EFBC8DEFBC92EFBC90EFBC92DF24083139383030323137DF250131';

  it('gives number and basic four data to the PIN, byte for byte', () => {
    const card = fixtureCard();
    expect(send(card, text, '00B0810000')).toBe('6982');
    expect(send(card, verifyWith('5678', '91'), '00B0810000')).toBe('FF100C353337363836363737313838FFFF9000');
    expect(send(card, '00B0820000')).toBe(`${basicFour}9000`);
  });

  it('gives number A the number only, number B the basic four only', () => {
    const withA = fixtureCard();
    expect([send(withA, text, verifyWith('537686677188', '94'), '00B0810003'), send(withA, '00B0820004')]).toEqual(['FF100C9000', '6982']);
    const withB = fixtureCard();
    expect([send(withB, text, verifyWith('55021720352285', '95'), '00B0820003'), send(withB, '00B0810004')]).toEqual([
      'FF20659000',
      '6982',
    ]);
  });

  it('is shipped with one PIN blocked', () => {
    const card = fixtureCard();
    expect([send(card, text, '00200092'), send(card, verifyWith('0000', '92')), send(card, '00200094')]).toEqual(['63C0', '6984', '63CA']);
  });

  it('signs the digests of both files with a key certified on the card', () => {
    const card = fixtureCard();
    const signature = Buffer.from(send(card, text, verifyWith('5678', '91'), '00B08300000000'), 'hex').subarray(0, -2);
    expect(signature.length).toBe(336);
    const outer = parseTlv(signature);
    const [number, four, signed] = parts(outer);
    expect(number && toHex(number.value)).toBe(toHex(sha256(Buffer.from('FF100C353337363836363737313838FFFF', 'hex'))));
    expect(four && toHex(four.value)).toBe(toHex(sha256(Buffer.from(basicFour.slice(basicFour.indexOf('DF220F')), 'hex'))));
    expect(signed?.value.length).toBe(256);
    expect(send(card, '00B0840009')).toBe('7F218202335F4E82019000');
    expect(send(card, '00B08400000000').length).toBe(2 * (568 + 2));
  });

  it('lets its key sign without a PIN, and refuses secure messaging', () => {
    const card = fixtureCard();
    expect(send(card, text, '00A4020C020013', '802A0000040102030400').length).toBe(516);
    expect([send(card, '0CB0810000'), send(card, '0C20009100'), send(card, '0CA4020C020001'), send(card, '80AE000000')]).toEqual([
      '69FC',
      '69FC',
      '6882',
      '6982',
    ]);
  });
});

describe('共通カードAP', () => {
  it('gives its record to its PIN', () => {
    const card = fixtureCard();
    expect([send(card, common, '00B2010C00'), send(card, '00A4020C020001', '00B2010400')]).toEqual(['6982', '6982']);
    const record = `011C${toHex(Buffer.from('4000000127198431322120350217'))}9000`;
    expect(send(card, verifyWith('9012', '9C'), '00B2010C00')).toBe(record);
    expect(send(card, '00B2010400')).toBe(record);
    expect([send(card, '00B2020400'), send(card, '00B2000400'), send(card, '00B2010500'), send(card, '00B0810000')]).toEqual([
      '6A83',
      '6A83',
      '6A86',
      '6981',
    ]);
  });

  it('authenticates itself without a PIN, and only here', () => {
    const card = fixtureCard();
    expect(send(card, common, '0088009908010203040506070800').length).toBe(516);
    expect(send(card, text, '00880099010100')).toBe('6A88');
  });
});

describe('issuer security domain', () => {
  it('answers GET DATA, GET CHALLENGE and refuses channels and terminal keys', () => {
    const card = fixtureCard();
    expect(send(card, '00CA00F000')).toBe(`${toHex(Buffer.from('13221'))}9000`);
    expect(send(card, '00CA00F200')).toBe(`${toHex(Buffer.from('20350217'))}9000`);
    expect([send(card, '00CA5F5100'), send(card, '00CA00F201'), send(card, '00CA004200')]).toEqual([
      'E000FF8131FE45149000',
      '6700',
      '6A88',
    ]);
    expect(send(card, text, '00CA00F000')).toBe('6A88');
    expect([send(card, '0084000008').length, send(card, '0084000000').length, send(card, '00840000000008')]).toEqual([20, 516, '6985']);
    expect([send(card, '0120008000'), send(card, '80A206C1020101'), send(card, '80A20000020101'), send(card, 'A0A4000000')]).toEqual([
      '6881',
      '6700',
      '6A86',
      '6E00',
    ]);
  });
});

it('makes 照合番号B in the era of birth', () => {
  const card = { expiry: '20350217', securityCode: '2285' };
  expect(matchingNumberB('19800217', card)).toBe('55021720352285');
  expect(matchingNumberB('20190430', card)).toBe('31043020352285');
  expect(matchingNumberB('20190501', card)).toBe('01050120352285');
});

function parts(outer: ReturnType<typeof parseTlv>): readonly Tlv[] {
  const inner = outer.ok ? parseTlvs(outer.value.value) : outer;
  return inner.ok ? inner.value : [];
}
