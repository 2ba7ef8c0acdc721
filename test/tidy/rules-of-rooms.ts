// The rules of DESIGN §5 for where things come from: libs are true without any machine; clock,
// randomness and limits have a place each.
import { inFolder, isShipped } from './house.js';
import type { Rule } from './rule.js';

const inLibs = (file: string): boolean => inFolder(file, 'libs') && isShipped(file);
const isPage = (file: string): boolean => /^apps\/\w+\/(screen|bench)\//.test(file);

const isStorageOrWake = { 'libs/storage/': 'design §5: a database is waited for', 'libs/wake/': 'design §5: to wake is to wait' };

const machine: readonly Rule[] = [
  {
    what: 'a network in libs',
    where: inLibs,
    offence: /['"](?:node:)?(?:net|http|https|http2|dgram|tls|dns)(?:\/promises)?['"]|(?<![\w.])fetch\(|\bnew (?:WebSocket|EventSource)\(/,
    finds: ["from 'node:net'", "from 'net'", "from 'node:dns/promises'", 'await fetch(url)', "new WebSocket('ws://a')"],
    passes: ["from './net.js'", 'this.fetch(url)'],
  },
  {
    what: 'a clock in libs',
    where: inLibs,
    offence:
      /\bDate\.now\(|\bnew Date(?:\(\)|;)|\bperformance\.now\(|(?<!\.)\bset(?:Timeout|Interval)\(|\bAbortSignal\.timeout\(|\bimport\b[^;]*\bsystemClock\b|['"](?:node:)?timers(?:\/promises)?['"]/,
    exceptions: { ...isStorageOrWake, 'libs/std/clock.ts': 'is the door' },
    finds: [
      'Date.now()',
      'new Date()',
      'performance.now()',
      'setTimeout(f, 1)',
      'import { systemClock } from',
      "from 'node:timers/promises'",
    ],
    passes: ['new Date(epochMs)', 'socket.setTimeout(0)'],
  },
  {
    what: 'the process in libs',
    where: inLibs,
    offence: /\bprocess\.[a-z]|from 'pino'|['"](?:node:)?(?:child_process|cluster|os|worker_threads)['"]/,
    exceptions: {
      'libs/contract/part.ts': 'how every part begins and ends as a process: arguments, signals, ready line, exit code',
      'libs/std/log.ts': 'where the lines of every part leave it; pino writes the time',
    },
    finds: ['process.exit(1)', "from 'pino'", "from 'node:child_process'"],
  },
  {
    what: 'files in libs',
    where: inLibs,
    offence: /['"](?:node:)?fs(?:\/promises)?['"]/,
    exceptions: {
      'libs/contract/configuration.ts': 'reads the one file that every part is started with',
      'libs/paper/fonts.ts': 'the typeface is handed in by its path',
      'libs/storage/': 'design §5: a database lies somewhere',
    },
    finds: ["from 'node:fs'", "from 'node:fs/promises'"],
  },
];

const doors: readonly Rule[] = [
  {
    what: 'a clock of its own',
    where: (file) => !inFolder(file, 'libs') && isShipped(file) && !isPage(file),
    offence: /\bDate\.now\(|\bnew Date(?:\(\)|;)|\bperformance\.now\(/,
    finds: ['Date.now()', 'new Date()'],
    passes: ['clock.nowMs()', 'new Date(epochMs)'],
  },
  {
    what: 'randomness of its own',
    where: isShipped,
    offence: /\bMath\.random\b|\brandom(?:Bytes|UUID|Int|Fill\w*)\b|\bgetRandomValues\b/,
    exceptions: { 'libs/std/random.ts': 'is the door' },
    finds: ['Math.random()', 'randomBytes(8)', 'randomUUID()', 'crypto.getRandomValues(a)'],
    passes: ['random.bytes(8)', 'random.uuid()'],
  },
  {
    what: 'a limit outside of its package’s limits.ts',
    where: (file) => isShipped(file) && !file.endsWith('limits.ts') && !/\/migration-\d+\.ts$/.test(file),
    offence:
      /(?<![\w.'-])(?!(?<=[*/] )1_000\b)[1-9]\d{0,2}(?:_\d{3})+\b|\b\d+ \* 1024\b|\bsleep\(\d|\.(?:max|default)\([1-9]\d{3,}|\bset(?:Timeout|Interval)\([^\n]*, [1-9]\d*\)|Ms(?: =|:|\?: number =|: number =) [1-9]/,
    exceptions: {
      'libs/std/clock.ts': 'how long a day is',
      'libs/storage/schema-comparison.ts': 'rows to try a schema with',
      'libs/session/lifetimes.ts': 'a table of limits itself',
      'apps/bank-sim/src/host/purchase.ts': 'as many numbers as the field has digits',
      'apps/kiosk/src/host-link/tcp-host-link.ts': 'the same: a STAN has six',
      'apps/kiosk/src/storage/charge-store.ts': 'the same',
      'apps/kiosk/src/watch.ts': 'the same: an inquiry number has ten',
      'devices/emulated/printer/attributes.ts': 'the size of A4 in hundredths of a millimetre',
      'devices/printer/ticket.ts': 'the same',
    },
    finds: [
      'sleep(60_000)',
      '9 * 3_600_000',
      '16 * 1024',
      'clock.sleep(50)',
      '.default(900_000)',
      '.max(8192)',
      'settleMs = 300',
      'delayMs: 1000',
    ],
    passes: ['(ms / 1_000)', 'limits.pauseSeconds * 1_000', 'timeoutMs: limits.askMs', '.max(64)', "'2026_000'"],
  },
];

export const rulesOfRooms: readonly Rule[] = [...machine, ...doors];
