// The HTTP edge, the same for every server of ours: whatever a handler throws becomes one
// problem (RFC 9457), logged as a code, without a stack trace and without the body. It
// imports no framework; the shapes below are the few words of Nest and Fastify it needs.
import type { Log } from '#libs/std/log.js';
import { problem, problemContentType, type Problem } from './problem.js';

/** Thrown by handlers only; libraries return results. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  constructor(readonly problem: Problem) {
    super(problem.code);
  }
}

export function httpProblem(status: number, code: string, detail: string): HttpProblem {
  return new HttpProblem(problem(status, code, detail));
}

/** `exceptionFactory` of Nest's StandardSchemaValidationPipe. The issues stay out of the answer: they may quote the body. */
export function malformedBody(): HttpProblem {
  return httpProblem(400, 'malformed-request', '送信された内容の形式が正しくありません。');
}

type Reply = { status(code: number): Reply; header(name: string, value: string): Reply; send(body: unknown): unknown };
type Host = { switchToHttp(): { getResponse<T>(): T } };

/** For `app.useGlobalFilters(problemFilter(log))`. */
export function problemFilter(log: Log): { catch(exception: unknown, host: Host): void } {
  return {
    catch(exception, host) {
      const answer = logged(log, exception);
      host
        .switchToHttp()
        .getResponse<Reply>()
        .status(answer.status)
        .header('content-type', problemContentType)
        .send(JSON.stringify(answer));
    },
  };
}

type RawReply = { readonly raw: { writeHead(status: number, headers: Record<string, string>): { end(text: string): unknown } } };
type Connection = { readonly writable: boolean; end(text: string): unknown; destroy(): unknown };

/** Of Fastify's constructor: what it would answer by itself, in English, before any route of ours. */
export type FrameworkAnswers = {
  /** A URL that is none, a path parameter that is too long (FST_ERR_BAD_URL, FST_ERR_MAX_PARAM_LENGTH): their message quotes the URL. */
  readonly frameworkErrors: (error: unknown, request: unknown, reply: RawReply) => void;
  /** Bytes that are no HTTP: Node's `clientError`. */
  readonly clientErrorHandler: (error: unknown, socket: Connection) => void;
};

/** For `new FastifyAdapter({ ...frameworkAnswers(log), bodyLimit })`: the same problems as everywhere. */
export function frameworkAnswers(log: Log): FrameworkAnswers {
  return {
    frameworkErrors(error, _request, reply) {
      const answer = logged(log, error);
      reply.raw.writeHead(answer.status, { 'content-type': `${problemContentType}; charset=utf-8` }).end(JSON.stringify(answer));
    },
    clientErrorHandler(_error, socket) {
      if (!socket.writable) return void socket.destroy();
      socket.end(rawAnswer(logged(log, malformedBody())));
    },
  };
}

function logged(log: Log, exception: unknown): Problem {
  const answer = toProblem(exception);
  if (answer.status >= 500) log.error(answer.code, { cause: nameOf(exception) });
  else log.info(answer.code, { status: answer.status });
  return answer;
}

/** RFC 9112 §4: there is no reply to write to when the request could not be read. */
function rawAnswer(answer: Problem): string {
  const body = JSON.stringify(answer);
  const head = [`content-type: ${problemContentType}`, `content-length: ${Buffer.byteLength(body)}`, 'connection: close'];
  return [`HTTP/1.1 ${answer.status} Bad Request`, ...head, '', body].join('\r\n');
}

function toProblem(exception: unknown): Problem {
  if (exception instanceof HttpProblem) return exception.problem;
  const status = statusOf(exception);
  if (status === 404) return problem(404, 'no-such-resource', 'お探しのものは見つかりませんでした。');
  if (status === 413) return problem(413, 'body-too-large', '送信された内容が大きすぎます。');
  if (status >= 400 && status < 500) return malformedBody().problem;
  return problem(500, 'internal', 'ただいま処理できません。しばらくしてからもう一度お試しください。');
}

function statusOf(exception: unknown): number {
  if (typeof exception !== 'object' || exception === null) return 500;
  if ('getStatus' in exception && typeof exception.getStatus === 'function') return Number(exception.getStatus());
  if ('statusCode' in exception && typeof exception.statusCode === 'number') return exception.statusCode;
  return 500;
}

/**
 * The class of a failure and where it was thrown: enough for an engineer, nothing of a message
 * that may quote data. A problem of ours is made in this file and its code says what it is.
 */
function nameOf(exception: unknown): string {
  if (!(exception instanceof Error)) return typeof exception;
  if (exception instanceof HttpProblem) return exception.name;
  // Only a whole frame: a line of the message may have an "at" too.
  const frame = exception.stack?.split('\n').find((line) => /^\s+at .*:\d+:\d+\)?$/.test(line)) ?? '';
  const withoutFolder = frame.trim().replace(/(\(|at )[^(]*[\\/](?=[^\\/]+:\d+:\d+\)?$)/, '$1');
  return `${exception.name} ${withoutFolder}`.trim().slice(0, 160);
}
