// The host's side of the interface, told by a kiosk that keeps no rules.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepAliveFrame } from '#libs/iso8583/framing.js';
import { findText, type Message } from '#libs/iso8583/message.js';
import { purchaseMessage, reversalMessage } from '../../apps/kiosk/src/host-link/messages.js';
import { Purchases, TestBank, until } from './branch.js';
import { changed, frameOf, RawHost, read } from './raw-host.js';

const terminal = { kiosk: 'KSK00001', branch: 'BANK9999BR00001', acquirer: '9999' };

let bank: TestBank;
let host: RawHost;
let purchases: Purchases;

beforeEach(async () => {
  bank = await TestBank.start();
  await bank.openAccount(1_000);
  host = await RawHost.open(bank.port);
  purchases = new Purchases();
});

afterEach(async () => {
  host.close();
  await bank.close();
});

const codeOf = (answer: Message): string | null => findText(answer, 39);
const aPurchase = (amountYen = 300): Message => purchaseMessage(terminal, purchases.next(amountYen));

describe('without sign-on', { timeout: 30_000 }, () => {
  it('a purchase and a reversal are answered 91 and do nothing', async () => {
    const purchase = purchases.next(300);
    expect(codeOf(await host.say(purchaseMessage(terminal, purchase)))).toBe('91');
    expect(codeOf(await host.say(reversalMessage(terminal, purchases.reversalOf(purchase), '0420')))).toBe('91');
    // Nothing was remembered either: signed on, the same purchase is new.
    await host.signOn();
    expect(codeOf(await host.say(purchaseMessage(terminal, purchase)))).toBe('00');
  });

  it('signing off ends it', async () => {
    await host.signOn();
    const signOff = read(Buffer.from('0800822000000080000004000000000000001122013000000002' + '4B534B3030303031' + '0002', 'hex'));
    expect(codeOf(await host.say(signOff))).toBe('00');
    expect(codeOf(await host.say(aPurchase()))).toBe('91');
  });
});

describe('duplicates', { timeout: 30_000 }, () => {
  beforeEach(() => host.signOn());

  it('of the same content get the same bytes, and post once', async () => {
    const frame = frameOf(aPurchase());
    host.write(frame);
    const first = await host.next();
    host.write(frame);
    expect(await host.next()).toEqual(first);
    expect(codeOf(read(first))).toBe('00');
    expect(await bank.balanceYen()).toBe(700);
  });

  it('of other content are refused with 94', async () => {
    const purchase = aPurchase(300);
    await host.say(purchase);
    expect(codeOf(await host.say(changed(purchase, { 4: '000000000301' })))).toBe('94');
    expect(await bank.balanceYen()).toBe(700);
  });

  it('that are in one segment with their first are told apart all the same', async () => {
    const frame = frameOf(aPurchase());
    host.write(Buffer.concat([frame, keepAliveFrame, frame]));
    expect(await host.next()).toEqual(await host.next());
    expect(await bank.balanceYen()).toBe(700);
  });
});

describe('reversals', { timeout: 30_000 }, () => {
  beforeEach(() => host.signOn());

  it('before their original are answered 25, and the original is declined when it comes', async () => {
    const purchase = purchases.next(300);
    const reversal = reversalMessage(terminal, purchases.reversalOf(purchase), '0420');
    expect(codeOf(await host.say(reversal))).toBe('25');
    expect(codeOf(await host.say(purchaseMessage(terminal, purchase)))).toBe('05');
    expect(codeOf(await host.say({ ...reversal, mti: '0421' }))).toBe('25');
    expect(await bank.balanceYen()).toBe(1_000);
  });

  it('of a part are refused with 13', async () => {
    const purchase = purchases.next(300);
    await host.say(purchaseMessage(terminal, purchase));
    const part = reversalMessage(terminal, purchases.reversalOf({ ...purchase, amountYen: 100 }), '0420');
    expect(codeOf(await host.say(part))).toBe('13');
    expect(await bank.balanceYen()).toBe(700);
  });

  it.each([
    ['another kiosk', { 41: 'KSK00002' }],
    ['another reference number', { 37: '632601999999' }],
    ['another time', { 90: '02000000011231235959' + '00000009999' + '00000000000' }],
  ])('that name %s do not find it', async (_name, changes) => {
    const purchase = purchases.next(300);
    await host.say(purchaseMessage(terminal, purchase));
    const reversal = changed(reversalMessage(terminal, purchases.reversalOf(purchase), '0420'), changes);
    expect(codeOf(await host.say(reversal))).toBe('25');
    expect(await bank.balanceYen()).toBe(700);
  });

  it('without a known reason, or of something else than a 0200, are format errors', async () => {
    const purchase = purchases.next(300);
    await host.say(purchaseMessage(terminal, purchase));
    const noReason = reversalMessage(terminal, purchases.reversalOf(purchase), '0420');
    expect(codeOf(await host.say(changed(noReason, { 39: '99' })))).toBe('30');
    const ofAReversal = reversalMessage(terminal, purchases.reversalOf(purchase), '0420');
    const original = String(ofAReversal.fields.get(90)).replace(/^0200/, '0420');
    expect(codeOf(await host.say(changed(ofAReversal, { 90: original })))).toBe('30');
  });
});

describe('a purchase', { timeout: 30_000 }, () => {
  beforeEach(() => host.signOn());

  it.each([
    ['without a track 2', { 35: undefined }, '30'],
    ['with an ICC field that nobody would check', { 55: Buffer.from('9F270180', 'hex') }, '30'],
    ['with a MAC that nobody would check', { 64: Buffer.alloc(8) }, '30'],
    ['with another account in track 2', { 35: '9392999900000027D99122010000000' }, '30'],
    ['with another sequence number', { 23: '001' }, '14'],
    ['of nothing', { 4: '000000000000' }, '13'],
    ['in another currency', { 49: '840' }, '12'],
    ['of another kind', { 3: '010000' }, '12'],
    ['from a stripe', { 22: '021' }, '12'],
    ['with half a KSN', { 53: Buffer.alloc(5) }, '96'],
  ])('%s is refused', async (_name, changes, code) => {
    expect(codeOf(await host.say(changed(aPurchase(), changes)))).toBe(code);
    expect((await bank.ledger()).lines).toHaveLength(2);
  });
});

describe('the line', { timeout: 30_000 }, () => {
  it('may come byte by byte', async () => {
    await host.signOn();
    for (const byte of frameOf(aPurchase())) host.write(Buffer.from([byte]));
    expect(codeOf(read(await host.next()))).toBe('00');
  });

  it.each([
    ['a frame above the cap', Buffer.from('FFFF', 'hex')],
    ['a frame that is no message', Buffer.from('000401020304', 'hex')],
    ['an answer in place of a request', frameOf({ mti: '0210', fields: new Map() })],
  ])('is closed after %s, and the bank goes on', async (_name, bytes) => {
    host.write(bytes);
    await until(() => host.closed);
    const another = await RawHost.open(bank.port);
    await another.signOn();
    expect(codeOf(await another.say(aPurchase()))).toBe('00');
    another.close();
  });
});
