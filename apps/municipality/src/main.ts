// `node dist/apps/municipality/src/main.js --config FILE`
import { parseArgs } from 'node:util';
import { describeFaults, readConfiguration } from '#libs/contract/configuration.js';
import { configurationSchema } from './configuration.js';
import { start } from './start.js';

/** EX_CONFIG of sysexits.h. */
const badConfiguration = 78;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { config: { type: 'string' } } });
  const file = values.config ?? '';
  const configuration = readConfiguration(file, configurationSchema);
  if (!configuration.ok) return refuse(describeFaults(configuration.error));
  const started = await start(configuration.value);
  if (!started.ok) {
    return refuse(started.error.map(({ key, expected }) => `${file}: ${key}: expected ${expected}`).join('\n'));
  }
  if (started.value.managementUrl !== null) process.stderr.write(`municipality management ${started.value.managementUrl}\n`);
  process.stdout.write(`municipality ready ${started.value.url}\n`);
  const stop = (): void => void started.value.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function refuse(sentences: string): void {
  process.stderr.write(`${sentences}\n`);
  process.exitCode = badConfiguration;
}

await main();
