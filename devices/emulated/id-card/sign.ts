// COMPUTE DIGITAL SIGNATURE (80 2A) and INTERNAL AUTHENTICATE (88): card-and-pki §3,
// "802A P1 = scheme". The six schemes of RFC 8017 that a sweep of the card found.
import { constants, createHash, privateEncrypt } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { DecodedCommand } from '#libs/iso7816/apdu.js';
import { statusWord } from '#libs/iso7816/status-word.js';
import { sha256 } from '#libs/std/bytes.js';
import type { Random } from '#libs/std/random.js';
import { limits } from './limits.js';
import { currentFile, isAskedFor, referencedFile, satisfies, say } from './session.js';
import type { Answer, Session } from './session.js';

const digestInfoPrefix = Buffer.from('3031300D060960864801650304020105000420', 'hex');

export function computeDigitalSignature(random: Random, session: Session, command: DecodedCommand): Answer {
  if (command.data.length === 0 || command.expectedLength === null) return say(statusWord.wrongLength);
  const found = command.p2 === session.application?.currentKeyP2 ? currentFile(session) : referencedFile(session, command.p2);
  if (!found.ok) return found.answer;
  if (found.file.kind !== 'signature-key') return say(statusWord.incompatibleFileStructure);
  if (!satisfies(session, found.file.use)) return say(statusWord.securityStatusNotSatisfied);
  // Before the key is used: what is not asked for whole is not computed.
  if (!isAskedFor(command, limits.modulusBytes)) return say(statusWord.wrongLength);
  return signAs(command, found.file.key(), random);
}

function signAs(command: DecodedCommand, key: KeyObject, random: Random): Answer {
  const { data } = command;
  const isDigest = data.length === limits.digestBytes;
  switch (command.p1) {
    case 0x00:
      return data.length > limits.paddedInputBytes ? say(statusWord.wrongLength) : say(statusWord.ok, pkcs1(key, data));
    case 0x01:
      return say(statusWord.ok, pkcs1(key, sha256(data)));
    case 0x02:
      return isDigest ? say(statusWord.ok, signDigest(key, data)) : say(statusWord.conditionsOfUseNotSatisfied);
    case 0x03:
      return say(statusWord.ok, signDigest(key, sha256(data)));
    case 0x04:
      return isDigest ? say(statusWord.ok, pss({ key, digest: data, random })) : say(statusWord.conditionsOfUseNotSatisfied);
    case 0x05:
      return say(statusWord.ok, pss({ key, digest: sha256(data), random }));
    default:
      return say(statusWord.incorrectP1P2);
  }
}

/** Only where a key of this kind lies (common AP, EF 0019): sha256WithRSA over the challenge, no PIN. */
export function internalAuthenticate(session: Session, command: DecodedCommand): Answer {
  if (command.p1 !== 0x00) return say(statusWord.incorrectP1P2);
  if (command.data.length === 0 || command.expectedLength === null) return say(statusWord.wrongLength);
  const found = referencedFile(session, command.p2);
  if (!found.ok) return found.answer;
  if (found.file.kind !== 'authentication-key') return say(statusWord.referencedDataNotFound);
  if (!isAskedFor(command, limits.modulusBytes)) return say(statusWord.wrongLength);
  return say(statusWord.ok, signDigest(found.file.key(), sha256(command.data)));
}

function signDigest(key: KeyObject, digest: Buffer): Buffer {
  return pkcs1(key, Buffer.concat([digestInfoPrefix, digest]));
}

function pkcs1(key: KeyObject, input: Buffer): Buffer {
  return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, input);
}

/** EMSA-PSS-ENCODE of RFC 8017 §9.1.1 for a 2048-bit modulus; Node signs messages with PSS, not digests. */
function pss(input: { key: KeyObject; digest: Buffer; random: Random }): Buffer {
  const salt = input.random.bytes(limits.saltBytes);
  const hash = sha256(Buffer.concat([Buffer.alloc(8), input.digest, salt]));
  const block = Buffer.alloc(limits.modulusBytes - limits.digestBytes - 1);
  block.writeUInt8(0x01, block.length - salt.length - 1);
  salt.copy(block, block.length - salt.length);
  const mask = maskGeneration(hash, block.length);
  for (let at = 0; at < block.length; at++) block.writeUInt8(block.readUInt8(at) ^ mask.readUInt8(at), at);
  block.writeUInt8(block.readUInt8(0) & 0x7f, 0);
  const encoded = Buffer.concat([block, hash, Buffer.from([0xbc])]);
  return privateEncrypt({ key: input.key, padding: constants.RSA_NO_PADDING }, encoded);
}

/** MGF1 with SHA-256, RFC 8017 appendix B.2.1. */
function maskGeneration(seed: Buffer, length: number): Buffer {
  const blocks: Buffer[] = [];
  for (let counter = 0; blocks.length * limits.digestBytes < length; counter++) {
    const suffix = Buffer.alloc(4);
    suffix.writeUInt32BE(counter);
    blocks.push(createHash('sha256').update(seed).update(suffix).digest());
  }
  return Buffer.concat(blocks).subarray(0, length);
}
