// Whether a database takes what is written: what a part says of itself at `/health`. That it
// can be read proves nothing: a full disk, a standby and a lost volume can all be read.
import type { Clock } from '#libs/std/clock.js';
import { limits } from './limits.js';

export class WriteProbe {
  private last: { readonly askedMs: number; readonly answer: Promise<boolean> } | null = null;

  constructor(
    /** Writes what changes nothing. */
    private readonly write: () => Promise<unknown>,
    private readonly clock: Clock,
  ) {}

  /** Never rejects. Anybody may ask, so however many do, one write is made in `writeProbeEveryMs`. */
  ask(): Promise<boolean> {
    const askedMs = this.clock.monotonicMs();
    if (this.last === null || askedMs - this.last.askedMs >= limits.writeProbeEveryMs) {
      this.last = { askedMs, answer: this.tryOnce() };
    }
    return this.last.answer;
  }

  private async tryOnce(): Promise<boolean> {
    const done = new AbortController();
    const written = this.write().then(
      () => true,
      () => false,
    );
    const tooLate = this.clock.sleep(limits.writeProbeTimeoutMs, done.signal).then(() => false);
    const answer = await Promise.race([written, tooLate]);
    done.abort();
    return answer;
  }
}
