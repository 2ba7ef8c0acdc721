// A small HTTP server for the tests of this room: what it is asked and what it answers
// goes through one function.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Asked = { readonly method: string; readonly path: string; readonly contentType: string; readonly body: Buffer };
/** `hang-up` cuts the connection without an answer; `silence` never answers. */
export type Reply = { readonly status: number; readonly contentType: string; readonly body: string | Buffer } | 'hang-up' | 'silence';

export type TrialServer = { readonly url: string; close(): Promise<void> };

export async function serve(answer: (asked: Asked) => Promise<Reply>): Promise<TrialServer> {
  const server = createServer((request, response) => void handle(request, response, answer));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function handle(request: IncomingMessage, response: ServerResponse, answer: (asked: Asked) => Promise<Reply>): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = '', url: path = '', headers } = request;
  const reply = await answer({ method, path, contentType: headers['content-type'] ?? '', body: Buffer.concat(chunks) });
  if (reply === 'silence') return;
  if (reply === 'hang-up') return void request.socket.destroy();
  response.writeHead(reply.status, { 'content-type': reply.contentType }).end(reply.body);
}
