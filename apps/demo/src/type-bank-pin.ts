// A person's fingers on the PIN pad: they type when the pad asks, now or later.
import type { Bench } from './bench.js';

/** Types once. The answer: stop waiting for the pad. */
export function typeWhenAsked(bench: Bench, pin: string): () => void {
  const type = (): boolean => {
    if (!bench.pinPad.state().asking) return false;
    for (const digit of pin) bench.pinPad.pressDigit(Number(digit));
    bench.press('enter');
    return true;
  };
  if (type()) return () => undefined;
  const stop = bench.onChange(() => {
    if (!bench.pinPad.state().asking) return;
    stop();
    type();
  });
  return stop;
}
