// Answers that are no answers: each is a fault with a code, never an exception, and a job
// that they speak of stays uncertain.
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createIppPrinter, findUriFault } from '#devices/printer/ipp-printer.js';
import type { Printer } from '#devices/printer/port.js';
import { attribute, charset, enumeration, integer, keyword } from '#libs/ipp/message.js';
import { systemClock, type Clock } from '#libs/std/clock.js';
import { seededRandom } from '#libs/std/random.js';
import { copyOf } from './printer-contract.js';
import { jobLine, startScriptedPrinter, type Line, type Script, type ScriptedPrinter } from './scripted-printer.js';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of opened.splice(0).toReversed()) await part.close();
});

/** Looks often; waits for an answer as long as ever. */
const hurried: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(ms > 1_000 ? ms : ms / 20, signal) };
const ref = { jobName: 'junk', jobId: 1, jobUri: 'ipp://localhost/ipp/print/1' };
const completed = [attribute('job-state', enumeration(9)), attribute('job-state-reasons', keyword('job-completed-successfully'))];

async function meet(script: Script): Promise<{ device: ScriptedPrinter; printer: Printer }> {
  const device = await startScriptedPrinter(script);
  const printer = createIppPrinter({ uri: device.uri, clock: hurried });
  opened.push(device, printer);
  return { device, printer };
}

async function meetRaw(answer: (chunk: Buffer) => Buffer | null): Promise<Printer> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      const bytes = answer(chunk);
      if (bytes === null) socket.destroy();
      else socket.end(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const printer = createIppPrinter({ uri: `ipp://127.0.0.1:${(server.address() as AddressInfo).port}/ipp/print`, clock: hurried });
  opened.push({ close: () => new Promise((resolve) => server.close(() => resolve())) }, printer);
  return printer;
}

describe('a server that is no printer', () => {
  it.each<[string, Buffer | null, string]>([
    ['junk', seededRandom('junk').bytes(5_000), 'malformed-answer'],
    ['a greeting of another protocol', Buffer.from('220 mail.example ESMTP\r\n'), 'malformed-answer'],
    ['nothing', null, 'unreachable'],
    ['an answer cut off', Buffer.from('HTTP/1.1 200 OK\r\ncontent-type: application/ipp\r\ncontent-length: 900\r\n\r\nabc'), 'unreachable'],
    [
      'endless attributes',
      Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\ncontent-type: application/ipp\r\n\r\n'), Buffer.alloc(1_200_000)]),
      'malformed-answer',
    ],
  ])('%s', async (_, bytes, code) => {
    const printer = await meetRaw(() => bytes);
    expect(await printer.status()).toMatchObject({ ok: false, error: { code } });
    expect(await printer.findByName('junk')).toMatchObject({ ok: false, error: { code } });
    expect(await printer.follow(ref, { pages: 1, timeoutMs: 100 })).toMatchObject({ outcome: 'uncertain', evidence: { jobState: code } });
    expect(await printer.submit(copyOf('junk'))).toMatchObject({
      error: { code: 'refused', detail: expect.stringMatching(/^not-sent: /) },
    });
  });

  it('nobody there', async () => {
    const printer = createIppPrinter({ uri: 'ipp://127.0.0.1:1/ipp/print', clock: hurried });
    expect(await printer.status()).toMatchObject({ error: { code: 'unreachable', detail: 'ECONNREFUSED' } });
  });
});

