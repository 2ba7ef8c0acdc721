// Fresh keys and free ports: a demo branch has new ones at every start.
import { createServer } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { ecPrivateJwk, type EcPrivateJwk } from '#libs/contract/base.js';

export async function newKey(): Promise<EcPrivateJwk> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const { kty, crv, x, y, d } = await exportJWK(privateKey);
  return ecPrivateJwk.parse({ kty, crv, x, y, d });
}

/** Ports that were free a moment ago; parts that must know each other's address beforehand get them. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listenAt(0)));
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

export function isPortFree(port: number): Promise<boolean> {
  return listenAt(port).then(
    (server) => new Promise((resolve) => server.close(() => resolve(true))),
    () => false,
  );
}

/** 0: wherever it is free. */
function listenAt(port: number): Promise<ReturnType<typeof createServer>> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
