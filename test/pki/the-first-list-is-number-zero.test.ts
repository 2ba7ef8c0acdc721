// CRLNumber ::= INTEGER (0..MAX), at most 20 octets (RFC 5280 §5.2.3): a CA may count its
// lists from zero. A negative number, and a number that is not written in its one way, is none.
import { beforeAll, expect, it, vi } from 'vitest';
import { defaultCrlPolicy, judgeCrl, readCrl } from '#libs/pki/crl.js';
import { element } from '#libs/pki/der-writer.js';
import { oids } from '#libs/pki/oids.js';
import { extension, resigned } from './forge.js';
import { atMs, createWorld, goodCrlDer, otherEntries, type World } from './world.js';

// RSA keys take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let world: World;
beforeAll(async () => {
  world = await createWorld();
});

function judge(der: Buffer): string {
  const crl = readCrl(der, world.anchors);
  if (!crl.ok) return crl.error.reason;
  const policy = { ...defaultCrlPolicy, kinds: ['resident-record'] };
  const judged = judgeCrl({ identity: world.identity, crl: crl.value, kind: 'resident-record', policy, atMs });
  return judged.ok ? 'good' : judged.error.reason;
}

/** A list whose CRLNumber has these content octets, in hex. */
function numbered(hex: string): Buffer {
  const value = element(0x02, Buffer.from(hex, 'hex'));
  return resigned(
    goodCrlDer(world),
    extension(oids.cRLNumber, (old) => ({ ...old, value })),
    world.authority.privateKey,
  );
}

it('a list that the CA numbers 0 is a list like any other', () => {
  expect(judge(goodCrlDer(world, otherEntries, { crlNumber: 0 }))).toBe('good');
  const revoked = { serial: Buffer.from('89abcdef01', 'hex'), revocationTimeMs: atMs - 1000, reason: 'superseded' } as const;
  expect(judge(goodCrlDer(world, [revoked], { crlNumber: 0 }))).toBe('revoked-superseded');
});

it.each([
  ['0', '00', 'good'],
  ['1', '01', 'good'],
  ['128', '0080', 'good'],
  ['of 20 octets', '7f'.repeat(20), 'good'],
  ['of 21 octets', `01${'00'.repeat(20)}`, 'crl-number'],
  ['-1', 'ff', 'der-integer-negative'],
  ['-128', '80', 'der-integer-negative'],
  ['-129', 'ff7f', 'der-integer-negative'],
  ['0 in two octets', '0000', 'der-integer'],
  ['1 in two octets', '0001', 'der-integer'],
  ['-1 in two octets', 'ffff', 'der-integer'],
  ['without octets', '', 'der-integer'],
])('the number %s', (_name, hex, verdict) => {
  expect(judge(numbered(hex))).toBe(verdict);
});
