import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tdesEncrypt } from '#libs/paycrypto/des.js';
import { deriveInitialKey, deriveTransactionKey, pinEncipheringKey, withCounter } from '#libs/paycrypto/dukpt.js';
import { encodePinBlock } from '#libs/paycrypto/pin-block.js';
import { openPinBlock } from './open-pin-block.js';
import { SecurityModule } from './security-module.js';

const bdk = Buffer.from('0123456789ABCDEFFEDCBA9876543210', 'hex');
const pvk = Buffer.from('112233445566778899AABBCCDDEEFF00', 'hex');
const pan = '9392999900000019';
const pad = Buffer.from('FFFF9876543210E00000', 'hex');

function enciphered(pin: string, counter: number, forPan = pan): { pinBlock: Buffer; ksn: Buffer } {
  const ksn = withCounter(pad, counter);
  const key = pinEncipheringKey(deriveTransactionKey(deriveInitialKey(bdk, ksn), ksn));
  return { pinBlock: tdesEncrypt(key, encodePinBlock(Buffer.from(pin), forPan)), ksn };
}

describe('the security module', () => {
  it('knows the right PIN from three hundred wrong ones', () => {
    const hsm = new SecurityModule(bdk, pvk);
    const offset = hsm.offsetFor(pan, Buffer.from('4071'));
    const right: string[] = [];
    let counter = 0;
    for (let pin = 3_900; pin < 4_200; pin++) {
      const text = String(pin).padStart(4, '0');
      counter++;
      while (counter.toString(2).replaceAll('0', '').length > 10) counter++;
      if (hsm.verifyPin({ pan, offset, ...enciphered(text, counter) }) === 'right') right.push(text);
    }
    expect(right).toEqual(['4071']);
  });

  it('refuses a PIN that only begins right', () => {
    const hsm = new SecurityModule(bdk, pvk);
    const offset = hsm.offsetFor(pan, Buffer.from('1234'));
    expect(hsm.verifyPin({ pan, offset, ...enciphered('12345', 1) })).toBe('wrong');
  });

  it('takes each KSN once, and none from before it', () => {
    const hsm = new SecurityModule(bdk, pvk);
    const offset = hsm.offsetFor(pan, Buffer.from('1234'));
    expect(hsm.verifyPin({ pan, offset, ...enciphered('1234', 2) })).toBe('right');
    expect(hsm.verifyPin({ pan, offset, ...enciphered('1234', 2) })).toBe('replayed');
    expect(hsm.verifyPin({ pan, offset, ...enciphered('1234', 1) })).toBe('replayed');
    expect(hsm.verifyPin({ pan, offset, ...enciphered('1234', 0) })).toBe('replayed');
    expect(hsm.verifyPin({ pan, offset, ...enciphered('1234', 3) })).toBe('right');
  });

  it('reads no block of another card, and none of random bytes', () => {
    const hsm = new SecurityModule(bdk, pvk);
    const offset = hsm.offsetFor(pan, Buffer.from('1234'));
    expect(hsm.verifyPin({ pan, offset, ...enciphered('1234', 1, '9392999900000027') })).toBe('unreadable');
    expect(hsm.verifyPin({ pan, offset, pinBlock: Buffer.alloc(8), ksn: withCounter(pad, 2) })).toBe('unreadable');
    expect(hsm.verifyPin({ pan, offset, pinBlock: Buffer.alloc(7), ksn: withCounter(pad, 3) })).toBe('unreadable');
  });

  it('comes back from its state with the same PINs and counters, and shows no key', () => {
    const before = new SecurityModule(bdk, pvk);
    const offset = before.offsetFor(pan, Buffer.from('1234'));
    before.verifyPin({ pan, offset, ...enciphered('1234', 7) });
    const state = before.state();
    const after = SecurityModule.restore(bdk, state);
    expect(after.verifyPin({ pan, offset, ...enciphered('1234', 7) })).toBe('replayed');
    expect(after.verifyPin({ pan, offset, ...enciphered('1234', 8) })).toBe('right');
    const shown = `${JSON.stringify(state)} ${inspect(after, { depth: 5, showHidden: true })}`.toUpperCase();
    expect(shown).not.toContain(pvk.toString('hex').toUpperCase());
    expect(shown).not.toContain(bdk.toString('hex').toUpperCase());
  });
});

describe('opening a block', () => {
  it('undoes making it, for every PIN and account number', () => {
    const digits = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
      fc.array(fc.nat(9), { minLength, maxLength }).map((all) => all.join(''));
    fc.assert(
      fc.property(digits(4, 12), digits(13, 19), (pin, number) => {
        expect(openPinBlock(encodePinBlock(Buffer.from(pin), number), number)?.toString()).toBe(pin);
      }),
    );
  });

  it.each([
    ['another format', '341234FFFFFFFFFF'],
    ['too short a PIN', '03123FFFFFFFFFFF'],
    ['too long a PIN', '0D1234567890123F'],
    ['a letter in the PIN', '04123AFFFFFFFFFF'],
    ['other filler', '041234FFFFFFFFF0'],
  ])('refuses %s', (_name, field) => {
    // A PAN of zeros leaves the field as it is.
    expect(openPinBlock(Buffer.from(field, 'hex'), '0000000000000')).toBeNull();
  });
});
