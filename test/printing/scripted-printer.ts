// A printer that says what the test wants, well-formed or not: for what neither the
// emulated printer nor ippeveprinter would ever answer.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeMessage } from '#libs/ipp/decode.js';
import { encodeMessage } from '#libs/ipp/encode.js';
import { attribute, charset, enumeration, integer, keyword, mimeMediaType, name, naturalLanguage, uri } from '#libs/ipp/message.js';
import type { IppAttribute, IppMessage } from '#libs/ipp/message.js';
import { findOperation, operations, statusCodes, type Operation, type StatusName } from '#libs/ipp/operations.js';

/** Attributes of the printer or the job, a status, an HTTP answer as it is, or nothing ever. */
export type Line =
  | { readonly attributes: readonly IppAttribute[] }
  | { readonly status: StatusName }
  | { readonly http: number; readonly contentType?: string; readonly body?: Buffer }
  | { readonly change: (answer: IppMessage) => IppMessage }
  | 'hang'
  | 'hang-up';

export type Script = Partial<Record<Operation, Line>>;

export interface ScriptedPrinter {
  readonly uri: string;
  /** Every operation that was asked, in order, with its IPP version. */
  readonly asked: readonly string[];
  /** What to answer from now on. */
  script: Script;
  close(): Promise<void>;
}

const described = (supported: readonly Operation[]): readonly IppAttribute[] => [
  attribute('operations-supported', ...supported.map((operation) => enumeration(operations[operation]))),
  attribute('document-format-supported', mimeMediaType('application/pdf')),
  attribute('media-supported', keyword('iso_a4_210x297mm')),
  attribute('printer-state', enumeration(3)),
  attribute('printer-state-reasons', keyword('none')),
];

export const onlyPrintJob: Line = { attributes: described(['Print-Job', 'Validate-Job', 'Get-Job-Attributes', 'Cancel-Job']) };

export function jobLine(jobName: string, ...more: readonly IppAttribute[]): Line {
  return {
    attributes: [
      attribute('job-id', integer(1)),
      attribute('job-uri', uri('ipp://localhost/ipp/print/1')),
      attribute('job-name', name(jobName)),
      ...more,
    ],
  };
}

/** Without a line in `script` a printer that does everything, and whose only job is number 1. */
export async function startScriptedPrinter(script: Script = {}): Promise<ScriptedPrinter> {
  const asked: string[] = [];
  const state = { script };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const decoded = decodeMessage(Buffer.concat(chunks));
      const operation = decoded.ok ? findOperation(decoded.value.code) : null;
      if (!decoded.ok || operation === null) return void response.writeHead(400).end();
      asked.push(`${operation} ${decoded.value.version.major}.${decoded.value.version.minor}`);
      const line = state.script[operation] ?? usual(operation);
      if (line === 'hang') return;
      if (line === 'hang-up') return void response.destroy();
      if ('http' in line)
        return void response.writeHead(line.http, { 'content-type': line.contentType ?? 'application/ipp' }).end(line.body);
      const answer = 'change' in line ? line.change(answerWith(decoded.value, usual(operation))) : answerWith(decoded.value, line);
      response.writeHead(200, { 'content-type': 'application/ipp' }).end(encodeMessage(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    uri: `ipp://127.0.0.1:${(server.address() as AddressInfo).port}/ipp/print`,
    asked,
    get script() {
      return state.script;
    },
    set script(next) {
      state.script = next;
    },
    close: () => closeServer(server),
  };
}

export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

type Spoken = Extract<Line, { readonly attributes: unknown } | { readonly status: unknown }>;

function usual(operation: Operation): Spoken {
  switch (operation) {
    case 'Get-Printer-Attributes':
      return {
        attributes: described(['Print-Job', 'Create-Job', 'Send-Document', 'Validate-Job', 'Get-Job-Attributes', 'Get-Jobs', 'Cancel-Job']),
      };
    case 'Print-Job':
    case 'Create-Job':
    case 'Send-Document':
      return { attributes: [attribute('job-id', integer(1)), attribute('job-uri', uri('ipp://localhost/ipp/print/1'))] };
    case 'Validate-Job':
    case 'Cancel-Job':
    case 'Get-Jobs':
    case 'Get-Job-Attributes':
      return { status: 'successful-ok' };
  }
}

function answerWith(request: IppMessage, line: Spoken): IppMessage {
  const operation = [attribute('attributes-charset', charset('utf-8')), attribute('attributes-natural-language', naturalLanguage('en'))];
  const tag = findOperation(request.code) === 'Get-Printer-Attributes' ? 'printer' : 'job';
  return {
    version: request.version,
    code: 'status' in line ? statusCodes[line.status] : statusCodes['successful-ok'],
    requestId: request.requestId,
    groups: [{ tag: 'operation', attributes: operation }, ...('attributes' in line ? [{ tag, attributes: line.attributes } as const] : [])],
    data: Buffer.alloc(0),
  };
}
