// `npm run doctor -- [--part NAME] --config FILE [--json]`: reads one part's configuration,
// looks at everything it names, and says of each thing whether it is as it should be.
// Exit 0 when all is well, 1 otherwise. The doctor changes nothing that outlives it.
import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { describeFaults, readConfiguration } from '#libs/contract/configuration.js';
import { refuseArgumentFault } from '#libs/contract/part.js';
import { systemClock, type Clock } from '#libs/std/clock.js';
import { fine, faulty, note, type Finding } from './finding.js';
import { limits } from './limits.js';
import { findHealth } from './probes.js';
import { checkConfigurationFile, checkUser } from './process.js';

type Everywhere = { readonly demo: boolean; readonly listen: { readonly host: string; readonly port: number } };

export type Examined<C> = {
  readonly file: string;
  readonly configuration: C;
  /** The part itself answers at its own address: what only one may hold is left alone. */
  readonly isRunning: boolean;
  readonly clock: Clock;
};

/** Never throws by intention; what it throws becomes a fault of `about`. */
export type Check<C> = { readonly about: string; readonly look: (examined: Examined<C>) => Promise<readonly Finding[]> };

export type Doctor<C extends Everywhere> = {
  readonly part: string;
  readonly schema: z.ZodType<C>;
  readonly checks: readonly Check<C>[];
};

export type Report = { readonly part: string; readonly file: string; readonly ok: boolean; readonly findings: readonly Finding[] };

/** `part` has chosen this doctor already. */
const options = { part: { type: 'string' }, config: { type: 'string' }, json: { type: 'boolean' } } as const;

export async function runDoctor<C extends Everywhere>(doctor: Doctor<C>, args: readonly string[] = process.argv.slice(2)): Promise<void> {
  refuseArgumentFault({ args, options });
  const { config: file, json } = parseArgs({ args: [...args], options }).values;
  if (file === undefined) {
    process.stderr.write(`usage: npm run doctor -- [--part ${doctor.part}] --config FILE [--json]\n`);
    process.exit(1);
  }
  const report = await examine(doctor, file);
  process.stdout.write(json === true ? `${JSON.stringify(report)}\n` : `${inWords(report)}\n`);
  // Adapters that are still reconnecting must not keep us.
  process.exit(report.ok ? 0 : 1);
}

export async function examine<C extends Everywhere>(doctor: Doctor<C>, file: string, clock: Clock = systemClock): Promise<Report> {
  const read = readConfiguration(file, doctor.schema);
  const { part } = doctor;
  if (!read.ok) {
    const findings = read.error.map((one): Finding => ({ about: 'configuration', status: 'fault', sentence: describeFaults([one]) }));
    return { part, file, ok: false, findings };
  }
  const configuration = read.value;
  const { host, port } = configuration.listen;
  const answer = port === 0 ? null : await findHealth(`http://${urlHost(host)}:${port}`, clock);
  const examined: Examined<C> = { file, configuration, isRunning: answer?.ok === true && answer.value.part === part, clock };
  const found = await Promise.all(doctor.checks.map((check) => lookOnce(check, examined)));
  const findings = [
    fine('configuration', file),
    ...checkConfigurationFile(file, configuration),
    ...checkUser(),
    ...demoNote(configuration.demo),
    ...found.flat(),
  ];
  return { part, file, ok: findings.every((finding) => finding.status !== 'fault'), findings };
}

/** An address that stands for all interfaces is reached over loopback. */
function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function demoNote(demo: boolean): readonly Finding[] {
  return demo ? [note('demo', '"demo": true, so development keys, virtual readers and test CAs are let in; no citizen may be served')] : [];
}

async function lookOnce<C>(check: Check<C>, examined: Examined<C>): Promise<readonly Finding[]> {
  const over = new AbortController();
  const tooLate = examined.clock.sleep(limits.checkTimeoutMs, over.signal).then(() => [
    faulty(check.about, {
      what: `looking at it did not end within ${limits.checkTimeoutMs / 1000} s`,
      expected: 'an answer',
      todo: 'look at the device and its cable, then run the doctor again',
    }),
  ]);
  try {
    return await Promise.race([check.look(examined), tooLate]);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message.slice(0, 200) : 'unknown';
    return [faulty(check.about, { what: `it could not be looked at (${said})`, expected: 'an answer', todo: 'report this sentence' })];
  } finally {
    over.abort();
  }
}

function inWords({ findings }: Report): string {
  const width = Math.max(...findings.map((finding) => finding.about.length));
  const lines = findings.map(({ status, about, sentence }) => `${status.padEnd(5)}  ${about.padEnd(width)}  ${sentence}`);
  const count = (status: Finding['status']): number => findings.filter((finding) => finding.status === status).length;
  const faults = count('fault');
  return [...lines, `${count('ok')} well, ${count('note')} to know, ${faults} fault${faults === 1 ? '' : 's'}`].join('\n');
}
