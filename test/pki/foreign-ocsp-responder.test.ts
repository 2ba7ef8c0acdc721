// OCSP answers that are right in every field and signed by somebody who may not: the
// measured hole of chain engines that believe any signer.
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { element, nullValue, oid, sequence } from '#libs/pki/der-writer.js';
import { createAuthority, createResponder } from '#libs/pki/issue-authority.js';
import { generateRsaKeyPair, keyIdOf, type KeyPair } from '#libs/pki/issue-certificate.js';
import { writeOcspResponse } from '#libs/pki/issue-ocsp.js';
import { writeName } from '#libs/pki/name.js';
import { oids } from '#libs/pki/oids.js';
import { added, extension, extensionDer, field, resigned, type Change } from './forge.js';
import { atMs, createWorld, goodAnswer, verdict, type World } from './world.js';

// RSA keys take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let world: World;
let other: KeyPair;
beforeAll(async () => {
  [world, other] = await Promise.all([createWorld(), generateRsaKeyPair()]);
});

const day = 86_400_000;

describe('an answer signed by', () => {
  const validity = { notBeforeMs: atMs - day, notAfterMs: atMs + day };
  const signedBy = (certificate: Buffer | null, keys: KeyPair = other, policy = {}): string => {
    const response = writeOcspResponse(goodAnswer(world), { privateKey: keys.privateKey, keyId: keyIdOf(keys.publicKey), certificate });
    return verdict(world, { response, policy });
  };
  const responder = async (changes: object = {}) =>
    createResponder(world.authority, { serial: Buffer.of(7), keys: other, ...validity, ...changes });
  const changed = async (change: Change): Promise<Buffer> =>
    resigned((await responder()).certificate ?? Buffer.alloc(0), change, world.authority.privateKey);

  it('another responder of the CA, or the CA itself, is good', async () => {
    expect(signedBy((await responder()).certificate)).toBe('good');
    const { privateKey, keyId } = world.authority;
    expect(verdict(world, { response: writeOcspResponse(goodAnswer(world), { privateKey, keyId, certificate: null }) })).toBe('good');
  });

  it('somebody without a certificate, or with the certificate of another, is refused', async () => {
    expect(signedBy(null)).toBe('revocation-unknown ocsp-signer');
    expect(signedBy(world.responder.certificate)).toBe('revocation-unknown ocsp-signer');
    const { privateKey } = other;
    const stolen = writeOcspResponse(goodAnswer(world), { ...world.responder, privateKey });
    expect(verdict(world, { response: stolen })).toBe('revocation-unknown ocsp-signer');
  });

  it('the card itself is refused', () => {
    const keyId = Buffer.from(world.identity.certificate.extensions.values.subjectKeyIdentifier ?? []);
    const response = writeOcspResponse(goodAnswer(world), { privateKey: world.cardKey, keyId, certificate: world.certificate });
    expect(verdict(world, { response })).toBe('revocation-unknown ocsp-responder-extension-not-in-profile');
  });

  it('a responder of another CA of the same name is refused', async () => {
    const namesake = await createAuthority({
      purpose: 'user-authentication',
      organization: 'JPKI-TEST',
      serial: Buffer.of(1),
      ...validity,
    });
    const foreign = await createResponder(namesake, { serial: Buffer.of(7), ...validity });
    expect(verdict(world, { response: writeOcspResponse(goodAnswer(world), foreign) })).toBe('revocation-unknown ocsp-responder-issuer');
  });

  it.each<readonly [string, Change, string]>([
    ['without extendedKeyUsage', extension(oids.extKeyUsage, null), 'ocsp-responder-extension-missing'],
    [
      'for clientAuth',
      extension(oids.extKeyUsage, (old) => ({ ...old, value: sequence(oid(oids.clientAuth)) })),
      'ocsp-responder-extended-key-usage',
    ],
    [
      'for more',
      extension(oids.extKeyUsage, (old) => ({ ...old, value: sequence(oid(oids.ocspSigning), oid(oids.clientAuth)) })),
      'ocsp-responder-extended-key-usage',
    ],
    [
      'of another key usage',
      extension(oids.keyUsage, (old) => ({ ...old, value: element(3, Buffer.of(5, 0x20)) })),
      'ocsp-responder-key-usage',
    ],
    ['that may be asked about', extension(oids.ocspNocheck, null), 'ocsp-responder-nocheck'],
    [
      'that is a CA',
      added(extensionDer(oids.basicConstraints, { critical: true, value: sequence(element(1, Buffer.of(0xff))) })),
      'ocsp-responder-basic-constraints',
    ],
    [
      'with an unknown extension',
      added(extensionDer('1.2.3', { critical: false, value: nullValue() })),
      'ocsp-responder-extension-unknown',
    ],
    ['under another name of the issuer', field(3, writeName([['C', 'JP']])), 'ocsp-responder-issuer'],
  ])('a responder %s is refused', async (_name, change, reason) => {
    expect(signedBy(await changed(change))).toBe(`revocation-unknown ${reason}`);
  });

  it('a responder whose certificate has ended or not begun is refused', async () => {
    const ended = await responder({ notAfterMs: atMs - 1000 });
    expect(signedBy(ended.certificate)).toBe('revocation-unknown ocsp-responder-validity');
    const early = await responder({ notBeforeMs: atMs + 1000 });
    expect(signedBy(early.certificate)).toBe('revocation-unknown ocsp-responder-validity');
  });

  it('a responder without ocsp-nocheck is good where the configuration says so', async () => {
    const certificate = await changed(extension(oids.ocspNocheck, null));
    expect(signedBy(certificate, other, { responderNocheck: 'optional' })).toBe('good');
  });
});
