// How every part of the house starts as a process: `--config FILE`, all faults of the file
// named together, one line on standard output when it listens, a clean end on SIGTERM.
import type { z } from 'zod';
import { processLog } from '#libs/std/log.js';
import type { Err } from '#libs/std/result.js';
import { describeFaults, readConfiguration, startFaults, type ConfigurationFault, type StartFault } from './configuration.js';

/** sysexits(3) EX_CONFIG and EX_UNAVAILABLE. */
const exitConfiguration = 78;
const exitUnavailable = 69;

export type Running = {
  /** What the ready line says after the part's name: addresses, separated by spaces. */
  readonly ready: string;
  close(): Promise<void>;
};

export type Part<C> = {
  readonly name: string;
  readonly schema: z.ZodType<C>;
  /** Faults: of what the file names and the schema cannot see, such as a font that is none. */
  readonly start: (configuration: C) => Promise<Running | Err<readonly StartFault[]>>;
};

export async function runPart<C>(part: Part<C>, args: readonly string[] = process.argv.slice(2)): Promise<void> {
  const file = args[args.indexOf('--config') + 1];
  if (!args.includes('--config') || file === undefined) {
    process.stderr.write(`usage: npm run ${part.name} -- --config FILE\n`);
    process.exit(exitConfiguration);
  }
  const configuration = readConfiguration(file, part.schema);
  if (!configuration.ok) exitWith(configuration.error);
  const running = await startOrExit(part, { file, configuration: configuration.value });
  let closing: Promise<void> | null = null;
  const stop = (): void => {
    closing ??= running.close().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.stdout.write(`${part.name} ready ${running.ready}\n`);
}

type Given<C> = { readonly file: string; readonly configuration: C };

async function startOrExit<C>(part: Part<C>, { file, configuration }: Given<C>): Promise<Running> {
  let started: Running | Err<readonly StartFault[]>;
  try {
    started = await part.start(configuration);
  } catch (cause) {
    processLog(part.name).error('cannot-start', {
      cause: cause instanceof Error ? `${cause.name}: ${cause.message}`.slice(0, 300) : 'unknown',
    });
    process.exit(exitUnavailable);
  }
  if ('error' in started) exitWith(startFaults(file, started.error));
  return started;
}

function exitWith(faults: readonly ConfigurationFault[]): never {
  process.stderr.write(`${describeFaults(faults)}\n`);
  process.exit(exitConfiguration);
}
