// Status words: ISO/IEC 7816-4:2013 tables 5 and 6, and JICSAP 2.0 table 25 where the
// My Number Card says something of its own.

export const statusWord = {
  ok: 0x9000,
  warningCorrupted: 0x6281,
  fileDeactivated: 0x6283,
  mismatchUnlimited: 0x6300,
  executionError: 0x6400,
  memoryFailure: 0x6581,
  wrongLength: 0x6700,
  channelNotSupported: 0x6881,
  secureMessagingNotSupported: 0x6882,
  secureMessagingClassByte: 0x69fc,
  incompatibleFileStructure: 0x6981,
  securityStatusNotSatisfied: 0x6982,
  authenticationMethodBlocked: 0x6983,
  referenceDataNotUsable: 0x6984,
  conditionsOfUseNotSatisfied: 0x6985,
  noCurrentEf: 0x6986,
  secureMessagingObjectMissing: 0x6987,
  secureMessagingObjectIncorrect: 0x6988,
  incorrectData: 0x6a80,
  functionNotSupported: 0x6a81,
  fileNotFound: 0x6a82,
  recordNotFound: 0x6a83,
  incorrectP1P2: 0x6a86,
  lcInconsistentWithP1P2: 0x6a87,
  referencedDataNotFound: 0x6a88,
  wrongOffset: 0x6b00,
  instructionNotSupported: 0x6d00,
  classNotSupported: 0x6e00,
  noPreciseDiagnosis: 0x6f00,
} as const;

export type StatusWordName = keyof typeof statusWord;

const meanings: Readonly<Record<StatusWordName, string>> = {
  ok: 'Normal processing.',
  warningCorrupted: 'Part of the returned data may be corrupted.',
  fileDeactivated: 'The selected file or application is locked.',
  mismatchUnlimited: 'Comparison failed; tries are not limited.',
  executionError: 'Execution error, memory unchanged.',
  memoryFailure: 'Writing to memory failed.',
  wrongLength: 'Wrong Lc or Le.',
  channelNotSupported: 'Logical channel not supported.',
  secureMessagingNotSupported: 'Secure messaging not supported.',
  secureMessagingClassByte: 'Secure messaging class byte not allowed here.',
  incompatibleFileStructure: 'Command incompatible with the file structure.',
  securityStatusNotSatisfied: 'Security status not satisfied.',
  authenticationMethodBlocked: 'Authentication method blocked.',
  referenceDataNotUsable: 'Referenced PIN or key is blocked.',
  conditionsOfUseNotSatisfied: 'Conditions of use not satisfied.',
  noCurrentEf: 'No current elementary file.',
  secureMessagingObjectMissing: 'Expected secure messaging data object missing.',
  secureMessagingObjectIncorrect: 'Secure messaging data object incorrect.',
  incorrectData: 'Incorrect parameters in the data field.',
  functionNotSupported: 'Function not supported.',
  fileNotFound: 'File or application not found.',
  recordNotFound: 'Record not found.',
  incorrectP1P2: 'Incorrect P1-P2.',
  lcInconsistentWithP1P2: 'Lc inconsistent with P1-P2.',
  referencedDataNotFound: 'Referenced key or data object not found.',
  wrongOffset: 'Offset outside the file.',
  instructionNotSupported: 'Instruction not supported.',
  classNotSupported: 'Class not supported.',
  noPreciseDiagnosis: 'No precise diagnosis.',
};

/** Null for a word that the tables do not name; `63CX` is read with `triesLeftOf`. */
export function findStatusWordName(word: number): StatusWordName | null {
  return names.find((name) => statusWord[name] === word) ?? null;
}
const names = Object.keys(meanings).filter((name): name is StatusWordName => name in statusWord);

/** X of 63CX (0 to 15), or null for any other status word. */
export function triesLeftOf(word: number): number | null {
  return (word & 0xfff0) === 0x63c0 ? word & 0x000f : null;
}

/** 63CX for X tries left. */
export function triesLeftWord(triesLeft: number): number {
  return 0x63c0 | (triesLeft & 0x0f);
}

/** For the log of an engineer, e.g. `6A82 File or application not found.` */
export function describeStatusWord(word: number): string {
  const hex = word.toString(16).toUpperCase().padStart(4, '0');
  const tries = triesLeftOf(word);
  if (tries !== null) return `${hex} Comparison failed; ${tries} tries left.`;
  const name = findStatusWordName(word);
  return name === null ? `${hex} (not in the tables)` : `${hex} ${meanings[name]}`;
}
