// A scripted card: each command has its one answer, and tests change one answer at a time.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeTlv } from '#libs/iso7816/ber-tlv.js';
import { toHex } from '#libs/std/bytes.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { hasCheckDigit, readCashCard, type CashCard } from './cash-card.js';
import type { CardChannel, CashCardFault } from './channel.js';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const tlv = (tag: number, ...parts: readonly Buffer[]): Buffer => encodeTlv(tag, Buffer.concat(parts));
const done = (data: Buffer): string => `${toHex(data)}9000`;

const aid = hex('F0000000010001');
const select = '00A4040007F000000001000100';
const options = '80A80000048302039200';
const record1 = '00B2011400';
const record2 = '00B2021400';

const track2 = tlv(0x57, hex('9392999900000019D30122010000000F'));
const pan = tlv(0x5a, hex('9392999900000019'));
const expires = tlv(0x5f24, hex('301231'));
const sequence = tlv(0x5f34, hex('01'));
const locator = tlv(0x94, hex('10010200'));
const profile = tlv(0x82, hex('1800'));

const good = {
  [select]: done(tlv(0x6f, tlv(0x84, aid), tlv(0xa5, tlv(0x50, hex('41')), tlv(0x9f38, hex('9F1A02'))))),
  [options]: done(tlv(0x77, profile, locator)),
  [record1]: done(tlv(0x70, track2, pan)),
  [record2]: done(tlv(0x70, expires, sequence)),
};

type Pulled = { readonly code: 'card-removed' };

function scripted(answers: Readonly<Record<string, string>>): CardChannel<Pulled> {
  return {
    transmit: (command): Promise<Result<Buffer, Pulled>> => {
      const answer = answers[toHex(command)] ?? '6A82';
      return Promise.resolve(answer === 'pulled' ? err({ code: 'card-removed' }) : ok(hex(answer)));
    },
  };
}

async function read(changes: Readonly<Record<string, string>>): Promise<Result<CashCard, CashCardFault<Pulled>>> {
  return readCashCard(scripted({ ...good, ...changes }), [aid]);
}

const expected = { pan: '9392999900000019', panSequence: '01', expires: '301231', track2: '9392999900000019D30122010000000' };

describe('a good card', () => {
  it('is read', async () => {
    expect(await read({})).toEqual({ ok: true, value: expected });
  });

  it.each([
    ['options of format 1', { [options]: done(tlv(0x80, hex('180010010200'))) }],
    ['no PDOL', { [select]: done(tlv(0x6f, tlv(0x84, aid), tlv(0xa5, tlv(0x50, hex('41'))))), '80A8000002830000': good[options] }],
    ['zeros between objects', { [record2]: done(tlv(0x70, hex('00'), expires, hex('0000'), sequence)) }],
    ['a fuller name than asked for', { [select]: done(tlv(0x6f, tlv(0x84, aid, hex('01')), tlv(0xa5, tlv(0x9f38, hex('9F1A02'))))) }],
    ['T=0: the answer waits', { [record1]: `61${(good[record1].length / 2 - 2).toString(16)}`, '00C000001E': good[record1] }],
    ['T=0: ask with the length', { [record1]: '6C1C', '00B201141C': good[record1] }],
  ])('with %s', async (_name, changes) => {
    expect(await read(changes)).toEqual({ ok: true, value: expected });
  });

  it('without a sequence number has 00', async () => {
    const card = await read({ [record2]: done(tlv(0x70, expires)) });
    expect(card).toEqual({ ok: true, value: { ...expected, panSequence: '00' } });
  });

  it('of the second name on the list is found', async () => {
    const other = hex('A0000000651010');
    expect((await readCashCard(scripted(good), [other, aid])).ok).toBe(true);
  });
});

