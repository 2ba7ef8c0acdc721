import { describe, expect, it } from 'vitest';
import { parseTlvs } from '#libs/iso7816/ber-tlv.js';
import { readCashCard } from '#libs/emv/cash-card.js';
import { toHex } from '#libs/std/bytes.js';
import { ok } from '#libs/std/result.js';
import type { VirtualCard } from '../virtual-card.js';
import { virtualCashCardAid } from './files.js';
import { createVirtualCashCard } from './virtual-cash-card.js';

const data = { label: 'cash-card', pan: '9392999900000019', panSequence: '00', expires: '301231' };
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const say = (card: VirtualCard, command: string): string => toHex(card.transmit(hex(command)));
const status = (card: VirtualCard, command: string): string => say(card, command).slice(-4);

const selectPse = '00A40400 0E 315041592E5359532E4444463031 00';
const selectCard = '00A40400 07 F0000000010001 00';
const getOptions = '80A80000 04 83020392 00';

describe('the virtual cash card', () => {
  it.each([1, 2] as const)('is read by the terminal, options in format %d', async (optionsFormat) => {
    const card = createVirtualCashCard({ ...data, optionsFormat });
    const channel = { transmit: (command: Uint8Array) => Promise.resolve(ok(card.transmit(Buffer.from(command)))) };
    expect(await readCashCard(channel, [virtualCashCardAid])).toEqual({
      ok: true,
      value: { pan: data.pan, panSequence: '00', expires: '301231', track2: '9392999900000019D30122010000000' },
    });
  });

  it('lists its application in the payment system environment', () => {
    const card = createVirtualCashCard(data);
    expect(say(card, selectPse)).toBe('6F15840E315041592E5359532E4444463031A5038801019000');
    const record = card.transmit(hex('00B2010C00'));
    expect(toHex(record)).toContain('4F07F0000000010001');
    expect(parseTlvs(record.subarray(0, -2)).ok).toBe(true);
    expect(status(card, '00B2020C00')).toBe('6A83');
  });

  it('answers by the order of things', () => {
    const card = createVirtualCashCard(data);
    expect(status(card, getOptions)).toBe('6985');
    expect(status(card, '00B2011400')).toBe('6985');
    expect(status(card, selectCard)).toBe('9000');
    expect(status(card, '00B2011400')).toBe('6985');
    expect(status(card, getOptions)).toBe('9000');
    expect(status(card, getOptions)).toBe('6985');
    expect(status(card, '00B2011400')).toBe('9000');
    expect(status(card, '00B2031400')).toBe('6A83');
    expect(status(card, '00B2012C00')).toBe('6A82');
    card.reset();
    expect(status(card, '00B2011400')).toBe('6985');
  });

  it.each([
    ['an unknown application', '00A40400 07 A0000000651010 00', '6A82'],
    ['the next occurrence', '00A40402 07 F0000000010001 00', '6A82'],
    ['selection by file id', '00A40000 02 3F00', '6A86'],
    ['GENERATE AC: no keys yet', '80AE8000 01 00 00', '6D00'],
    ["VERIFY: the PIN is the host's to check", '00200080 08 241234FFFFFFFFFF', '6D00'],
    ['another class', '90A40400 00', '6E00'],
    ['options without their command template', '80A80000 02 0392 00', '6A80'],
    ['no APDU', '00A4', '6700'],
    ['a length that is too small', '00B2011401', '6C1E'],
  ])('%s', (_name, command, expected) => {
    const card = createVirtualCashCard(data);
    card.transmit(hex(selectCard));
    const needsOptions = command.startsWith('00B2');
    card.transmit(hex(needsOptions ? getOptions : selectCard));
    expect(status(card, command)).toBe(expected);
  });

  it('has a T=1 ATR whose check byte is right', () => {
    const { atr } = createVirtualCashCard(data);
    expect(atr.subarray(1).reduce((sum, byte) => sum ^ byte, 0)).toBe(0);
  });
});
