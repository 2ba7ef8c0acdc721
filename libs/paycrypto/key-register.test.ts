import { describe, expect, it } from 'vitest';
import { toHex } from '#libs/std/bytes.js';
import { deriveInitialKey, deriveTransactionKey } from './dukpt.js';
import { KeyRegister, nextCounter } from './key-register.js';

const ksn = Buffer.from('FFFF9876543210E00000', 'hex');
const ik = deriveInitialKey(Buffer.from('0123456789ABCDEFFEDCBA9876543210', 'hex'), ksn);

function ones(value: number): number {
  return value.toString(2).replaceAll('0', '').length;
}

describe('the counter', () => {
  it('passes over values with more than ten one-bits, as in the published run', () => {
    expect(nextCounter(0)).toBe(1);
    expect(nextCounter(0x3ff)).toBe(0x400);
    expect(nextCounter(0x7fe)).toBe(0x800);
    expect(nextCounter(0xffc00)).toBe(0x100000);
  });

  it('visits every value of at most ten one-bits once, in order, and then ends', () => {
    let visited = 0;
    let last = 0;
    for (let at = nextCounter(0); at !== null; at = nextCounter(at)) {
      if (at <= last || ones(at) > 10) throw new Error(`wrong step to ${at}`);
      last = at;
      visited++;
    }
    // The sum of C(21, 1) … C(21, 10).
    expect(visited).toBe(1_048_575);
    expect(last).toBe(0x1ff800);
  });
});

describe('the register', () => {
  it('gives a new key for a new KSN each time, written down before', () => {
    const register = new KeyRegister(ik, ksn, 0);
    const written: number[] = [];
    const first = register.next((counter) => written.push(counter));
    const second = register.next((counter) => written.push(counter));
    expect(written).toEqual([1, 2]);
    expect(first.ok && toHex(first.value.ksn)).toBe('FFFF9876543210E00001');
    expect(second.ok && second.value.key).toEqual(deriveTransactionKey(ik, Buffer.from('FFFF9876543210E00002', 'hex')));
  });

  it('does not use a number that could not be written down, nor spend it', () => {
    const register = new KeyRegister(ik, ksn, 7);
    const full = (): never => {
      throw new Error('disk full');
    };
    expect(() => register.next(full)).toThrow('disk full');
    const after = register.next(() => undefined);
    expect(after.ok && after.value.counter).toBe(8);
  });

  it('refuses when exhausted or erased', () => {
    const register = new KeyRegister(ik, ksn, 0x1ff800);
    expect(register.isExhausted).toBe(true);
    expect(register.next(() => undefined)).toEqual({ ok: false, error: 'keys-exhausted' });
    const erased = new KeyRegister(ik, ksn, 3);
    erased.erase();
    expect(erased.next(() => undefined).ok).toBe(false);
  });
});
