// How every part of the house starts as a process: `--config FILE`, all faults of the file
// named together, one line on standard output when it listens, a clean end on SIGTERM.
import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { exitUsage, findArgumentFault, type CommandLine } from '#libs/std/arguments.js';
import { BrokenInvariant } from '#libs/std/assert.js';
import { processLog } from '#libs/std/log.js';
import type { Err } from '#libs/std/result.js';
import { describeFaults, readConfiguration, readAgain, startFaults, type ConfigurationFault, type StartFault } from './configuration.js';
import type { Look } from './rules.js';

/** sysexits(3) EX_CONFIG and EX_UNAVAILABLE. */
const exitConfiguration = 78;
const exitUnavailable = 69;
/** EX_SOFTWARE. */
const exitSoftware = 70;

export type Running = {
  /** What the ready line says after the part's name: addresses, separated by spaces. */
  readonly ready: string;
  close(): Promise<void>;
};

export type Part<C> = {
  readonly name: string;
  readonly schema: z.ZodType<C>;
  /** Faults: of what the file names and the schema cannot see, such as a font that is none. */
  readonly start: (configuration: C, isGiven: (flag: string) => boolean) => Promise<Running | Err<readonly StartFault[]>>;
  /** What may stand on its command line beside `--config FILE`, without the hyphens. */
  readonly flags?: readonly string[];
  /** Taken only when something is wrong already: what else is, so that all of it is named at once. Change nothing. */
  readonly looks?: readonly Look[];
};

export async function runPart<C>(part: Part<C>, args: readonly string[] = process.argv.slice(2)): Promise<void> {
  const options = {
    config: { type: 'string' },
    ...Object.fromEntries((part.flags ?? []).map((flag) => [flag, { type: 'boolean' }])),
  } as const;
  refuseArgumentFault({ args, options });
  const { config: file } = parseArgs({ args: [...args], options: { config: { type: 'string' } }, strict: false }).values;
  if (typeof file !== 'string') {
    process.stderr.write(`usage: npm run ${part.name} -- --config FILE\n`);
    process.exit(exitConfiguration);
  }
  // What a part writes is its own user's: its database may hold a register.
  process.umask(0o077);
  endOnCrash(part.name);
  const parent = followParent();
  const configuration = readConfiguration(file, part.schema);
  if (!configuration.ok) exitWith(await withLooks(part, { file, faults: configuration.error }));
  const running = await startOrExit(part, { file, configuration: configuration.value, args });
  let closing: Promise<void> | null = null;
  const stop = (): void => {
    closing ??= running.close().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  parent?.addEventListener('abort', stop, { once: true });
  if (parent?.aborted === true) stop();
  process.stdout.write(`${part.name} ready ${running.ready}\n`);
}

/** Ends the process with one line and EX_USAGE when something is wrong with its command line. */
export function refuseArgumentFault(line: CommandLine): void {
  const fault = findArgumentFault(line);
  if (fault === null) return;
  process.stderr.write(`${fault}\n`);
  process.exit(exitUsage);
}

type Given<C> = { readonly file: string; readonly configuration: C; readonly args: readonly string[] };

async function startOrExit<C>(part: Part<C>, { file, configuration, args }: Given<C>): Promise<Running> {
  let started: Running | Err<readonly StartFault[]>;
  try {
    started = await part.start(configuration, (flag) => args.includes(`--${flag}`));
  } catch (cause) {
    processLog(part.name).error('cannot-start', {
      cause: cause instanceof Error ? `${cause.name}: ${cause.message}`.slice(0, 300) : 'unknown',
    });
    process.exit(exitUnavailable);
  }
  if (!('error' in started)) return started;
  const isPassing = started.error.every((fault) => fault.isPassing === true);
  const named = startFaults(file, started.error);
  const faults = await withLooks(part, { file, faults: named });
  return exitWith(faults, isPassing && faults.length === named.length ? exitUnavailable : exitConfiguration);
}

type Faulty = { readonly file: string; readonly faults: readonly ConfigurationFault[] };

/** With what else is wrong, each key once: what the file says of it itself comes first. */
async function withLooks<C>({ looks = [] }: Part<C>, { file, faults }: Faulty): Promise<readonly ConfigurationFault[]> {
  if (faults.some(({ key }) => key === '(file)')) return faults;
  const json = readAgain(file);
  const found: ConfigurationFault[] = [...faults];
  for (const look of looks) {
    const seen = new Set(found.map(({ key }) => key));
    found.push(...startFaults(file, await look(json)).filter(({ key }) => !seen.has(key)));
  }
  return found;
}

function exitWith(faults: readonly ConfigurationFault[], code = exitConfiguration): never {
  process.stderr.write(`${describeFaults(faults)}\n`);
  process.exit(code);
}

/** Nobody handles these any more: one line without a stack or a value, and an end that systemd mends (Restart=on-failure). */
function endOnCrash(name: string): void {
  const crash = (code: string, cause: unknown): never => {
    processLog(name).error(code, { cause: causeOf(cause) });
    process.exit(exitSoftware);
  };
  process.on('uncaughtException', (cause) => crash('uncaught-exception', cause));
  process.on('unhandledRejection', (cause) => crash('unhandled-rejection', cause));
}

/** The words of a broken invariant are ours; of all else only its class and code, since its words may quote a value. */
function causeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown';
  if (cause instanceof BrokenInvariant) return `${cause.name}: ${cause.message}`.slice(0, 200);
  return 'code' in cause ? `${cause.name}: ${String(cause.code)}` : cause.name;
}

/**
 * Set by who starts a part as a child and keeps the other end of its standard input: when that
 * closes, the parent is gone, however it went, and the part ends with it.
 */
export const parentVariable = 'MADOGUCHI_ENDS_WITH_PARENT';

function followParent(): AbortSignal | null {
  if (process.env[parentVariable] === undefined) return null;
  const gone = new AbortController();
  process.stdin.on('end', () => gone.abort());
  process.stdin.on('error', () => gone.abort());
  process.stdin.resume();
  return gone.signal;
}
