// `npm run doctor -- --config FILE [--json]`: everything that a kiosk needs, looked at one
// by one, before the first citizen stands in front of it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkDatabase } from '#devices/doctor/database.js';
import { faulty, fine, note, type Finding } from '#devices/doctor/finding.js';
import { checkListener } from '#devices/doctor/probes.js';
import { checkCoreDumps } from '#devices/doctor/process.js';
import { runDoctor, type Check } from '#devices/doctor/run-doctor.js';
import { kioskConfigurationSchema, type KioskConfiguration } from './configuration.js';
import { pinPadCheck, printerCheck, receiptPrinterCheck } from './doctor/desk.js';
import { bankCheck, centerCheck, staffCheck } from './doctor/lines.js';
import { readersCheck } from './doctor/readers.js';
import { migrations } from './storage/schema.js';

const machineChecks: readonly Check<KioskConfiguration>[] = [
  {
    about: 'screen',
    look: async ({ configuration, isRunning }) => [
      ofScreen(configuration),
      ...(await checkListener({ about: 'screen', at: configuration.listen, isRunning })),
      ...ofJapanese(),
    ],
  },
  {
    about: 'database',
    look: ({ configuration: { database, demo } }) =>
      checkDatabase({ database: { kind: 'sqlite', file: database.file }, migrations }, { isDemo: demo }),
  },
  { about: 'core dumps', look: ({ file }) => Promise.resolve(checkCoreDumps('kiosk', file)) },
];

const checks = [...machineChecks, readersCheck, pinPadCheck, printerCheck, receiptPrinterCheck, bankCheck, centerCheck, staffCheck];

await runDoctor({ part: 'kiosk', schema: kioskConfigurationSchema, checks });

function ofScreen({ screenFolder }: KioskConfiguration): Finding {
  const folder = screenFolder ?? join(dirname(fileURLToPath(import.meta.url)), '..', 'screen');
  if (existsSync(join(folder, 'index.html'))) return fine('screen', `built, in ${folder}`);
  const todo = 'run node .config/setup.mjs build where the program lies';
  return faulty('screen', { what: `${folder} holds no built screen`, expected: 'index.html', todo });
}

/** The certificates need no font here; the browser that shows the screen does. */
function ofJapanese(): readonly Finding[] {
  const listed = spawnSync('fc-list', [':lang=ja', 'family'], { encoding: 'utf8' });
  if (listed.status === 0 && listed.stdout.trim() !== '') return [];
  return [note('screen', 'no Japanese font is known here; if its browser runs on this machine, apt-get install fonts-noto-cjk')];
}
