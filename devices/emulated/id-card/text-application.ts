// 券面事項入力補助AP on the emulated card: card-and-pki §5. Without EF 0005, most of which
// nobody knows the meaning of.
import { createHash, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { encodeTlv, parseTlv, parseTlvs } from '#libs/iso7816/ber-tlv.js';
import { assert } from '#libs/std/assert.js';
import type { Random } from '#libs/std/random.js';
import { PinFile } from './file.js';
import type { Application, ElementaryFile } from './file.js';
import { limits } from './limits.js';
import type { IdCardOptions } from './options.js';
import { matchingNumberB } from './matching-number.js';

export type TextApplication = { readonly application: Application; readonly pin: PinFile };

export function buildTextApplication(options: IdCardOptions): TextApplication {
  const pin = fourDigits(options.pins.text);
  const blockedAtIssue = fourDigits('0000');
  blockedAtIssue.setTriesLeft(0);
  const numberA = new PinFile(options.myNumber, { maximumTries: limits.matchingNumberTries, shortestBytes: 12, longestBytes: 12 });
  const numberB = new PinFile(matchingNumberB(options.holder.birthDate, options.cardNumber), {
    maximumTries: limits.matchingNumberTries,
    shortestBytes: 14,
    longestBytes: 14,
  });
  const myNumber = encodeMyNumber(options.myNumber);
  const basicFour = encodeBasicFour(options.holder);
  const keys = newKeys(options.random);
  const files = new Map<number, ElementaryFile>([
    [0x0001, { kind: 'transparent', content: () => myNumber, read: [pin, numberA] }],
    [0x0002, { kind: 'transparent', content: () => basicFour, read: [pin, numberB] }],
    [0x0003, { kind: 'transparent', content: lazily(() => encodeSignature(myNumber, basicFour, keys)), read: [pin, numberA, numberB] }],
    [0x0004, { kind: 'transparent', content: lazily(() => encodeCardVerifiable(keys)), read: [] }],
    [0x0006, { kind: 'transparent', content: lazily(() => encodeSessionKey()), read: [pin, numberA, numberB] }],
    [0x0007, { kind: 'transparent', content: lazily(() => encodeSigningKey(keys)), read: [pin, numberA, numberB] }],
    [0x0008, { kind: 'transparent', content: () => Buffer.alloc(16, 0xff), read: [] }],
    [0x0011, pin],
    [0x0012, blockedAtIssue],
    [0x0013, { kind: 'signature-key', key: keys.card, use: [] }],
    [0x0014, numberA],
    [0x0015, numberB],
  ]);
  const aid = Buffer.from('D3921000310001010408', 'hex');
  return { application: { aid, files, changeInstruction: 0x24, currentKeyP2: 0x00 }, pin };
}

/** `FF10 0C` + 12 digits + two bytes of filler: 17 bytes. */
export function encodeMyNumber(digits: string): Buffer {
  assert(/^\d{12}$/.test(digits), 'a My Number has twelve digits');
  return Buffer.concat([encodeTlv(0xff10, Buffer.from(digits, 'latin1')), Buffer.from([0xff, 0xff])]);
}

/** `FF20` { DF21 four offsets from the start of the file, DF22 name, DF23 address, DF24 birth date, DF25 sex }. */
export function encodeBasicFour(holder: IdCardOptions['holder']): Buffer {
  const objects = [
    encodeTlv(0xdf22, Buffer.from(holder.name, 'utf8')),
    encodeTlv(0xdf23, Buffer.from(holder.address, 'utf8')),
    encodeTlv(0xdf24, Buffer.from(holder.birthDate, 'latin1')),
    encodeTlv(0xdf25, Buffer.from(holder.sex, 'latin1')),
  ];
  const offsetsObjectBytes = 11;
  const bodyBytes = offsetsObjectBytes + objects.reduce((sum, object) => sum + object.length, 0);
  const headerBytes = encodeTlv(0xff20, Buffer.alloc(bodyBytes)).length - bodyBytes;
  const offsets = Buffer.alloc(8);
  let at = headerBytes + offsetsObjectBytes;
  for (const [index, object] of objects.entries()) {
    offsets.writeUInt16BE(at, index * 2);
    at += object.length;
  }
  return encodeTlv(0xff20, Buffer.concat([encodeTlv(0xdf21, offsets), ...objects]));
}

/** The root certifies the issuer (EF 0004), who signs the digests (EF 0003) and the chip's own key (EF 0007, 0013). */
type Keys = { readonly root: () => KeyObject; readonly issuer: () => KeyObject; readonly card: () => KeyObject; readonly keyIds: Buffer };

function newKeys(random: Random): Keys {
  return { root: lazily(newKey), issuer: lazily(newKey), card: lazily(newKey), keyIds: random.bytes(32) };
}

function newKey(): KeyObject {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
}

/** `9003 010001`, `91820100` and the modulus: 265 bytes, as in EF 0004. */
function encodePublicKey(key: KeyObject): Buffer {
  const modulus = createPublicKey(key).export({ format: 'jwk' })['n'];
  assert(modulus !== undefined, 'an RSA key has a modulus');
  return Buffer.concat([encodeTlv(0x90, Buffer.from([1, 0, 1])), encodeTlv(0x91, Buffer.from(modulus, 'base64url'))]);
}

/** EF 0006: the key that a terminal encrypts a session key to. Its private half is nowhere: this card has no secure messaging. */
function encodeSessionKey(): Buffer {
  return encodeTlv(0xa1, encodePublicKey(newKey()));
}

/** EF 0007: the public half of EF 0013, and the issuer's signature over it. */
function encodeSigningKey(keys: Keys): Buffer {
  const signed = encodeTlv(0xdf51, encodePublicKey(keys.card()));
  return encodeTlv(0xff50, Buffer.concat([signed, encodeTlv(0xdf52, sign('sha256', signed, keys.issuer()))]));
}

/** EF 0003. What exactly the card's issuer signs is not public; here the two digests with their tags. */
function encodeSignature(myNumber: Buffer, basicFour: Buffer, keys: Keys): Buffer {
  const basicFourTlv = parseTlv(basicFour);
  assert(basicFourTlv.ok, 'EF 0002 is one object');
  const [offsets] = objectsOf(basicFourTlv.value.value);
  assert(offsets !== undefined, 'EF 0002 begins with its offsets');
  const fromName = basicFourTlv.value.value.subarray(offsets.value.length + 3);
  const digests = Buffer.concat([encodeTlv(0xdf31, digestOf(myNumber)), encodeTlv(0xdf32, digestOf(fromName))]);
  return encodeTlv(0xff30, Buffer.concat([digests, encodeTlv(0xdf33, sign('sha256', digests, keys.issuer()))]));
}

/** EF 0004: a card-verifiable certificate of the issuer's key, 568 bytes. */
function encodeCardVerifiable(keys: Keys): Buffer {
  const body = encodeTlv(0x5f4e, Buffer.concat([keys.keyIds, encodePublicKey(keys.issuer())]));
  return encodeTlv(0x7f21, Buffer.concat([body, encodeTlv(0x5f37, sign('sha256', body, keys.root()))]));
}

function objectsOf(bytes: Buffer): readonly { readonly value: Buffer }[] {
  const objects = parseTlvs(bytes);
  assert(objects.ok, 'a value written here can be read here');
  return objects.value;
}

function digestOf(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function fourDigits(reference: string): PinFile {
  return new PinFile(reference, { maximumTries: limits.textPinTries, shortestBytes: 4, longestBytes: 4 });
}

/** RSA key pairs cost a quarter of a second each, and few stories read these files. */
function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
