// What a chip forgets when its power goes: the current application, the current file and
// the PINs given. And one answer of a command, as data and status word.
import { decodeCommand } from '#libs/iso7816/apdu.js';
import type { DecodedCommand } from '#libs/iso7816/apdu.js';
import { statusWord } from '#libs/iso7816/status-word.js';
import type { Access, Application, ElementaryFile, PinFile } from './file.js';

export type Answer = { readonly statusWord: number; readonly data: Buffer };

export type Session = {
  /** Null: the GlobalPlatform issuer security domain, current after reset. */
  application: Application | null;
  fileId: number | null;
  readonly verified: Set<PinFile>;
};

export type CommandHandler = (session: Session, command: DecodedCommand) => Answer;

export function newSession(): Session {
  return { application: null, fileId: null, verified: new Set() };
}

export function say(word: number, data: Buffer = Buffer.alloc(0)): Answer {
  return { statusWord: word, data };
}

/** An answer that is given whole or not at all: Le may ask for more (00 and extended Le do), never for less. */
export function sayWhole(command: DecodedCommand, data: Buffer): Answer {
  return isAskedFor(command, data.length) ? say(statusWord.ok, data) : say(statusWord.wrongLength);
}

export function isAskedFor(command: DecodedCommand, bytes: number): boolean {
  return command.expectedLength !== null && bytes <= command.expectedLength;
}

export function satisfies(session: Session, access: Access): boolean {
  return access.length === 0 || access.some((pin) => session.verified.has(pin));
}

export type FoundFile = { readonly ok: true; readonly file: ElementaryFile } | { readonly ok: false; readonly answer: Answer };

export function currentFile(session: Session): FoundFile {
  const file = session.fileId === null ? undefined : session.application?.files.get(session.fileId);
  return file === undefined ? { ok: false, answer: say(statusWord.noCurrentEf) } : { ok: true, file };
}

/** A short EF id (1 to 30) makes its file current; `absent` is the word for one that is not there. */
export function fileByShortId(session: Session, shortId: number, absent: number): FoundFile {
  if (shortId === 0 || shortId === 0x1f) return { ok: false, answer: say(statusWord.incorrectP1P2) };
  const file = session.application?.files.get(shortId);
  if (file === undefined) return { ok: false, answer: say(absent) };
  session.fileId = shortId;
  return { ok: true, file };
}

/** P2 of VERIFY and its kin: 80 is the current file, 80|sfi names one. */
export function referencedFile(session: Session, p2: number): FoundFile {
  if ((p2 & 0xe0) !== 0x80) return { ok: false, answer: say(statusWord.incorrectP1P2) };
  if (p2 === 0x80) return currentFile(session);
  return fileByShortId(session, p2 & 0x1f, statusWord.referencedDataNotFound);
}

/** Malformed bytes are a wrong length to a card. */
export function readCommand(raw: Buffer): DecodedCommand | Answer {
  const decoded = decodeCommand(raw);
  return decoded.ok ? decoded.value : say(statusWord.wrongLength);
}
