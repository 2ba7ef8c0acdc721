// The moment that decides about money: the document is on its way and something goes
// wrong. `refused` may only come back when certainly nothing will be printed.
import { afterEach, describe, expect, it } from 'vitest';
import { createIppPrinter } from '#devices/printer/ipp-printer.js';
import type { Printer, PrinterFault } from '#devices/printer/port.js';
import { systemClock, type Clock } from '#libs/std/clock.js';
import { copyOf } from './printer-contract.js';
import { onlyPrintJob, startScriptedPrinter, type Line, type Script, type ScriptedPrinter } from './scripted-printer.js';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of opened.splice(0).toReversed()) await part.close();
});

/** The time-outs of the adapter shortened, for answers that never come. */
const hurried: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(ms / 20, signal) };

async function meet(script: Script): Promise<{ device: ScriptedPrinter; printer: Printer }> {
  const device = await startScriptedPrinter(script);
  const printer = createIppPrinter({ uri: device.uri, clock: Object.values(script).includes('hang') ? hurried : systemClock });
  opened.push(device, printer);
  return { device, printer };
}

describe('submit, when the document may have left', () => {
  const uncertain: readonly [string, Line, string][] = [
    ['HTTP 500', { http: 500 }, 'http-500'],
    ['HTTP 200 with junk', { http: 200, body: Buffer.from('<html></html>') }, 'bad-tag'],
    ['a web page', { http: 200, contentType: 'text/html', body: Buffer.from('<html>') }, 'content-type'],
    ['no answer', 'hang', 'timeout'],
    ['hanging up', 'hang-up', 'ECONNRESET'],
    ['an internal error', { status: 'server-error-internal-error' }, 'server-error-internal-error'],
    ['a device error', { status: 'server-error-device-error' }, 'server-error-device-error'],
  ];

  it.each(uncertain)('Send-Document answered by %s is unreachable', { timeout: 15_000 }, async (_, line, detail) => {
    const { device, printer } = await meet({ 'Send-Document': line });
    expect(await printer.submit(copyOf('left'))).toEqual({ ok: false, error: { code: 'unreachable', detail } });
    expect(device.asked.at(-1)).toBe('Send-Document 2.0');
  });

  it.each(uncertain)('Print-Job answered by %s is unreachable, and never sent twice', { timeout: 15_000 }, async (_, line, detail) => {
    const { device, printer } = await meet({ 'Get-Printer-Attributes': onlyPrintJob, 'Print-Job': line });
    expect(await printer.submit(copyOf('left'))).toEqual({ ok: false, error: { code: 'unreachable', detail } });
    expect(device.asked).toEqual(['Get-Printer-Attributes 2.0', 'Validate-Job 2.0', 'Print-Job 2.0']);
  });

  it('a Print-Job answer without a job-id is unreachable', async () => {
    const { printer } = await meet({ 'Get-Printer-Attributes': onlyPrintJob, 'Print-Job': { status: 'successful-ok' } });
    expect(await printer.submit(copyOf('left'))).toMatchObject({ error: { code: 'unreachable', detail: 'malformed-answer: job-id' } });
  });
});

describe('submit, when nothing can have been printed', () => {
  it.each<[string, Script, PrinterFault['detail']]>([
    ['no answer at all', { 'Get-Printer-Attributes': 'hang' }, 'not-sent: timeout'],
    ['a printer without PDF', { 'Get-Printer-Attributes': { attributes: [] } }, 'not-sent: document-format-supported'],
    [
      'a ticket it refuses',
      { 'Validate-Job': { status: 'client-error-attributes-or-values-not-supported' } },
      'not-sent: client-error-attributes-or-values-not-supported',
    ],
    ['a job it does not create', { 'Create-Job': 'hang-up' }, 'not-sent: ECONNRESET'],
    ['a job without a number', { 'Create-Job': { status: 'successful-ok' } }, 'not-sent: malformed-answer: job-id'],
    ['a busy printer', { 'Send-Document': { status: 'server-error-busy' } }, 'server-error-busy'],
    ['a document it refuses', { 'Send-Document': { status: 'client-error-document-format-error' } }, 'client-error-document-format-error'],
    ['a login page', { 'Send-Document': { http: 401 } }, 'http-401'],
  ])('%s is refused', async (_, script, detail) => {
    const { printer } = await meet(script);
    expect(await printer.submit(copyOf('refused'))).toEqual({ ok: false, error: { code: 'refused', detail } });
  });

  it('cancels the empty job that a refused document leaves behind', async () => {
    const { device, printer } = await meet({ 'Send-Document': { status: 'client-error-document-format-error' } });
    await printer.submit(copyOf('refused'));
    expect(device.asked.slice(-2)).toEqual(['Send-Document 2.0', 'Cancel-Job 2.0']);
  });
});

describe('a printer of IPP/1.1', () => {
  it('is asked again in 1.1, and only in 1.1 from then on', async () => {
    const { device, printer } = await meet({
      'Get-Printer-Attributes': {
        change: (answer) =>
          answer.version.major === 2
            ? { ...answer, code: 0x0503, groups: answer.groups.slice(0, 1), version: { major: 1, minor: 1 } }
            : answer,
      },
    });
    expect(await printer.submit(copyOf('old'))).toMatchObject({ ok: true });
    expect(device.asked).toEqual([
      'Get-Printer-Attributes 2.0',
      'Get-Printer-Attributes 1.1',
      'Validate-Job 1.1',
      'Create-Job 1.1',
      'Send-Document 1.1',
    ]);
  });
});
