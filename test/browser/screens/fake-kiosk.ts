// Stands where the kiosk's process stands: hands out the built page under a strict content
// security policy, sends the views that a test wants, and keeps the actions that come back.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ScreenAction } from '#libs/contract/screen.js';
import { screenActionSchema } from '#libs/contract/screen.js';
import { bodyOf, sendFile } from './serving.js';

export type FakeKiosk = {
  readonly url: string;
  readonly actions: ScreenAction[];
  /** The status of the answer to the next actions. */
  answerWith(status: number): void;
  show(view: unknown): void;
  /** Cuts all event streams and refuses new ones until told otherwise. */
  reachable(yes: boolean): void;
  close(): Promise<void>;
};

export async function startFakeKiosk(pages: string): Promise<FakeKiosk> {
  const streams = new Set<ServerResponse>();
  const actions: ScreenAction[] = [];
  let newest: unknown = null;
  let status = 202;
  let open = true;
  const events = (response: ServerResponse): void => {
    if (!open) return void response.writeHead(503).end();
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    if (newest !== null) response.write(`data: ${JSON.stringify(newest)}\n\n`);
    streams.add(response);
    response.on('close', () => streams.delete(response));
    return undefined;
  };
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    if (path === '/screen/events') return events(response);
    if (path !== '/screen/actions') return void sendFile(pages, path, response);
    void bodyOf(request).then((body) => {
      actions.push(screenActionSchema.parse(JSON.parse(body)));
      response.writeHead(status).end();
    });
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    actions,
    answerWith: (next) => {
      status = next;
    },
    show: (view) => {
      newest = view;
      for (const stream of streams) stream.write(`data: ${JSON.stringify(view)}\n\n`);
    },
    reachable: (yes) => {
      open = yes;
      if (!yes) for (const stream of streams) stream.end();
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
