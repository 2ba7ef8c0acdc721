// The end of a command by a signal. A terminal's Ctrl-C is for the command alone: what it has
// started is out of the terminal's reach, so that it can be ended in order and nothing is left.
import { constants } from 'node:os';

/** Ctrl-C, a service manager, a terminal that is closed. */
const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  /** What a shell expects of a command that was ended so: 128 and the signal's number. */
  constructor(readonly exitCode: number) {
    super('interrupted');
  }
}

/**
 * From the first moment of a command on, and for as long as it takes: aborted, with an
 * `Interrupted`, by the first signal; those after it change nothing.
 */
export function leaveOnSignal(): AbortSignal {
  const leaving = new AbortController();
  for (const signal of endingSignals) {
    process.on(signal, () => leaving.abort(new Interrupted(128 + constants.signals[signal])));
  }
  return leaving.signal;
}

/** `over`: from then on nobody waits any more; a command of many visits does not keep a listener of each. */
export function untilLeaving(leaving: AbortSignal, over?: AbortSignal): Promise<void> {
  if (leaving.aborted) return Promise.resolve();
  const once = { once: true, ...(over !== undefined && { signal: over }) };
  return new Promise((resolve) => leaving.addEventListener('abort', () => resolve(), once));
}

/** Null: it was not ended by a signal. */
export function findInterruption(leaving: AbortSignal): Interrupted | null {
  return leaving.reason instanceof Interrupted ? leaving.reason : null;
}
