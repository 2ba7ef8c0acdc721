// One connected card: commands one after the other, each with a deadline, and a broken
// exchange explained: was the card pulled, or does it not answer?
import type { Clock } from '#libs/std/clock.js';
import { wipe } from '#libs/std/bytes.js';
import { err, ok } from '#libs/std/result.js';
import type { Result } from '#libs/std/result.js';
import { limits } from './limits.js';
import type { GuardedReader } from './native-reader.js';
import type { CardConnection, CardFault, CardPresence } from './port.js';

export type CardSeat = {
  readonly reader: GuardedReader;
  readonly clock: Clock;
  /** False once the reader was unplugged, or pcscd went away. */
  isCurrent(): boolean;
  presence(): CardPresence;
  changed(timeoutMs: number): Promise<void>;
  atr(): Buffer;
  /** `clean`: pcscd has taken the handle back. */
  onDisconnected(clean: boolean): void;
};

export async function connectCard(seat: CardSeat): Promise<Result<CardConnection, CardFault>> {
  const connected = await seat.reader.connect();
  if (!connected.ok) {
    // pcscd takes a moment to see that a card is not there any more.
    if (connected.error.code !== 'card-removed') return connected;
    return err({ ...connected.error, code: 'no-card' });
  }
  if (seat.atr().length === 0) await seat.changed(limits.atrTimeoutMs);
  let open = true;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const done = last.then(act);
    last = done;
    return done;
  };
  return ok({
    atr: Buffer.from(seat.atr()),
    transmit: (command) => {
      // A copy, because the caller may overwrite a PIN as soon as this returns.
      const own = Buffer.from(command);
      return inTurn(async () => {
        const answer = open ? await exchange(seat, own, connected.value) : closedConnection();
        wipe(own);
        return answer;
      });
    },
    disconnect: (disposition) =>
      inTurn(async () => {
        if (!open) return;
        open = false;
        // Also when the reader is gone: pcscd keeps a lost reader half alive for as long as
        // somebody holds a handle to it, and then refuses the one that is plugged in next.
        const ended = await withDeadline(seat.clock, seat.reader.disconnect(disposition));
        seat.onDisconnected(ended.ok);
      }),
  });
}

async function exchange(seat: CardSeat, command: Buffer, protocol: number): Promise<Result<Buffer, CardFault>> {
  if (!seat.isCurrent()) return err({ code: 'reader-gone', detail: 'the reader was lost' });
  const answer = refuseEmpty(await withDeadline(seat.clock, seat.reader.transmit(command, protocol)));
  if (answer.ok || answer.error.code !== 'unresponsive-card') return answer;
  if (seat.isCurrent() && seat.presence() === 'present') await seat.changed(limits.settleMs);
  if (!seat.isCurrent()) return err({ ...answer.error, code: 'reader-gone' });
  return seat.presence() === 'present' ? answer : err({ ...answer.error, code: 'card-removed' });
}

/** A reader whose card is pulled in the middle may call that a success of no bytes (vpcd does). */
function refuseEmpty(answer: Result<Buffer, CardFault>): Result<Buffer, CardFault> {
  if (!answer.ok || answer.value.length >= 2) return answer;
  return err({ code: 'unresponsive-card', detail: 'an answer without a status word' });
}

async function withDeadline<T>(clock: Clock, running: Promise<Result<T, CardFault>>): Promise<Result<T, CardFault>> {
  const deadline = new AbortController();
  const late = clock
    .sleep(limits.answerTimeoutMs, deadline.signal)
    .then((): Result<T, CardFault> => err({ code: 'unresponsive-card', detail: 'no answer in time' }));
  const result = await Promise.race([running, late]);
  deadline.abort();
  return result;
}

function closedConnection(): Result<Buffer, CardFault> {
  return err({ code: 'card-removed', detail: 'the connection is closed' });
}
