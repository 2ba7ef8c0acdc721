// How every part of the house starts as a process: `--config FILE`, all faults of the file
// named together, one line on standard output when it listens, a clean end on SIGTERM.
import type { z } from 'zod';
import { processLog } from '#libs/std/log.js';
import { describeFaults, readConfiguration } from './configuration.js';

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
  readonly start: (configuration: C) => Promise<Running>;
};

export async function runPart<C>(part: Part<C>, args: readonly string[] = process.argv.slice(2)): Promise<void> {
  const file = args[args.indexOf('--config') + 1];
  if (!args.includes('--config') || file === undefined) {
    process.stderr.write(`usage: npm run ${part.name} -- --config FILE\n`);
    process.exit(exitConfiguration);
  }
  const configuration = readConfiguration(file, part.schema);
  if (!configuration.ok) {
    process.stderr.write(`${describeFaults(configuration.error)}\n`);
    process.exit(exitConfiguration);
  }
  const running = await startOrExit(part, configuration.value);
  let closing: Promise<void> | null = null;
  const stop = (): void => {
    closing ??= running.close().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.stdout.write(`${part.name} ready ${running.ready}\n`);
}

async function startOrExit<C>(part: Part<C>, configuration: C): Promise<Running> {
  try {
    return await part.start(configuration);
  } catch (cause) {
    processLog(part.name).error('cannot-start', {
      cause: cause instanceof Error ? `${cause.name}: ${cause.message}`.slice(0, 300) : 'unknown',
    });
    process.exit(exitUnavailable);
  }
}
