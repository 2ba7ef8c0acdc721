// ippeveprinter of CUPS (Debian cups-ipp-utils): an IPP Everywhere printer that is not
// ours. Its print command writes `ATTR: …` and `STATE: …` lines to stderr, which become
// attributes of the job and reasons of the printer.
import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createIppPrinter } from '#devices/printer/ipp-printer.js';
import { systemClock } from '#libs/std/clock.js';
import { limits } from './limits.js';
import { startProgram, waitFor, type PrivateBus } from './private-bus.js';

export interface Ippeveprinter {
  readonly uri: string;
  /** The same printer over TLS, with a certificate that it signs itself. */
  readonly secureUri: string;
  /** PEM of that certificate; it exists after the first TLS connection. */
  readonly certificateFile: string;
  close(): Promise<void>;
}

export type IppeveprinterOptions = {
  /** Exists, belongs to this printer alone, and is emptied by the caller. */
  readonly directory: string;
  readonly bus: PrivateBus;
  /** A shell script that prints `$1`. */
  readonly printScript: string;
  /** More options of the command line, e.g. `-2` for two-sided printing. */
  readonly parameters?: readonly string[];
};

/** Two pages, one after the other, counted as a real engine does. */
export const goodPrint = `echo 'ATTR: job-impressions=2' >&2
echo 'ATTR: job-impressions-completed=1' >&2
sleep 0.3
echo 'ATTR: job-impressions-completed=2' >&2`;

export async function startIppeveprinter(options: IppeveprinterOptions): Promise<Ippeveprinter> {
  for (let attempt = 1; ; attempt++) {
    const started = await tryToStart(options);
    if (started !== null) return started;
    if (attempt === limits.startAttempts) throw new Error('ippeveprinter does not start');
  }
}

async function tryToStart({ directory, bus, printScript, parameters = [] }: IppeveprinterOptions): Promise<Ippeveprinter | null> {
  const port = await findFreePort();
  const script = join(directory, 'print.sh');
  await writeFile(script, `#!/bin/sh\n${printScript}\n`, { mode: 0o755 });
  const program = await startProgram(
    'ippeveprinter',
    ['-r', 'off', '-n', 'localhost', '-p', String(port), '-f', 'application/pdf', '-d', directory, '-K', directory, '-k', '-c', script]
      .concat(parameters)
      .concat('Madoguchi test'),
    { DBUS_SYSTEM_BUS_ADDRESS: bus.address, HOME: directory },
  );
  const uri = `ipp://localhost:${port}/ipp/print`;
  const probe = createIppPrinter({ uri, clock: systemClock });
  await waitFor('ippeveprinter', async () => program.hasEnded() || (await probe.status()).ok);
  await probe.close();
  if (program.hasEnded()) return null;
  return {
    uri,
    secureUri: uri.replace('ipp:', 'ipps:'),
    certificateFile: join(directory, 'localhost.crt'),
    close: () => program.close(),
  };
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
