// Le (ISO/IEC 7816-4 clause 5.1): exact, 00 or extended it may be, but an answer that does
// not fit into it is not given.
import { verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fromHex, sha256, toHex } from '#libs/std/bytes.js';
import { fixtureCard, fixturePublicKeys } from './fixture.js';
import type { IdCard } from './id-card.js';

const jpki = '00A4040C0AD392F000260100000001';
const common = '00A4040C0AD3921000310001010100';
const message = Buffer.from('to be signed');
const digestInfo = `3031300D060960864801650304020105000420${toHex(sha256(message))}`;

function send(card: IdCard, ...commands: string[]): string {
  const answers = commands.map((command) => toHex(card.transmit(Buffer.from(command, 'hex'))));
  return answers.at(-1) ?? '';
}

function signingCard(): IdCard {
  const card = fixtureCard();
  send(card, jpki, '002000980431323334', '00A4020C020017');
  return card;
}

const short = (le: string): string => `802A008033${digestInfo}${le}`;
const extended = (le: string): string => `802A0080000033${digestInfo}${le}`;

describe('a signature is given whole or not at all', () => {
  it.each([
    ['00', short('00')],
    ['extended 0100', extended('0100')],
    ['extended 0101', extended('0101')],
    ['extended 0000', extended('0000')],
  ])('to Le %s', (_name, command) => {
    const answer = send(signingCard(), command);
    expect(answer.slice(-4)).toBe('9000');
    const signature = fromHex(answer.slice(0, -4)) ?? Buffer.alloc(0);
    expect(signature.length).toBe(256);
    expect(verify('sha256', message, fixturePublicKeys().authentication, signature)).toBe(true);
  });

  it.each([
    ['01', short('01')],
    ['FF', short('FF')],
    ['absent', short('')],
    ['extended 0001', extended('0001')],
    ['extended 00FF', extended('00FF')],
    ['extended, absent', extended('')],
  ])('not to Le %s, and the card goes on', (_name, command) => {
    const card = signingCard();
    expect(send(card, command)).toBe('6700');
    expect(send(card, short('00')).length).toBe(516);
  });

  it.each(['00', '01', '02', '03', '04', '05'])('by scheme %s', (p1) => {
    const digest = `20${toHex(sha256(message))}`;
    expect(send(signingCard(), `802A${p1}80${digest}FF`)).toBe('6700');
    expect(send(signingCard(), `802A${p1}80${digest}00`).length).toBe(516);
  });

  it('and the PIN comes before its length', () => {
    expect(send(fixtureCard(), jpki, '00A4020C020017', short('01'))).toBe('6982');
  });
});

describe('what else a card answers', () => {
  it('INTERNAL AUTHENTICATE: whole or not at all', () => {
    const card = fixtureCard();
    send(card, common);
    expect(send(card, '0088009908010203040506070801')).toBe('6700');
    expect(send(card, '00880099080102030405060708FF')).toBe('6700');
    expect(send(card, '008800990000080102030405060708' + '00FF')).toBe('6700');
    expect(send(card, '0088009908010203040506070800').length).toBe(516);
    expect(send(card, '008800990000080102030405060708' + '0100').length).toBe(516);
  });

  it('control information: whole or not at all, and then nothing is selected', () => {
    const card = fixtureCard();
    const named = '00A404000AD392F000260100000001';
    expect([send(card, `${named}01`), send(card, `${named}0D`), send(card, '00A4020C020018')]).toEqual(['6700', '6700', '6A82']);
    expect(send(card, common, '00A4020C02001C')).toBe('9000');
    expect([send(card, `${named}0D`), send(card, '00A4020C02001C')]).toEqual(['6700', '9000']);
    expect(send(card, `${named}0E`)).toBe('6F0C840AD392F0002601000000019000');
    expect(send(card, '00A4020C020018')).toBe('9000');
    expect(send(card, named)).toBe('9000');
  });

  it('GET DATA: whole or not at all', () => {
    const card = fixtureCard();
    expect([send(card, '00CA00F204'), send(card, '00CA00F208'), send(card, '00CA00F200')]).toEqual([
      '6700',
      '32303335303231379000',
      '32303335303231379000',
    ]);
  });
});
