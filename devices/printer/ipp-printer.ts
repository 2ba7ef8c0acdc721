// The one real adapter of port.ts: any IPP Everywhere printer or CUPS queue, by URI
// (RFC 8010, RFC 8011, RFC 7472).
import { attribute, keyword } from '#libs/ipp/message.js';
import { assert } from '#libs/std/assert.js';
import type { Clock } from '#libs/std/clock.js';
import { err, ok } from '#libs/std/result.js';
import { readStatus, statusAttributes } from './capabilities.js';
import { createClient } from './client.js';
import { openConnection, type PrinterTls } from './connection.js';
import { findJob } from './find-job.js';
import { followJob } from './follow-job.js';
import { limits } from './limits.js';
import type { Printer } from './port.js';
import { cancelJob, submitJob } from './submit-job.js';

export type IppPrinterOptions = {
  /** `ipp://host[:631]/ipp/print` or `ipps://…`. */
  readonly uri: string;
  /** Only for ipps: what to trust. */
  readonly tls?: PrinterTls;
  /** media-source (PWG 5100.7) that holds the certificate paper, e.g. `tray-1`; without it the printer chooses. */
  readonly tray?: string;
  readonly clock: Clock;
};

/** Null when the URI is one this adapter can speak to, else what was expected. For configuration. */
export function findUriFault(uri: string): string | null {
  const expected = 'ipp://host[:port]/path or ipps://host[:port]/path, without user or password';
  if (!URL.canParse(uri)) return expected;
  const url = new URL(uri);
  const isPlain = url.username === '' && url.password === '' && url.hash === '' && url.hostname !== '' && url.port !== '0';
  return /^ipps?:$/.test(url.protocol) && isPlain ? null : expected;
}

/** Opens nothing until it is asked. `uri` must have passed `findUriFault`. */
export function createIppPrinter(options: IppPrinterOptions): Printer {
  assert(findUriFault(options.uri) === null, 'the URI of the printer was checked with the configuration');
  const tray = options.tray ?? null;
  const connection = openConnection(httpTarget(options.uri), options.tls ?? {}, options.clock);
  const client = createClient(connection, options.uri);
  return {
    description: options.uri,
    status: async () => {
      const requested = attribute('requested-attributes', ...statusAttributes.map(keyword));
      const answer = await client.call({ operation: 'Get-Printer-Attributes', attributes: [requested] });
      return answer.ok ? ok(readStatus(answer.value, tray)) : err({ code: answer.error.code, detail: answer.error.detail });
    },
    submit: (job) => {
      assert(job.pdf.length <= limits.documentBytes, 'a copy is smaller than the largest document');
      return submitJob(client, job, tray);
    },
    findByName: (jobName) => findJob(client, jobName),
    follow: (ref, follow) => followJob({ client, ref }, follow, options.clock),
    cancel: (ref) => cancelJob(client, ref),
    close: () => Promise.resolve(client.close()),
  };
}

/** RFC 3510 §4 and RFC 7472 §4: the same address over HTTP, port 631 unless it says another. */
export function httpTarget(uri: string): URL {
  const target = new URL(uri.replace(/^ipp/, 'http'));
  const hasPort = /^[^/]+\/\/(\[[^\]]*\]|[^/:]*):\d+/.test(uri);
  if (!hasPort) target.port = '631';
  return target;
}
