// `node main.js --config FILE`: prints one line when it listens, ends cleanly on SIGTERM.
import { parseArgs } from 'node:util';
import { describeFaults, readConfiguration } from '#libs/contract/configuration.js';
import { configurationSchema } from './configuration.js';
import { start } from './start.js';

/** EX_CONFIG of sysexits.h. */
const configurationError = 78;

const { values } = parseArgs({ options: { config: { type: 'string' } } });
const configuration = readConfiguration(values.config ?? '(no --config FILE given)', configurationSchema);
if (configuration.ok) {
  const running = await start(configuration.value);
  process.stdout.write(`bank-sim ready ${running.host}:${running.port} ${running.managementUrl}\n`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void running.close());
} else {
  process.stderr.write(`${describeFaults(configuration.error)}\n`);
  process.exitCode = configurationError;
}
