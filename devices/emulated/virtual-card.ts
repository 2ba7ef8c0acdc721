// A chip without its plastic: bytes in, bytes out. The same object stands behind
// pcscd (through vpcd) or behind the direct reader, and never knows which.

export interface VirtualCard {
  /** What the bench and the logs call it; never a name or a number of a person. */
  readonly label: string;
  readonly atr: Buffer;
  /** Power on or warm reset: selected application and verified PINs are gone, counters stay. */
  reset(): void;
  /** One command APDU (ISO/IEC 7816-4) to one response APDU. Never throws: an answer is a status word. */
  transmit(command: Buffer): Buffer;
}
