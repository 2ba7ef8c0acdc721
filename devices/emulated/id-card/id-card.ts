// The emulated My Number Card: one chip with its applications, answering command APDUs
// byte for byte as card-and-pki §1 to §7 says. It neither knows nor cares what carries
// the bytes. Whatever the reference leaves open is named in the README.
import type { DecodedCommand } from '#libs/iso7816/apdu.js';
import { encodeResponse } from '#libs/iso7816/apdu.js';
import { statusWord } from '#libs/iso7816/status-word.js';
import type { VirtualCard } from '../virtual-card.js';
import { buildCommonApplication, issuerDataObjects } from './common-application.js';
import type { PinFile } from './file.js';
import { buildJpkiApplication } from './jpki-application.js';
import type { IdCardOptions } from './options.js';
import { getChallenge, getData, readBinary, readRecord } from './read.js';
import { select } from './select.js';
import { newSession, readCommand, say } from './session.js';
import type { Answer, CommandHandler, Session } from './session.js';
import { computeDigitalSignature, internalAuthenticate } from './sign.js';
import { buildTextApplication } from './text-application.js';
import { change, verify } from './verify.js';

/** Counters live in `pins` and survive power, as on a chip: keep the object to keep them. */
export type IdCard = VirtualCard & {
  readonly pins: { readonly authentication: PinFile; readonly signature: PinFile; readonly text: PinFile; readonly common: PinFile };
};

export const atrs = {
  contact: Buffer.from('3BE000FF8131FE4514', 'hex'),
  contactless: Buffer.from('3B888001000005E0B381A1007F', 'hex'),
  jukiContactless: Buffer.from('3B888001000014E0B38191005E', 'hex'),
} as const;

export function createIdCard(options: IdCardOptions): IdCard {
  const jpki = buildJpkiApplication(options);
  const text = buildTextApplication(options);
  const common = buildCommonApplication(options);
  const isPhone = options.story === 'android-phone' || options.story === 'iphone';
  const applications = isPhone ? [jpki.application] : [jpki.application, text.application, common.application];
  const objects = issuerDataObjects(options, atrs.contact);
  const handlers: ReadonlyMap<number, CommandHandler> = new Map([
    [0x00a4, (session, command) => select(applications, session, command)],
    [0x00b0, readBinary],
    [0x00b2, readRecord],
    [0x00ca, (session, command) => getData(objects, session, command)],
    [0x0084, (_session, command) => getChallenge(options.random, command)],
    [0x0020, verify],
    [0x0024, change],
    [0x8032, change],
    [0x0088, internalAuthenticate],
    [0x802a, (session, command) => computeDigitalSignature(options.random, session, command)],
    [0x80a2, setPublicIcKey],
    [0x80ae, setSessionKey],
  ] satisfies [number, CommandHandler][]);
  let session = newSession();
  return {
    label: options.label,
    atr: atrOf(options),
    pins: { authentication: jpki.authentication, signature: jpki.signature, text: text.pin, common: common.pin },
    reset: () => {
      session = newSession();
    },
    transmit: (raw) => {
      const answer = answerCommand(handlers, session, raw);
      return encodeResponse(answer.statusWord, answer.data);
    },
  };
}

function answerCommand(handlers: ReadonlyMap<number, CommandHandler>, session: Session, raw: Buffer): Answer {
  const command = readCommand(raw);
  if ('statusWord' in command) return command;
  const refusal = refuseClass(command);
  if (refusal !== null) return refusal;
  const handler = handlers.get((command.cla << 8) | command.ins);
  if (handler !== undefined) return attempt(handler, session, command);
  const knownWithOtherClass = [...handlers.keys()].some((key) => (key & 0xff) === command.ins);
  return say(knownWithOtherClass ? statusWord.classNotSupported : statusWord.instructionNotSupported);
}

/** A chip has no exceptions: what goes wrong inside is 6F00 outside. */
function attempt(handler: CommandHandler, session: Session, command: DecodedCommand): Answer {
  try {
    return handler(session, command);
  } catch {
    return say(statusWord.noPreciseDiagnosis);
  }
}

/** Class bytes: logical channel 0 only, no secure messaging, no chaining. */
function refuseClass(command: DecodedCommand): Answer | null {
  if ((command.cla & 0x70) !== 0) return say(statusWord.classNotSupported);
  if ((command.cla & 0x03) !== 0) return say(statusWord.channelNotSupported);
  if ((command.cla & 0x0c) === 0) return null;
  const isReadOrVerify = command.ins === 0xb0 || command.ins === 0x20;
  return say(isReadOrVerify ? statusWord.secureMessagingClassByte : statusWord.secureMessagingNotSupported);
}

/** Nobody here holds a terminal certificate (特定機関認証): the three refusals of card-and-pki §3. */
function setPublicIcKey(_session: Session, command: DecodedCommand): Answer {
  const p1p2 = (command.p1 << 8) | command.p2;
  if (p1p2 !== 0x06c1 && p1p2 !== 0x00c1) return say(statusWord.incorrectP1P2);
  return say(command.data.length === 307 ? statusWord.securityStatusNotSatisfied : statusWord.wrongLength);
}

function setSessionKey(session: Session): Answer {
  return say(session.application === null ? statusWord.conditionsOfUseNotSatisfied : statusWord.securityStatusNotSatisfied);
}

function atrOf(options: IdCardOptions): Buffer {
  if (options.interface !== 'contactless') return atrs.contact;
  return options.story === 'juki-card' ? atrs.jukiContactless : atrs.contactless;
}