describe('a printer whose answers are wrong', () => {
  it.each<[string, Line, string]>([
    ['for another request', { change: (answer) => ({ ...answer, requestId: answer.requestId + 1 }) }, 'request-id'],
    ['of another protocol version', { change: (answer) => ({ ...answer, version: { major: 9, minor: 0 } }) }, 'version'],
    ['with data behind them', { change: (answer) => ({ ...answer, data: Buffer.from('x') }) }, 'data-behind-attributes'],
    ['without operation attributes', { change: (answer) => ({ ...answer, groups: answer.groups.slice(1) }) }, 'attributes-charset'],
    [
      'in another charset',
      {
        change: (answer) => ({
          ...answer,
          groups: [{ tag: 'operation', attributes: [attribute('attributes-charset', charset('iso-2022-jp'))] }],
        }),
      },
      'attributes-charset',
    ],
  ])('%s', async (_, line, detail) => {
    const { printer } = await meet({ 'Get-Printer-Attributes': line });
    expect(await printer.status()).toMatchObject({ error: { code: 'malformed-answer', detail } });
  });

  it.each<[string, Line]>([
    ['a job without a name', { attributes: [attribute('job-id', integer(1)), ...completed] }],
    ['a job without a state', jobLine('junk', attribute('job-state-reasons', keyword('job-completed-successfully')))],
    ['a state of another syntax', jobLine('junk', attribute('job-state', keyword('completed')))],
    ['a state that nobody knows', jobLine('junk', attribute('job-state', enumeration(42)))],
    [
      'a count below zero and no reasons',
      jobLine('junk', attribute('job-state', enumeration(9)), attribute('job-impressions-completed', integer(-1))),
    ],
    [
      'success, but still stopping',
      jobLine('junk', attribute('job-state', enumeration(9)), attribute('job-state-reasons', keyword('processing-to-stop-point'))),
    ],
    ['an HTTP error', { http: 503 }],
  ])('%s leaves the job uncertain', async (_, line) => {
    const { printer } = await meet({ 'Get-Job-Attributes': line });
    expect(await printer.follow(ref, { pages: 1, timeoutMs: 200 })).toMatchObject({ outcome: 'uncertain' });
  });

  it('a printer that says only what it must is believed', async () => {
    const { printer } = await meet({ 'Get-Job-Attributes': jobLine('junk', ...completed) });
    expect(await printer.follow(ref, { pages: 1, timeoutMs: 2_000 })).toMatchObject({
      outcome: 'printed',
      evidence: { impressionsCompleted: null },
    });
  });

  it('counts that fall back are not believed', async () => {
    const job = (state: number, count: number): Line =>
      jobLine('junk', attribute('job-state', enumeration(state)), attribute('job-impressions-completed', integer(count)));
    const { device, printer } = await meet({ 'Get-Job-Attributes': job(5, 1) });
    const following = printer.follow(ref, { pages: 2, timeoutMs: 5_000 });
    await systemClock.sleep(100);
    device.script = { 'Get-Job-Attributes': job(8, 0) };
    expect(await following).toMatchObject({ outcome: 'uncertain', evidence: { jobState: 'aborted', impressionsCompleted: 1 } });
  });

  it('ends at once when the caller says so', async () => {
    const { printer } = await meet({ 'Get-Job-Attributes': jobLine('junk', attribute('job-state', enumeration(5))) });
    const ended = await printer.follow(ref, { pages: 1, timeoutMs: 60_000, signal: AbortSignal.timeout(50) });
    expect(ended).toMatchObject({ outcome: 'uncertain', evidence: { jobState: 'processing' } });
  });

  it.each<[string, Line, string]>([
    ['lists jobs without names', { attributes: [attribute('job-id', integer(7))] }, 'jobs without job-name'],
    ['does not list', { status: 'server-error-operation-not-supported' }, 'server-error-operation-not-supported'],
  ])('a printer that %s does not say that our job is not there', async (_, line, detail) => {
    const { printer } = await meet({ 'Get-Jobs': line });
    expect(await printer.findByName('junk')).toMatchObject({ ok: false, error: { detail } });
  });
});

describe('findUriFault', () => {
  it.each(['ipp://printer.example/ipp/print', 'ipps://[fe80::1]:6310/ipp/print', 'ipp://10.0.0.7:631/'])('takes %s', (uri) =>
    expect(findUriFault(uri)).toBeNull(),
  );
  it.each(['', 'http://printer.example/', 'ipp:printer', 'ipp://user:secret@printer.example/ipp/print', 'socket://printer:9100'])(
    'refuses %j',
    (uri) => expect(findUriFault(uri)).toMatch(/^ipp:\/\//),
  );
});