describe('refused', () => {
  const broken = (detail: string): unknown => ({ code: 'malformed-card', detail });

  it.each<[string, Readonly<Record<string, string>>, unknown]>([
    ['a card without our application', { [select]: '6A82' }, { code: 'no-cash-application', detail: 'no-aid-of-the-list' }],
    ['a blocked application', { [select]: '6283' }, { code: 'application-blocked', detail: '6283' }],
    ['a blocked card', { [select]: '6A81' }, { code: 'card-blocked', detail: '6A81' }],
    ['conditions not satisfied', { [options]: '6985' }, { code: 'refused-by-card', detail: 'get-processing-options' }],
    ['a card pulled at SELECT', { [select]: 'pulled' }, { code: 'card-fault', cause: { code: 'card-removed' } }],
    ['a card pulled at a record', { [record2]: 'pulled' }, { code: 'card-fault', cause: { code: 'card-removed' } }],
    ['half a status word', { [options]: '90' }, broken('response-too-short')],
    ['a status word that is none', { [options]: '1234' }, broken('status-word-invalid')],
    ['GET RESPONSE for ever', { [record1]: '6110', '00C0000010': '6110' }, broken('get-response-without-end')],
    [
      'an FCI of another application',
      { [select]: done(tlv(0x6f, tlv(0x84, hex('A000000003')), tlv(0xa5))) },
      broken('fci-names-another-application'),
    ],
    ['an FCI without a name', { [select]: done(tlv(0x6f, tlv(0xa5))) }, broken('fci-incomplete')],
    ['bytes after the FCI', { [select]: good[select].replace(/9000$/, '009000') }, broken('fci')],
    ['a PDOL with half an entry', { [select]: done(tlv(0x6f, tlv(0x84, aid), tlv(0xa5, tlv(0x9f38, hex('9F1A'))))) }, broken('pdol')],
    ['options without AFL', { [options]: done(tlv(0x77, profile)) }, broken('processing-options')],
    ['an empty AFL', { [options]: done(tlv(0x80, hex('1800'))) }, broken('processing-options')],
    ['an AFL of five bytes', { [options]: done(tlv(0x80, hex('18001001020000'))) }, broken('application-file-locator')],
    ['an AFL that runs backwards', { [options]: done(tlv(0x80, hex('180010020100'))) }, broken('application-file-locator')],
    ['an AFL from record zero', { [options]: done(tlv(0x80, hex('180010000200'))) }, broken('application-file-locator')],
    ['an AFL that signs more than it names', { [options]: done(tlv(0x80, hex('180010010203'))) }, broken('application-file-locator')],
    ['an AFL of more records than a card holds', { [options]: done(tlv(0x80, hex('180010012100'))) }, broken('application-file-locator')],
    ['a record that is not there', { [record2]: '6A83' }, broken('record-not-there')],
    ['a record in another template', { [record2]: done(tlv(0x77, expires)) }, broken('record')],
    ['bytes after a record', { [record2]: good[record2].replace(/9000$/, 'FF9000') }, broken('record')],
    ['an object that comes twice', { [record2]: done(tlv(0x70, expires, pan)) }, broken('object-twice')],
    ['no account number', { [record1]: done(tlv(0x70, track2)) }, broken('account-number')],
    ['a wrong check digit', { [record1]: done(tlv(0x70, track2, tlv(0x5a, hex('9392999900000018')))) }, broken('account-number')],
    ['no expiration date', { [record2]: done(tlv(0x70, sequence)) }, broken('expiration-date')],
    ['a thirteenth month', { [record2]: done(tlv(0x70, tlv(0x5f24, hex('301331')))) }, broken('expiration-date')],
    ['no track 2', { [record1]: done(tlv(0x70, pan)) }, broken('track-2')],
    [
      'another account in track 2',
      { [record1]: done(tlv(0x70, tlv(0x57, hex('9392999900000027D3012201')), pan)) },
      broken('track-2-disagrees'),
    ],
    [
      'another expiry in track 2',
      { [record1]: done(tlv(0x70, tlv(0x57, hex('9392999900000019D3112201')), pan)) },
      broken('track-2-disagrees'),
    ],
  ])('%s', async (_name, changes, error) => {
    expect(await read(changes)).toEqual({ ok: false, error });
  });

  it('whatever bytes come, with a fault that quotes none of them', async () => {
    const place = fc.constantFrom(select, options, record1, record2);
    await fc.assert(
      fc.asyncProperty(place, fc.uint8Array({ maxLength: 40 }), async (command, bytes) => {
        const card = await read({ [command]: toHex(bytes) });
        const text = JSON.stringify(card.ok ? 'read' : card.error);
        expect(text).not.toContain('9392999900000019');
      }),
    );
  });
});

describe('the check digit', () => {
  it.each(['9392999900000019', '4242424242424242', '79927398713'])('of %s is right', (number) => expect(hasCheckDigit(number)).toBe(true));
  it.each(['9392999900000091', '4242424242424241'])('of %s is wrong', (number) => expect(hasCheckDigit(number)).toBe(false));
});
