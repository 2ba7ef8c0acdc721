// The kiosk's end of libs/contract/center.ts. Whatever goes wrong on the way is one
// refusal with a code; a sentence comes along only when the other side sent one.
import type { z } from 'zod';
import {
  abortAnswerSchema,
  goAheadAnswerSchema,
  loginAnswerSchema,
  openSessionAnswerSchema,
  outcomeAnswerSchema,
  requestAnswerSchema,
  type GoAheadAnswer,
  type GoAheadQuestion,
  type LoginAnswer,
  type OpenSessionAnswer,
  type RequestAnswer,
} from '#libs/contract/center.js';
import { problemSchema } from '#libs/contract/problem.js';
import type { SignedStatement } from '#libs/contract/statements.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { limits } from './limits.js';

export type CenterRefusal = {
  readonly code: string;
  readonly sentence: string | null;
  /** HTTP status, or null when there was no answer to trust. */
  readonly status: number | null;
};

type Call<T> = {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly body: unknown;
  readonly token: string | null;
  readonly answer: z.ZodType<T>;
  readonly timeoutMs: number;
};

export class CenterClient {
  constructor(private readonly baseUrl: string) {}

  openSession(opening: string): Promise<Result<OpenSessionAnswer, CenterRefusal>> {
    const answer = openSessionAnswerSchema;
    return this.call({
      method: 'POST',
      path: '/v1/sessions',
      body: { opening },
      token: null,
      answer,
      timeoutMs: limits.openSessionTimeoutMs,
    });
  }

  login(session: { id: string; token: string }, signed: SignedStatement): Promise<Result<LoginAnswer, CenterRefusal>> {
    const path = `/v1/sessions/${session.id}/login`;
    return this.call({
      method: 'POST',
      path,
      body: signed,
      token: session.token,
      answer: loginAnswerSchema,
      timeoutMs: limits.loginTimeoutMs,
    });
  }

  request(session: { id: string; token: string }, signed: SignedStatement): Promise<Result<RequestAnswer, CenterRefusal>> {
    const path = `/v1/sessions/${session.id}/requests`;
    const timeoutMs = limits.requestTimeoutMs;
    return this.call({ method: 'POST', path, body: signed, token: session.token, answer: requestAnswerSchema, timeoutMs });
  }

  goAhead(session: { id: string; token: string }, asked: GoAheadQuestion): Promise<Result<GoAheadAnswer, CenterRefusal>> {
    const path = `/v1/sessions/${session.id}/go-ahead`;
    const timeoutMs = limits.goAheadTimeoutMs;
    return this.call({ method: 'POST', path, body: asked, token: session.token, answer: goAheadAnswerSchema, timeoutMs });
  }

  abort(session: { id: string; token: string }, reason: string): Promise<Result<unknown, CenterRefusal>> {
    const path = `/v1/sessions/${session.id}/abort`;
    const timeoutMs = limits.openSessionTimeoutMs;
    return this.call({ method: 'POST', path, body: { reason }, token: session.token, answer: abortAnswerSchema, timeoutMs });
  }

  outcome(request: string, outcome: string): Promise<Result<unknown, CenterRefusal>> {
    const path = `/v1/requests/${request}/outcome`;
    const timeoutMs = limits.outcomeTimeoutMs;
    return this.call({ method: 'PUT', path, body: { outcome }, token: null, answer: outcomeAnswerSchema, timeoutMs });
  }

  private async call<T>(call: Call<T>): Promise<Result<T, CenterRefusal>> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(new URL(call.path, this.baseUrl), {
        method: call.method,
        headers: { 'content-type': 'application/json', ...(call.token === null ? {} : { authorization: `Bearer ${call.token}` }) },
        body: JSON.stringify(call.body),
        signal: AbortSignal.timeout(call.timeoutMs),
        redirect: 'error',
      });
      text = await readText(response);
    } catch {
      return unreachable(null);
    }
    const json = parse(text);
    if (response.ok) {
      const answer = call.answer.safeParse(json);
      return answer.success ? ok(answer.data) : unreachable(response.status);
    }
    const problem = problemSchema.safeParse(json);
    return problem.success
      ? err({ code: problem.data.code, sentence: problem.data.detail, status: response.status })
      : unreachable(response.status);
  }
}

function unreachable(status: number | null): Result<never, CenterRefusal> {
  return err({ code: 'center-unreachable', sentence: null, status });
}

async function readText(response: Response): Promise<string> {
  if (response.body === null) return '';
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    length += chunk.length;
    if (length > limits.answerBytes) throw new RangeError('answer too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
