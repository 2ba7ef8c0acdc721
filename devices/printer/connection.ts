// IPP over HTTP and HTTPS (RFC 8010 §4, RFC 7472 for ipps): one POST, one answer. Every
// way in which that can fail is a value, and says whether anything may have left.
import http from 'node:http';
import https from 'node:https';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import type { Clock } from '#libs/std/clock.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { limits } from './limits.js';

export type PrinterTls = {
  /** PEM: the CA that signed the printer's certificate, or that self-signed certificate itself. Without it, the system's roots. */
  readonly trustedCertificate?: string;
  /** The name that the certificate must carry, when it is not the host of the URI. */
  readonly serverName?: string;
  /** SHA-256 of the certificate's DER, hex: pins exactly this certificate, on top of the checks. */
  readonly certificateSha256?: string;
};

export type ConnectionFault = {
  readonly code: 'unreachable' | 'refused' | 'malformed-answer';
  readonly detail: string;
  /** False when the connection never stood, so that the printer cannot have seen anything. */
  readonly mayHaveLeft: boolean;
};

export type PostOptions = {
  readonly timeoutMs: number;
  /** A connection of its own: a kept one may die under a request that must not be sent twice. */
  readonly fresh: boolean;
};

export interface Connection {
  /** The body of a 200 answer. Asked again once when a kept connection turned out dead. */
  post(body: Buffer, options: PostOptions): Promise<Result<Buffer, ConnectionFault>>;
  close(): void;
}

/** `target` is http: or https:. */
export function openConnection(target: URL, tls: PrinterTls, clock: Clock): Connection {
  const isSecure = target.protocol === 'https:';
  const secureOptions = isSecure ? tlsOptions(target, tls) : {};
  const agent = isSecure ? new https.Agent({ keepAlive: true, maxSockets: 2 }) : new http.Agent({ keepAlive: true, maxSockets: 2 });
  const once = (body: Buffer, options: PostOptions): Promise<Attempt> => {
    const request = (isSecure ? https : http).request(target, {
      ...secureOptions,
      method: 'POST',
      agent: options.fresh ? false : agent,
      headers: { 'content-type': 'application/ipp', 'content-length': body.length, accept: 'application/ipp' },
    });
    return attempt(request, { body, isSecure, expired: clock.sleep.bind(clock, options.timeoutMs) });
  };
  return {
    post: async (body, options) => {
      const first = await once(body, options);
      return (first.diedBeforeAnswer ? await once(body, options) : first).result;
    },
    close: () => agent.destroy(),
  };
}

function tlsOptions(target: URL, tls: PrinterTls): https.RequestOptions {
  const pinned = tls.certificateSha256?.replaceAll(':', '').toUpperCase();
  const name = tls.serverName ?? target.hostname.replace(/^\[|\]$/g, '');
  return {
    ...(tls.trustedCertificate === undefined ? {} : { ca: tls.trustedCertificate }),
    ...(tls.serverName === undefined ? {} : { servername: tls.serverName }),
    checkServerIdentity: (_host: string, certificate: PeerCertificate) => {
      if (pinned !== undefined && certificate.fingerprint256.replaceAll(':', '') !== pinned)
        return Object.assign(new Error('not the pinned certificate'), { code: 'certificate-not-pinned' });
      return checkServerIdentity(name, certificate);
    },
  };
}

type Attempt = { readonly result: Result<Buffer, ConnectionFault>; readonly diedBeforeAnswer: boolean };
type AttemptInput = { readonly body: Buffer; readonly isSecure: boolean; readonly expired: (signal: AbortSignal) => Promise<void> };

function attempt(request: http.ClientRequest, input: AttemptInput): Promise<Attempt> {
  return new Promise((resolve) => {
    const settled = new AbortController();
    let mayHaveLeft = false;
    const settle = (result: Result<Buffer, ConnectionFault>, diedBeforeAnswer = false): void => {
      settled.abort();
      resolve({ result, diedBeforeAnswer });
      if (!result.ok) request.destroy();
    };
    const fail = (code: ConnectionFault['code'], detail: string): void => settle(err({ code, detail, mayHaveLeft }));
    request.on('socket', (socket) => {
      if (!socket.connecting) mayHaveLeft = true;
      else socket.once(input.isSecure ? 'secureConnect' : 'connect', () => (mayHaveLeft = true));
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      const detail = error.code ?? error.name;
      if (request.reusedSocket && (detail === 'ECONNRESET' || detail === 'EPIPE'))
        settle(err({ code: 'unreachable', detail, mayHaveLeft }), true);
      // llhttp's own codes: something answered, but it was not HTTP.
      else fail(detail.startsWith('HPE_') ? 'malformed-answer' : 'unreachable', detail);
    });
    request.on('response', (response) => readAnswer(response, { settle: (bytes) => settle(ok(bytes)), fail }));
    void input.expired(settled.signal).then(() => {
      if (!settled.signal.aborted) fail('unreachable', 'timeout');
    });
    request.end(input.body);
  });
}

type Answering = {
  readonly settle: (body: Buffer) => void;
  readonly fail: (code: ConnectionFault['code'], detail: string) => void;
};

function readAnswer(response: http.IncomingMessage, { settle, fail }: Answering): void {
  const status = response.statusCode ?? 0;
  // A 5xx says that the printer failed, not that it refused: what it did is not known.
  if (status >= 500) return fail('unreachable', `http-${status}`);
  if (status !== 200) return fail('refused', `http-${status}`);
  const contentType = response.headers['content-type'] ?? '';
  if (!/^application\/ipp\s*(;|$)/i.test(contentType)) return fail('malformed-answer', 'content-type');
  const chunks: Buffer[] = [];
  let length = 0;
  response.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > limits.answerBytes) fail('malformed-answer', 'too-large');
    else chunks.push(chunk);
  });
  response.on('error', () => fail('unreachable', 'cut-off'));
  response.on('end', () => settle(Buffer.concat(chunks)));
}
