// The part of pcsclite 1.0.1 that the adapter uses; the package brings no types.
declare module 'pcsclite' {
  import type { EventEmitter } from 'node:events';

  namespace pcsclite {
    type Done = (error: Error | null | undefined) => void;

    /** Emits `status`, `error` and `end`. One native thread watches it until `close`. */
    interface NativeReader extends EventEmitter {
      readonly name: string;
      connected: boolean;
      readonly SCARD_SHARE_EXCLUSIVE: number;
      readonly SCARD_PROTOCOL_T0: number;
      readonly SCARD_PROTOCOL_T1: number;
      readonly SCARD_RESET_CARD: number;
      readonly SCARD_UNPOWER_CARD: number;
      connect(options: { share_mode: number; protocol: number }, done: (error: Error | null | undefined, protocol: number) => void): void;
      disconnect(disposition: number, done: Done): void;
      transmit(
        command: Buffer,
        answerBytes: number,
        protocol: number,
        done: (error: Error | null | undefined, answer: Buffer) => void,
      ): void;
      close(): number;
    }

    /** Emits `reader` and `error`. */
    interface Context extends EventEmitter {
      close(): number;
    }
  }

  /** Throws when no pcscd answers. */
  function pcsclite(): pcsclite.Context;
  export = pcsclite;
}
