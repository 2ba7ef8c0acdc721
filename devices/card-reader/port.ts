// A slot that takes a contact or contactless IC card (PC/SC part 5, ISO/IEC 7816-3).
import type { Result } from '#libs/std/result.js';

export type CardPresence = 'absent' | 'present' | 'reader-gone';

/** `card-removed`: pulled at any moment. `sharing-violation`: another program holds the card. */
export type CardFault = {
  readonly code: 'card-removed' | 'no-card' | 'reader-gone' | 'sharing-violation' | 'unresponsive-card' | 'pcsc-unavailable';
  /** For the log of an engineer. Never card data. */
  readonly detail: string;
};

export interface CardReader {
  /** What `parts` of an issuance and the doctor print, e.g. `pcsc: Virtual PCD 00 00`. */
  readonly description: string;
  presence(): CardPresence;
  /** Called at every change, and once at once with the presence of now. Returns how to stop. */
  onPresence(listener: (presence: CardPresence) => void): () => void;
  /** Exclusive (SCARD_SHARE_EXCLUSIVE). */
  connect(): Promise<Result<CardConnection, CardFault>>;
  close(): Promise<void>;
}

export interface CardConnection {
  readonly atr: Buffer;
  /** One command APDU to one response APDU (with its status word). Never throws. */
  transmit(command: Uint8Array): Promise<Result<Buffer, CardFault>>;
  /** Always resets or unpowers: a verified PIN survives a plain disconnect. Never throws, may be called twice. */
  disconnect(disposition: 'reset' | 'unpower'): Promise<void>;
}
