// Stands where the demo's server stands: hands out the built bench page, sends the states
// that a test wants, and keeps what the page asked for.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { benchCitizensSchema, benchSettingsSchema } from '#libs/contract/bench.js';
import { benchStateSchema, type BenchState } from '#libs/contract/simulators.js';
import { bodyOf, sendFile } from './serving.js';

export type FakeBench = {
  readonly url: string;
  /** `PUT /bench/slots/1 {"citizen":"…"}`, in order. */
  readonly asked: string[];
  /** The next change is refused with this sentence. */
  refuseNext(sentence: string): void;
  show(state: BenchState): void;
  close(): Promise<void>;
};

const citizens = benchCitizensSchema.parse([
  { id: 'taro', story: '潮見 太郎。4人世帯の世帯主', pin: '1234', bankPin: '9876', municipality: '窓口県汐見台市' },
  { id: 'jiro', story: '青嶺 次郎。暗証番号のないカード', pin: null, bankPin: null, municipality: '窓口県青嶺市' },
]);

export async function startFakeBench(pages: string, kioskUrl: string): Promise<FakeBench> {
  const settings = benchSettingsSchema.parse({
    kioskUrl,
    printerFaults: ['none', 'slow', 'brand-new'],
    receiptFaults: ['none', 'offline'],
  });
  const streams = new Set<ServerResponse>();
  const asked: string[] = [];
  let newest: BenchState | null = null;
  let refusal: string | null = null;
  const change = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    asked.push(`${request.method} ${request.url} ${await bodyOf(request)}`);
    if (refusal === null) return void response.writeHead(204).end();
    const problem = { type: 'urn:madoguchi:problem:bench', title: 'bench', status: 409, code: 'bench', detail: refusal };
    refusal = null;
    response.writeHead(409, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem));
    return undefined;
  };
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    if (path === '/bench/settings') return void response.end(JSON.stringify(settings));
    if (path === '/bench/citizens') return void response.end(JSON.stringify(citizens));
    if (path === '/bench/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      if (newest !== null) response.write(`data: ${JSON.stringify(newest)}\n\n`);
      streams.add(response);
      return undefined;
    }
    return path.startsWith('/bench/') && request.method !== 'GET' ? void change(request, response) : void sendFile(pages, path, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    refuseNext: (sentence) => {
      refusal = sentence;
    },
    show: (state) => {
      newest = benchStateSchema.parse(state);
      for (const stream of streams) stream.write(`data: ${JSON.stringify(newest)}\n\n`);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
