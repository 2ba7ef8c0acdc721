// IPPS (RFC 7472) against ippeveprinter's self-signed certificate: pinned it prints,
// anything else hears nothing of the document.
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PrinterTls } from '#devices/printer/connection.js';
import { createIppPrinter } from '#devices/printer/ipp-printer.js';
import type { PrinterFault } from '#devices/printer/port.js';
import { systemClock } from '#libs/std/clock.js';
import type { Result } from '#libs/std/result.js';
import { goodPrint, startIppeveprinter, type Ippeveprinter } from './ippeveprinter.js';
import { copyOf, submitOk } from './printer-contract.js';
import { startPrivateBus, type PrivateBus } from './private-bus.js';

let directory: string;
let bus: PrivateBus;
let device: Ippeveprinter;
let trustedCertificate: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ipps-'));
  bus = await startPrivateBus(directory);
  device = await startIppeveprinter({ directory, bus, printScript: goodPrint });
  // It makes its key and certificate at the first handshake.
  await statusWith(device.secureUri, {});
  trustedCertificate = await readFile(device.certificateFile, 'utf8');
}, 30_000);

afterAll(async () => {
  await device.close();
  await bus.close();
  await rm(directory, { recursive: true });
});

async function statusWith(uri: string, tls: PrinterTls): Promise<Result<unknown, PrinterFault>> {
  const printer = createIppPrinter({ uri, tls, clock: systemClock });
  const status = await printer.status();
  await printer.close();
  return status;
}

describe('IPPS', () => {
  it('prints on the printer whose certificate is trusted', async () => {
    const certificateSha256 = new X509Certificate(trustedCertificate).fingerprint256;
    const printer = createIppPrinter({ uri: device.secureUri, tls: { trustedCertificate, certificateSha256 }, clock: systemClock });
    const ref = await submitOk(printer, copyOf('secure'));
    expect(await printer.follow(ref, { pages: 2, timeoutMs: 10_000 })).toMatchObject({ outcome: 'printed' });
    await printer.close();
  });

  it('trusts no certificate that nobody named', async () => {
    expect(await statusWith(device.secureUri, {})).toMatchObject({ error: { detail: 'DEPTH_ZERO_SELF_SIGNED_CERT' } });
  });

  it('trusts no other certificate than the pinned one', async () => {
    const tls = { trustedCertificate, certificateSha256: 'ab'.repeat(32) };
    expect(await statusWith(device.secureUri, tls)).toMatchObject({ error: { code: 'unreachable', detail: 'certificate-not-pinned' } });
  });

  it('checks the name, unless another one is configured', async () => {
    const byAddress = device.secureUri.replace('localhost', '127.0.0.1');
    expect(await statusWith(byAddress, { trustedCertificate })).toMatchObject({ error: { detail: 'ERR_TLS_CERT_ALTNAME_INVALID' } });
    expect(await statusWith(byAddress, { trustedCertificate, serverName: 'localhost' })).toMatchObject({ ok: true });
  });

  it('does not say a word to a server that it does not trust', async () => {
    const heard: Buffer[] = [];
    const impostor = await startImpostor(heard);
    const uri = `ipps://localhost:${(impostor.address() as AddressInfo).port}/ipp/print`;
    const printer = createIppPrinter({ uri, tls: {}, clock: systemClock });
    expect(await printer.submit(copyOf('secret'))).toMatchObject({
      error: { code: 'refused', detail: 'not-sent: DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
    await printer.close();
    await new Promise((resolve) => impostor.close(resolve));
    expect(Buffer.concat(heard)).toHaveLength(0);
  });
});

/** Has ippeveprinter's own key, so the handshake itself succeeds. */
async function startImpostor(heard: Buffer[]): Promise<Server> {
  const key = await readFile(device.certificateFile.replace('.crt', '.key'));
  const server = createServer({ key, cert: trustedCertificate }, (socket) =>
    socket.on('error', () => undefined).on('data', (data) => heard.push(data)),
  );
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return server;
}
