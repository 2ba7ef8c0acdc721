// VERIFY (20), CHANGE REFERENCE DATA (24) and CHANGE KEY (80 32): card-and-pki §3, §4.
import type { DecodedCommand } from '#libs/iso7816/apdu.js';
import { statusWord, triesLeftWord } from '#libs/iso7816/status-word.js';
import { limits } from './limits.js';
import { referencedFile, say } from './session.js';
import type { Answer, Session } from './session.js';

export function verify(session: Session, command: DecodedCommand): Answer {
  if (command.p1 !== 0x00) return say(statusWord.incorrectP1P2);
  if (command.expectedLength !== null || command.data.length > limits.pinBytes) return say(statusWord.wrongLength);
  const found = referencedFile(session, command.p2);
  if (!found.ok) return found.answer;
  const pin = found.file;
  if (pin.kind !== 'pin') return say(statusWord.incompatibleFileStructure);
  // Without data it is a question, also where the PIN is blocked (63C0) or already given.
  if (command.data.length === 0) return say(triesLeftWord(pin.triesLeft));
  if (pin.triesLeft === 0) return say(statusWord.referenceDataNotUsable);
  if (pin.verify(command.data)) {
    session.verified.add(pin);
    return say(statusWord.ok);
  }
  session.verified.delete(pin);
  return say(triesLeftWord(pin.triesLeft));
}

/** Both instructions: `P1 P2 = change form`, the new PIN as data, after a good VERIFY. */
export function change(session: Session, command: DecodedCommand): Answer {
  if (session.application?.changeInstruction !== command.ins) return say(statusWord.instructionNotSupported);
  if (command.p1 !== (command.ins === 0x24 ? 0x01 : 0x00)) return say(statusWord.incorrectP1P2);
  if (command.expectedLength !== null) return say(statusWord.wrongLength);
  const found = referencedFile(session, command.p2);
  if (!found.ok) return found.answer;
  const pin = found.file;
  if (pin.kind !== 'pin') return say(statusWord.incompatibleFileStructure);
  if (!session.verified.has(pin)) return say(statusWord.securityStatusNotSatisfied);
  if (!pin.accepts(command.data)) return say(statusWord.wrongLength);
  pin.change(command.data);
  return say(statusWord.ok);
}
