// An IPP printer that is not there (RFC 8010, RFC 8011): an HTTP server on loopback with
// a paper path behind it. Strict, fresh at each start, and able to fail in the ways that a
// real printer fails. The methods beside the port are for the bench and for tests.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeMessage } from '#libs/ipp/decode.js';
import { encodeMessage } from '#libs/ipp/encode.js';
import { assert } from '#libs/std/assert.js';
import type { Clock } from '#libs/std/clock.js';
import type { Random } from '#libs/std/random.js';
import { Engine } from './engine.js';
import type { EmulatedPrinterFault, EmulatedPrinterState, TraySheet } from './job.js';
import { limits } from './limits.js';
import { answerMalformed, answerRequest, type PrinterView } from './operations.js';

export type EmulatedPrinterOptions = {
  /** Where the documents of the sheets are put, one PDF a job. The caller owns and empties it. */
  readonly directory: string;
  /** Loopback only. */
  readonly host: '127.0.0.1' | '::1';
  /** 0 takes any free one. */
  readonly port: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly msPerPage: number;
};

export interface EmulatedPrinter {
  /** `ipp://127.0.0.1:PORT/ipp/print` */
  readonly uri: string;
  state(): EmulatedPrinterState;
  /** `none` also clears a jam, starts a stopped printer, and fills an empty paper tray. */
  setFault(fault: EmulatedPrinterFault): void;
  addPaper(sheets: number): void;
  /** Takes these sheets out of the output tray, or all of them. Their files stay. */
  takeSheets(ids?: readonly string[]): readonly TraySheet[];
  /** Calls back after every change; the answer ends it. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

const path = '/ipp/print';

export async function startEmulatedPrinter(options: EmulatedPrinterOptions): Promise<EmulatedPrinter> {
  const listeners = new Set<() => void>();
  const engine = new Engine(options, () => listeners.forEach((listener) => listener()));
  const server = http.createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: options.host, port: options.port }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const printerUri = `ipp://${options.host === '::1' ? '[::1]' : options.host}:${port}${path}`;
  const view: PrinterView = { engine, printerUri, path, nowMs: () => options.clock.monotonicMs() };
  server.on('request', (request, response) => {
    // A full disk under the tray: the connection ends without an answer, as a device would.
    serve({ request, response }, view, options.clock).catch(() => response.destroy());
  });
  server.on('connection', (socket) => {
    if (engine.fault === 'offline') socket.destroy();
  });
  return {
    uri: printerUri,
    state: () => describe(engine, printerUri),
    setFault: (fault) => {
      setFault(engine, fault);
      if (fault === 'offline') server.closeAllConnections();
      engine.touch();
    },
    addPaper: (sheets) => {
      assert(Number.isInteger(sheets) && sheets > 0, 'paper comes in whole sheets');
      engine.paper += sheets;
      if (engine.fault === 'out-of-paper') engine.fault = 'none';
      engine.touch();
    },
    takeSheets: (ids) => takeSheets(engine, ids),
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: async () => {
      await engine.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function setFault(engine: Engine, fault: EmulatedPrinterFault): void {
  engine.fault = fault;
  if (fault === 'out-of-paper') engine.paper = 0;
  if (fault !== 'none') return;
  engine.isJammed = false;
  if (engine.paper === 0) engine.paper = limits.paperAtStart;
}

function takeSheets(engine: Engine, ids: readonly string[] | undefined): readonly TraySheet[] {
  const taken = engine.tray.filter((sheet) => ids === undefined || ids.includes(sheet.id));
  engine.tray = engine.tray.filter((sheet) => !taken.includes(sheet));
  engine.touch();
  return taken;
}

function describe(engine: Engine, uri: string): EmulatedPrinterState {
  return {
    uri,
    state: engine.isStopped ? 'stopped' : engine.isProcessing ? 'processing' : 'idle',
    reasons: engine.reasons,
    fault: engine.fault,
    paper: engine.paper,
    tray: [...engine.tray],
    jobs: engine.jobs.map(({ jobId, jobName, state, impressionsCompleted }) => ({ jobId, jobName, state, impressionsCompleted })),
  };
}

type Exchange = { readonly request: http.IncomingMessage; readonly response: http.ServerResponse };

async function serve({ request, response }: Exchange, view: PrinterView, clock: Clock): Promise<void> {
  const refuse = (status: number): void => void response.writeHead(status, { connection: 'close' }).end();
  if (request.method !== 'POST') return refuse(405);
  if (request.url !== path && request.url?.startsWith(`${path}/`) !== true) return refuse(404);
  if (request.headers['content-type'] !== 'application/ipp') return refuse(415);
  const body = await readBody(request);
  if (body === 'too-large') return refuse(413);
  if (body === 'cut-off') return void response.destroy();
  const decoded = decodeMessage(body);
  const answer = decoded.ok ? await answerRequest(decoded.value, view) : answerMalformed(body);
  if (view.engine.fault === 'slow') await clock.sleep(limits.slowAnswerMs);
  if (view.engine.fault === 'offline') return void response.destroy();
  const bytes = encodeMessage(answer);
  response.writeHead(200, { 'content-type': 'application/ipp', 'content-length': bytes.length }).end(bytes);
}

async function readBody(request: http.IncomingMessage): Promise<Buffer | 'too-large' | 'cut-off'> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request) {
      if (!Buffer.isBuffer(chunk)) return 'cut-off';
      length += chunk.length;
      if (length > limits.requestBytes) return 'too-large';
      chunks.push(chunk);
    }
  } catch {
    return 'cut-off';
  }
  return Buffer.concat(chunks);
}
