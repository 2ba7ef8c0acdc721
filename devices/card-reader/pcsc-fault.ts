// Return codes of PC/SC (winscard, pcsc-lite's pcsclite.h) as faults of our port. pcsclite
// gives them as text: `SCardTransmit error: Card was removed.(0x80100069)`.
import type { CardFault } from './port.js';

const codes: Readonly<Record<string, CardFault['code']>> = {
  '80100009': 'reader-gone', // SCARD_E_UNKNOWN_READER
  '80100017': 'reader-gone', // SCARD_E_READER_UNAVAILABLE
  '8010002E': 'reader-gone', // SCARD_E_NO_READERS_AVAILABLE
  '80100003': 'reader-gone', // SCARD_E_INVALID_HANDLE: its pcscd or reader is another one by now
  '8010000B': 'sharing-violation', // SCARD_E_SHARING_VIOLATION
  '8010000C': 'no-card', // SCARD_E_NO_SMARTCARD
  '80100069': 'card-removed', // SCARD_W_REMOVED_CARD
  '80100068': 'card-removed', // SCARD_W_RESET_CARD: not the card that was connected
  '80100066': 'unresponsive-card', // SCARD_W_UNRESPONSIVE_CARD
  '80100065': 'unresponsive-card', // SCARD_W_UNSUPPORTED_CARD
  '80100067': 'unresponsive-card', // SCARD_W_UNPOWERED_CARD
  '8010000F': 'unresponsive-card', // SCARD_E_PROTO_MISMATCH
  '80100016': 'unresponsive-card', // SCARD_E_NOT_TRANSACTED
  '8010002F': 'unresponsive-card', // SCARD_E_COMM_DATA_LOST
  '8010001D': 'pcsc-unavailable', // SCARD_E_NO_SERVICE
  '8010001E': 'pcsc-unavailable', // SCARD_E_SERVICE_STOPPED
  '80100013': 'pcsc-unavailable', // SCARD_F_COMM_ERROR: pcscd went away in mid-sentence
};

/** `detail` is pcsc-lite's own text: a function, a sentence and a code, never card data. */
export function pcscFault(error: unknown): CardFault {
  const detail = error instanceof Error ? error.message : 'unknown error';
  const code = /\(0x([0-9a-fA-F]{8})\)/.exec(detail)?.[1]?.toUpperCase();
  return { code: (code === undefined ? undefined : codes[code]) ?? 'unresponsive-card', detail };
}
