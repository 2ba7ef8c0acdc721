// The center's end of libs/contract/municipality.ts. Of what a municipality refuses, only
// the codes below go on to the kiosk: a word that the kiosk does not know could say more
// than it should.
import type { z } from 'zod';
import { goAheadAnswerSchema, goToCounter, outcomeAnswerSchema, type GoAheadAnswer, type GoAheadQuestion } from '#libs/contract/center.js';
import { forwardedLoginAnswerSchema, forwardedRequestAnswerSchema, type forwardedLoginBodySchema } from '#libs/contract/municipality.js';
import { problemSchema, type Problem } from '#libs/contract/problem.js';
import { refusals } from '#libs/pki/refusal.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { ask } from '../http-read.js';
import { limits } from '../limits.js';
import type { Parts } from '../parts.js';
import { passedOn, refused, type Refused } from '../refused.js';
import type { Municipality } from './registry.js';

/** It takes part, and somebody forgot to enrol this kiosk there: passed on, and an engineer has to hear of it. */
const kioskUnknown = 'kiosk-unknown';

const speakable: ReadonlySet<string> = new Set([
  goToCounter.code,
  kioskUnknown,
  'offer-expired',
  'closed',
  'issuance-stopped',
  'choice-not-offered',
  'request-conflict',
  'answer-erased',
  ...Object.keys(refusals),
]);

type ForwardedBody = z.infer<typeof forwardedLoginBodySchema>;
export type ForwardedLogin = z.infer<typeof forwardedLoginAnswerSchema>;
export type ForwardedRequest = z.infer<typeof forwardedRequestAnswerSchema>;

/** Errors: what the municipality refused, or `municipality-unreachable`. */
export async function forwardLogin(parts: Parts, to: Municipality, body: ForwardedBody): Promise<Result<ForwardedLogin, Refused>> {
  const timeoutMs = parts.configuration.limits.loginTimeoutMs;
  return spoken(
    parts,
    to,
    await call(parts, { to, method: 'POST', path: '/v1/logins', body, answer: forwardedLoginAnswerSchema, timeoutMs }),
  );
}

export async function forwardRequest(parts: Parts, to: Municipality, body: ForwardedBody): Promise<Result<ForwardedRequest, Refused>> {
  const timeoutMs = parts.configuration.limits.requestTimeoutMs;
  return spoken(
    parts,
    to,
    await call(parts, { to, method: 'POST', path: '/v1/requests', body, answer: forwardedRequestAnswerSchema, timeoutMs }),
  );
}

export async function forwardGoAhead(
  parts: Parts,
  to: Municipality,
  { request, ...body }: GoAheadQuestion & { readonly request: string },
): Promise<Result<GoAheadAnswer, Refused>> {
  const path = `/v1/requests/${request}/go-ahead`;
  const timeoutMs = parts.configuration.limits.goAheadTimeoutMs;
  return spoken(parts, to, await call(parts, { to, method: 'POST', path, body, answer: goAheadAnswerSchema, timeoutMs }));
}

/** `problem`: an answer in proper form that says no. Null: no answer to rely on. */
export type Forwarding<T> = Result<T, Problem | null>;

export async function forwardOutcome(
  parts: Parts,
  to: Municipality,
  { request, outcome }: { request: string; outcome: string },
): Promise<Forwarding<unknown>> {
  const path = `/v1/requests/${request}/outcome`;
  const timeoutMs = parts.configuration.limits.outcomeTimeoutMs;
  return call(parts, { to, method: 'PUT', path, body: { outcome }, answer: outcomeAnswerSchema, timeoutMs });
}

type Call<T> = {
  readonly to: Municipality;
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly body: unknown;
  readonly answer: z.ZodType<T>;
  readonly timeoutMs: number;
};

async function call<T extends { readonly time: string }>(parts: Parts, asked: Call<T>): Promise<Forwarding<T>> {
  const answered = await ask({
    url: new URL(asked.path, asked.to.url).href,
    method: asked.method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(asked.body),
    timeoutMs: asked.timeoutMs,
    maxBytes: limits.municipalityAnswerBytes,
  });
  const complain = (code: string): Forwarding<T> => {
    parts.log.error(code, { municipality: asked.to.code, status: answered?.status ?? null });
    return err(null);
  };
  if (answered === null) return complain('municipality-no-answer');
  const json = readJson(answered.body);
  if (answered.status === 200 || answered.status === 201) {
    const answer = asked.answer.safeParse(json);
    if (!answer.success) return complain('municipality-answer-malformed');
    return isNear(parts, answer.data.time) ? ok(answer.data) : complain('municipality-clock-apart');
  }
  const problem = problemSchema.safeParse(json);
  return problem.success && problem.data.status === answered.status ? err(problem.data) : complain('municipality-answer-malformed');
}

function spoken<T>(parts: Parts, to: Municipality, answer: Forwarding<T>): Result<T, Refused> {
  if (answer.ok) return answer;
  const problem = answer.error;
  if (problem === null) return err(refused('municipality-unreachable'));
  const isSpeakable = speakable.has(problem.code);
  if (!isSpeakable || problem.code === kioskUnknown) {
    parts.log.error('municipality-refused', { municipality: to.code, status: problem.status, refusal: problem.code });
  }
  return err(isSpeakable ? passedOn(problem) : refused('municipality-unreachable'));
}

function isNear(parts: Parts, time: string): boolean {
  return Math.abs(Date.parse(time) - parts.clock.nowMs()) <= limits.clockToleranceMs;
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
