// From a refusal of the center to the problem that its caller gets, and the one class of
// delay of `go-to-counter`.
import { goToCounter } from '#libs/contract/center.js';
import { httpProblem } from '#libs/contract/edge.js';
import type { Result } from '#libs/std/result.js';
import type { Pace } from '../issuance/authenticate.js';
import type { Parts } from '../parts.js';
import type { Refused } from '../refused.js';

/** Only here does a refusal become an exception. */
export function orProblem<T>(result: Result<T, Refused>): T {
  if (result.ok) return result.value;
  throw httpProblem(result.error.status, result.error.code, result.error.sentence);
}

type Delayed = Pick<Parts, 'clock'> & { readonly configuration: { readonly limits: { readonly refusalClassMs: number } } };

/**
 * Runs `work`; a `go-to-counter` is held back to the next multiple of the class, whoever
 * said it: a register, or this center about two claims on one card. So the delay says no
 * more about the reason than the words do. The class is counted from the end of the
 * verification, which takes as long as OCSP takes whatever comes after it; of a repeat,
 * which verifies nothing anew, from its arrival. Offers are not held back: that they are
 * none is plain to see anyway.
 */
export async function withRefusalDelay<T>(parts: Delayed, work: (pace: Pace) => Promise<Result<T, Refused>>): Promise<Result<T, Refused>> {
  const classMs = parts.configuration.limits.refusalClassMs;
  let fromMs = parts.clock.monotonicMs();
  const result = await work({ verified: () => void (fromMs = parts.clock.monotonicMs()) });
  if (result.ok || result.error.code !== goToCounter.code) return result;
  const tookMs = parts.clock.monotonicMs() - fromMs;
  await parts.clock.sleep(Math.max(1, Math.ceil(tookMs / classMs)) * classMs - tookMs);
  return result;
}
