// READ BINARY (B0), READ RECORD (B2), GET DATA (CA) and GET CHALLENGE (84):
// card-and-pki §3. Short and extended Le, short EF ids, no padding at the end of a file.
import type { DecodedCommand } from '#libs/iso7816/apdu.js';
import { statusWord } from '#libs/iso7816/status-word.js';
import type { Random } from '#libs/std/random.js';
import type { ElementaryFile } from './file.js';
import { limits } from './limits.js';
import { currentFile, fileByShortId, satisfies, say, sayWhole } from './session.js';
import type { Answer, FoundFile, Session } from './session.js';

export function readBinary(session: Session, command: DecodedCommand): Answer {
  if (command.data.length > 0 || command.expectedLength === null) return say(statusWord.wrongLength);
  const byShortId = (command.p1 & 0x80) !== 0;
  if (byShortId && (command.p1 & 0x60) !== 0) return say(statusWord.incorrectP1P2);
  const found = byShortId ? fileByShortId(session, command.p1 & 0x1f, statusWord.fileNotFound) : currentFile(session);
  if (!found.ok) return found.answer;
  const offset = byShortId ? command.p2 : (command.p1 << 8) | command.p2;
  return readTransparent(session, found.file, { offset, length: command.expectedLength });
}

function readTransparent(session: Session, file: ElementaryFile, range: { offset: number; length: number }): Answer {
  if (file.kind !== 'transparent') return say(statusWord.incompatibleFileStructure);
  if (!satisfies(session, file.read)) return say(statusWord.securityStatusNotSatisfied);
  const content = file.content();
  if (range.offset >= content.length) return say(statusWord.wrongOffset);
  return say(statusWord.ok, content.subarray(range.offset, range.offset + range.length));
}

export function readRecord(session: Session, command: DecodedCommand): Answer {
  if (command.data.length > 0 || command.expectedLength === null) return say(statusWord.wrongLength);
  if ((command.p2 & 0x07) !== 0x04) return say(statusWord.incorrectP1P2);
  const shortId = command.p2 >> 3;
  const found: FoundFile = shortId === 0 ? currentFile(session) : fileByShortId(session, shortId, statusWord.fileNotFound);
  if (!found.ok) return found.answer;
  if (found.file.kind !== 'records') return say(statusWord.incompatibleFileStructure);
  if (!satisfies(session, found.file.read)) return say(statusWord.securityStatusNotSatisfied);
  const record = found.file.records[command.p1 - 1];
  return record === undefined ? say(statusWord.recordNotFound) : say(statusWord.ok, record.subarray(0, command.expectedLength));
}

/** Objects of the issuer security domain; the ATR object answers everywhere. */
export function getData(objects: ReadonlyMap<number, Buffer>, session: Session, command: DecodedCommand): Answer {
  if (command.data.length > 0 || command.expectedLength === null) return say(statusWord.wrongLength);
  const tag = (command.p1 << 8) | command.p2;
  const object = session.application === null || tag === atrObject ? objects.get(tag) : undefined;
  if (object === undefined) return say(statusWord.referencedDataNotFound);
  return sayWhole(command, object);
}
export const atrObject = 0x5f51;

export function getChallenge(random: Random, command: DecodedCommand): Answer {
  if (command.p1 !== 0x00 || command.p2 !== 0x00) return say(statusWord.incorrectP1P2);
  if (command.data.length > 0 || command.expectedLength === null) return say(statusWord.wrongLength);
  if (command.extended || command.expectedLength > limits.challengeBytes) return say(statusWord.conditionsOfUseNotSatisfied);
  return say(statusWord.ok, random.bytes(command.expectedLength));
}
