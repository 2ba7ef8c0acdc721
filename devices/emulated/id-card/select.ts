// SELECT (A4) as the My Number Card answers it: card-and-pki §3, rows "SELECT DF",
// "SELECT EF", "other SELECT", and the prefix rule of §1.
import { encodeTlv } from '#libs/iso7816/ber-tlv.js';
import type { DecodedCommand } from '#libs/iso7816/apdu.js';
import { statusWord } from '#libs/iso7816/status-word.js';
import type { Application } from './file.js';
import { limits } from './limits.js';
import { say, sayWhole } from './session.js';
import type { Answer, Session } from './session.js';

export const issuerSecurityDomain = Buffer.from('A0000001510000', 'hex');

export function select(applications: readonly Application[], session: Session, command: DecodedCommand): Answer {
  if (command.p1 === 0x04) return selectApplication(applications, session, command);
  if (command.p1 === 0x02) return selectElementaryFile(session, command);
  if (command.p1 !== 0x00) return say(statusWord.incorrectP1P2);
  // 3F00 and every other id: this card has no file above its applications.
  if (command.data.length > 0) return say(statusWord.fileNotFound);
  return say(session.application === null ? statusWord.incorrectP1P2 : statusWord.ok);
}

function selectApplication(applications: readonly Application[], session: Session, command: DecodedCommand): Answer {
  if (command.p2 !== 0x0c && command.p2 !== 0x00) return say(statusWord.incorrectP1P2);
  if (command.data.length === 0 || command.data.length > 16) return say(statusWord.wrongLength);
  const found = findByPrefix(applications, command.data);
  if (found === undefined) return say(statusWord.fileNotFound);
  const wantsControlInformation = command.p2 === 0x00 && command.expectedLength !== null;
  const answer = wantsControlInformation ? sayWhole(command, fileControlInformation(found)) : say(statusWord.ok);
  if (answer.statusWord !== statusWord.ok) return answer;
  // Selecting another application ends what a PIN opened. Selecting the same one again is
  // not known to, and the stricter reader is the one that does not rely on it.
  if (found !== session.application) session.verified.clear();
  session.application = found;
  session.fileId = null;
  return answer;
}

/** Undefined: no such application; null: the issuer security domain. */
function findByPrefix(applications: readonly Application[], name: Buffer): Application | null | undefined {
  if (name.length < limits.shortestAidPrefixBytes) return undefined;
  if (issuerSecurityDomain.subarray(0, name.length).equals(name)) return null;
  return applications.find((application) => application.aid.subarray(0, name.length).equals(name));
}

/** The real content is not public; this is the least that ISO/IEC 7816-4 clause 7.4.3 asks for. */
function fileControlInformation(application: Application | null): Buffer {
  return encodeTlv(0x6f, encodeTlv(0x84, application?.aid ?? issuerSecurityDomain));
}

function selectElementaryFile(session: Session, command: DecodedCommand): Answer {
  if (command.p2 !== 0x0c) return say(statusWord.incorrectP1P2);
  if (command.data.length !== 2) return say(statusWord.wrongLength);
  const id = command.data.readUInt16BE(0);
  if (session.application?.files.has(id) !== true) return say(statusWord.fileNotFound);
  session.fileId = id;
  return say(statusWord.ok);
}
