import { describe, expect, test } from 'vitest';
import type { LogFields } from '#libs/std/log.js';
import { frameworkAnswers, httpProblem, malformedBody, problemFilter } from './edge.js';
import { problem, problemContentType, problemSchema } from './problem.js';

type Sent = { status: number; type: string; body: string };

function trial(): { sent: Sent; reply: Reply; raw: Raw; lines: string[]; log: Parameters<typeof problemFilter>[0] } {
  const sent: Sent = { status: 0, type: '', body: '' };
  const reply: Reply = {
    status: (code) => ((sent.status = code), reply),
    header: (_name, value) => ((sent.type = value), reply),
    send: (body) => void (sent.body = String(body)),
  };
  const raw: Raw = {
    writeHead: (status, headers) => {
      Object.assign(sent, { status, type: headers['content-type'] });
      return { end: (text) => void (sent.body = text) };
    },
  };
  const lines: string[] = [];
  const write = (code: string, fields: LogFields = {}): void => void lines.push(JSON.stringify({ code, ...fields }));
  return { sent, reply, raw, lines, log: { info: write, warn: write, error: write } };
}
type Raw = Parameters<ReturnType<typeof frameworkAnswers>['frameworkErrors']>[2]['raw'];
type Reply = { status(code: number): Reply; header(name: string, value: string): Reply; send(body: unknown): unknown };

const secret = '/v1/sessions/910101';
const fastifyError = (code: string, statusCode: number): Error =>
  Object.assign(new Error(`'${secret}' is not a valid url component`), { code, statusCode });

describe('what Fastify would say by itself', () => {
  test.each([
    ['FST_ERR_BAD_URL', 400],
    ['FST_ERR_MAX_PARAM_LENGTH', 414],
  ])('%s is our malformed-request, in Japanese and without the URL, in the answer and in the log', (code, statusCode) => {
    const { sent, raw, lines, log } = trial();
    frameworkAnswers(log).frameworkErrors(fastifyError(code, statusCode), null, { raw });
    expect(sent).toEqual({ status: 400, type: `${problemContentType}; charset=utf-8`, body: JSON.stringify(malformedBody().problem) });
    expect(problemSchema.safeParse(JSON.parse(sent.body)).success).toBe(true);
    expect(lines).toEqual(['{"code":"malformed-request","status":400}']);
  });

  test('bytes that are no HTTP get the same words, and a line that is gone gets none', () => {
    const written: string[] = [];
    let destroyed = 0;
    const { clientErrorHandler } = frameworkAnswers(trial().log);
    const socket = { end: (text: string) => void written.push(text), destroy: () => void (destroyed += 1) };
    clientErrorHandler(new Error(secret), { ...socket, writable: true });
    clientErrorHandler(new Error('ECONNRESET'), { ...socket, writable: false });
    const [head, body] = (written[0] ?? '').split('\r\n\r\n');
    expect(JSON.parse(body ?? '')).toEqual(malformedBody().problem);
    expect(head).toContain(`content-length: ${Buffer.byteLength(body ?? '')}`);
    expect([written.length, destroyed]).toEqual([1, 1]);
  });
});

describe('what a handler throws', () => {
  const answerTo = (thrown: unknown): Sent & { lines: string[] } => {
    const { sent, reply, lines, log } = trial();
    const { catch: answer } = problemFilter(log);
    answer(thrown, { switchToHttp: () => ({ getResponse: <T>() => reply as T }) });
    return { ...sent, lines };
  };

  test('as a problem of ours goes out as it is', () => {
    expect(answerTo(httpProblem(409, 'session-ended', '終わりました。')).body).toBe(
      JSON.stringify(problem(409, 'session-ended', '終わりました。')),
    );
  });

  test('is logged with where it was thrown, and a problem of ours without a frame of this file', () => {
    expect(answerTo(httpProblem(503, 'no-database', '休止中です。')).lines).toEqual(['{"code":"no-database","cause":"HttpProblem"}']);
    expect(answerTo(new TypeError(secret)).lines[0]).toMatch(
      /^\{"code":"internal","cause":"TypeError at .*\(?edge\.test\.ts:\d+:\d+\)?"\}$/,
    );
    expect(answerTo(new Error('lives at 汐見台\n at 1-2-3')).lines.join('')).not.toMatch(/汐見台|1-2-3/);
    expect(answerTo(Object.assign(new TypeError(secret), { stack: undefined })).lines).toEqual(['{"code":"internal","cause":"TypeError"}']);
  });

  test.each([
    [{ statusCode: 404 }, 404, 'no-such-resource'],
    [{ getStatus: () => 413 }, 413, 'body-too-large'],
    [{ statusCode: 415 }, 400, 'malformed-request'],
    [new Error(secret), 500, 'internal'],
    ['a string', 500, 'internal'],
  ])('else becomes a problem without its message: case %#', (thrown, status, code) => {
    const { status: answered, body, lines } = answerTo(thrown);
    expect([answered, JSON.parse(body).code]).toEqual([status, code]);
    expect(`${body}${lines.join('')}`).not.toContain(secret);
  });
});
