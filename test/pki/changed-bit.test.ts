// Every single bit of everything that comes from outside, turned over: nothing changed
// is ever accepted. Exhaustive, because most faults of readers live in one bit.
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { defaultCrlPolicy, judgeCrl, readCrl } from '#libs/pki/crl.js';
import { readTrustAnchors } from '#libs/pki/trust-list.js';
import { atMs, createWorld, goodCrlDer, goodResponse, verdict, type World } from './world.js';

// RSA keys take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let world: World;
let response: Buffer;
let list: Buffer;
beforeAll(async () => {
  world = await createWorld();
  response = goodResponse(world);
  list = goodCrlDer(world);
});

function judgeList(der: Buffer): string {
  const crl = readCrl(der, world.anchors);
  if (!crl.ok) return crl.error.code;
  const policy = { ...defaultCrlPolicy, kinds: ['resident-record'] };
  const judged = judgeCrl({ identity: world.identity, crl: crl.value, kind: 'resident-record', policy, atMs });
  return judged.ok ? 'good' : judged.error.code;
}

const subjects: Readonly<Record<string, { take: () => Buffer; judge: (bytes: Buffer) => string }>> = {
  certificate: { take: () => world.certificate, judge: (certificate) => verdict(world, { certificate, response }) },
  statement: { take: () => world.statement, judge: (statement) => verdict(world, { statement, response }) },
  "card's signature": { take: () => world.signature, judge: (signature) => verdict(world, { signature, response }) },
  'OCSP answer': { take: () => response, judge: (changed) => verdict(world, { response: changed }) },
  CRL: { take: () => list, judge: judgeList },
  'CA certificate': {
    take: () => world.authority.certificate,
    judge: (der) => (readTrustAnchors([der]).ok ? 'good' : 'trust-anchor-refused'),
  },
};

describe.each(Object.entries(subjects))('%s', (_name, { take, judge }) => {
  it('is good as it is', () => {
    expect(judge(take())).toBe('good');
  });

  it('is refused with any one bit changed', { timeout: 120_000 }, () => {
    const accepted: string[] = [];
    const bytes = Buffer.from(take());
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      flip(bytes, bit);
      if (judge(bytes) === 'good') accepted.push(`bit ${bit}`);
      flip(bytes, bit);
    }
    expect(accepted).toEqual([]);
  });

  it('is refused with any bytes cut out, put in or put over', { timeout: 120_000 }, () => {
    const original = take();
    const change = fc.record({
      at: fc.nat(original.length),
      cut: fc.nat(40),
      put: fc.uint8Array({ maxLength: 40 }),
    });
    const property = fc.property(change, ({ at, cut, put }) => {
      const changed = Buffer.concat([original.subarray(0, at), put, original.subarray(at + cut)]);
      return changed.equals(original) || judge(changed) !== 'good';
    });
    fc.assert(property, { numRuns: 1000, seed: 20_261_123 });
  });
});

function flip(bytes: Buffer, bit: number): void {
  bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
}
