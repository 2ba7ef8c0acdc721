// Certificates that the right CA signed and that are wrong in one field, and right ones
// that somebody else signed. Each is refused, and for its own reason: a refusal for
// another reason would mean that the field itself was not looked at.
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { element, nullValue, octetsAsBits, oid, sequence } from '#libs/pki/der-writer.js';
import { createAuthority, createResponder } from '#libs/pki/issue-authority.js';
import { generateRsaKeyPair, type KeyPair } from '#libs/pki/issue-certificate.js';
import { signatureAlgorithm } from '#libs/pki/issue-ocsp.js';
import { oids } from '#libs/pki/oids.js';
import { acceptedCases, extensionCases, fieldCases } from './certificate-cases.js';
import { childrenOf, contentOf, resigned } from './forge.js';
import { atMs, createWorld, verdict, type World } from './world.js';

// RSA keys take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let world: World;
let other: KeyPair;
beforeAll(async () => {
  [world, other] = await Promise.all([createWorld(), generateRsaKeyPair()]);
});

const day = 86_400_000;
describe('a certificate that the right CA signed', () => {
  it('is good as it is', () => {
    expect(verdict(world, { certificate: resigned(world.certificate, (all) => all, world.authority.privateKey) })).toBe('good');
  });

  it.each([...fieldCases, ...extensionCases])('is refused with %s', (_name, change, expected) => {
    expect(verdict(world, { certificate: resigned(world.certificate, change, world.authority.privateKey) })).toBe(expected);
  });

  it.each(acceptedCases)('is good with %s', (_name, change) => {
    expect(verdict(world, { certificate: resigned(world.certificate, change, world.authority.privateKey) })).toBe('good');
  });
});

describe('a certificate with another signature', () => {
  const outer = (algorithm: Buffer, signature: (old: Buffer) => Buffer): Buffer => {
    const [tbs, , old] = childrenOf(world.certificate);
    return sequence(tbs ?? Buffer.alloc(0), algorithm, signature(old ?? Buffer.alloc(0)));
  };
  it('is refused when anybody else made it', async () => {
    const certificate = resigned(world.certificate, (all) => all, other.privateKey);
    expect(verdict(world, { certificate })).toBe('issuer-unknown no-path-to-trust-anchor');
    const byItself = resigned(world.certificate, (all) => all, world.cardKey);
    expect(verdict(world, { certificate: byItself })).toBe('issuer-unknown no-path-to-trust-anchor');
    const validity = { notBeforeMs: atMs - day, notAfterMs: atMs + day };
    const names = { purpose: 'user-authentication', organization: 'JPKI-TEST' } as const;
    const namesake = await createAuthority({ ...names, serial: Buffer.of(1), ...validity });
    const byNamesake = resigned(world.certificate, (all) => all, namesake.privateKey);
    expect(verdict(world, { certificate: byNamesake })).toBe('issuer-unknown no-path-to-trust-anchor');
    const responder = await createResponder(world.authority, { serial: Buffer.of(3), ...validity });
    expect(verdict(world, { certificate: responder.certificate ?? Buffer.alloc(0) })).toBe('certificate-wrong-purpose extended-key-usage');
  });

  it('is refused when the algorithms outside and inside differ', () => {
    const sha512 = sequence(oid('1.2.840.113549.1.1.13'), nullValue());
    expect(verdict(world, { certificate: outer(sha512, (old) => old) })).toBe('certificate-malformed signature-algorithm');
    const withoutNull = sequence(oid(oids.sha256WithRSAEncryption));
    expect(verdict(world, { certificate: outer(withoutNull, (old) => old) })).toBe('certificate-malformed der-missing');
  });

  it('is refused when the signature is longer, shorter or not of whole octets', () => {
    const resized = (change: (old: Buffer) => Buffer): string =>
      verdict(world, { certificate: outer(signatureAlgorithm(), (old) => octetsAsBits(change(contentOf(old).subarray(1)))) });
    expect(resized((old) => old)).toBe('good');
    expect(resized((old) => Buffer.concat([Buffer.of(0), old]))).toBe('issuer-unknown no-path-to-trust-anchor');
    expect(resized((old) => old.subarray(1))).toBe('issuer-unknown no-path-to-trust-anchor');
    const unused = outer(signatureAlgorithm(), (old) => element(0x03, Buffer.of(1), contentOf(old).subarray(1)));
    expect(verdict(world, { certificate: unused })).toBe('certificate-malformed der-bit-string');
  });

  it('is refused with anything behind it', () => {
    expect(verdict(world, { certificate: Buffer.concat([world.certificate, Buffer.of(0)]) })).toBe(
      'certificate-malformed der-trailing-bytes',
    );
    expect(verdict(world, { certificate: Buffer.concat([world.certificate, Buffer.alloc(4096)]) })).toBe(
      'certificate-malformed certificate-too-long',
    );
  });
});
