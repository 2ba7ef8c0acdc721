// A card for unit tests: real RSA keys, certificates that are only shaped like some
// (`3082 LLLL` and filler), and a person who never was. Cards of the demo come from jpki-sim.
import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { IssuedCard } from '#libs/contract/simulators.js';
import { seededRandom } from '#libs/std/random.js';
import { createIdCard } from './id-card.js';
import type { IdCard } from './id-card.js';
import type { IdCardOptions } from './options.js';

export type FixtureKeys = { readonly authentication: KeyObject; readonly signature: KeyObject };

let pair: { authentication: FixturePair; signature: FixturePair } | null = null;
type FixturePair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject };

function keyPairs(): { authentication: FixturePair; signature: FixturePair } {
  return (pair ??= {
    authentication: generateKeyPairSync('rsa', { modulusLength: 2048 }),
    signature: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  });
}

/** The public halves, to check what the card signs. */
export function fixturePublicKeys(): FixtureKeys {
  const { authentication, signature } = keyPairs();
  return { authentication: authentication.publicKey, signature: signature.publicKey };
}

/** `3082 LLLL` and filler: as long as a real certificate, and nothing else like one. */
export function certificateShaped(bytes: number, fill: number): Buffer {
  const certificate = Buffer.alloc(bytes, fill);
  certificate.writeUInt16BE(0x3082, 0);
  certificate.writeUInt16BE(bytes - 4, 2);
  return certificate;
}

export const fixtureCertificates = {
  authentication: certificateShaped(1536, 0x0a),
  authenticationCa: certificateShaped(1317, 0x0b),
  signature: certificateShaped(1811, 0x01),
  signatureCa: certificateShaped(1302, 0x02),
} as const;

export function fixtureOptions(change: Partial<IdCardOptions> = {}): IdCardOptions {
  return {
    label: 'fixture card',
    issued: fixtureIssuedCard(),
    pins: { authentication: '1234', signature: 'ABC123', text: '5678', common: '9012' },
    holder: { name: '黒桐　幹也', address: '東京都清瀬市観布子南１２－７－２０２', birthDate: '19800217', sex: '1' },
    myNumber: '537686677188',
    cardNumber: { serial: '400000012719843', municipality: '13221', expiry: '20350217', securityCode: '2285' },
    random: seededRandom('fixture'),
    ...change,
  };
}

export function fixtureCard(change: Partial<IdCardOptions> = {}): IdCard {
  return createIdCard(fixtureOptions(change));
}

function fixtureIssuedCard(): IssuedCard {
  const { authentication, signature } = keyPairs();
  return {
    authenticationCertificate: fixtureCertificates.authentication.toString('base64'),
    authenticationKey: pkcs8(authentication.privateKey),
    signatureCertificate: fixtureCertificates.signature.toString('base64'),
    signatureKey: pkcs8(signature.privateKey),
    authenticationCa: fixtureCertificates.authenticationCa.toString('base64'),
    signatureCa: fixtureCertificates.signatureCa.toString('base64'),
    caKeyId: '00',
    serial: '01',
  };
}

function pkcs8(key: KeyObject): string {
  return key.export({ format: 'der', type: 'pkcs8' }).toString('base64');
}
