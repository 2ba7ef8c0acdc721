// What does a list of 200,000 entries cost? Written by one process and read by another,
// (revocation-list-reader.ts), so that the memory is the reader's own. Measured, never a timed test:
//   node dist/test/bench/revocation-list.js
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { createAuthority } from '#libs/pki/issue-authority.js';
import { writeCrl } from '#libs/pki/issue-crl.js';
import { crlPointName } from '#libs/pki/issue-profile.js';

const atMs = Date.UTC(2026, 10, 23, 3, 0, 0);
const dayMs = 86_400_000;

const listCostSchema = z.strictObject({
  entries: z.int(),
  derBytes: z.int(),
  /** Reading the DER, checking the signature, building the index. */
  loadMs: z.number(),
  loadCpuMs: z.number(),
  lookUpMicroseconds: z.number(),
  /** Resident set of the whole process after loading, and its highest point. */
  residentMb: z.number(),
  peakResidentMb: z.number(),
});
export type ListCost = z.infer<typeof listCostSchema>;

export async function benchRevocationList({ entries = 200_000 } = {}): Promise<ListCost> {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-crl-'));
  try {
    await writeList(folder, entries);
    const reader = fileURLToPath(new URL('revocation-list-reader.js', import.meta.url));
    const sought = Array.from({ length: 1000 }, (_, index) =>
      serialOf(index * 7)
        .toString('hex')
        .toUpperCase(),
    );
    const answer = execFileSync(process.execPath, [reader, folder, ...sought], { encoding: 'utf8' });
    return listCostSchema.parse(JSON.parse(answer));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function writeList(folder: string, count: number): Promise<void> {
  const validity = { notBeforeMs: atMs - dayMs, notAfterMs: atMs + dayMs };
  const names = { purpose: 'user-authentication', organization: 'JPKI-TEST' } as const;
  const authority = await createAuthority({ ...names, serial: Buffer.of(1), ...validity });
  const scope = crlPointName('user-authentication', 'JPKI-TEST', [['CN', 'Madoguchi-ken CRLDP']]);
  const entries = Array.from({ length: count }, (_, index) => ({
    serial: serialOf(index),
    revocationTimeMs: atMs - dayMs - index * 1000,
    reason: index % 3 === 0 ? ('superseded' as const) : ('cessationOfOperation' as const),
  }));
  const template = { issuer: authority.name, authorityKeyId: authority.keyId, scope, crlNumber: 1, entries };
  const der = writeCrl({ ...template, thisUpdateMs: atMs, nextUpdateMs: atMs + dayMs }, authority.privateKey);
  writeFileSync(join(folder, 'ca.der'), authority.certificate);
  writeFileSync(join(folder, 'list.der'), der);
}

/** Five octets, spread, none twice, none beginning with zero. */
function serialOf(index: number): Buffer {
  const serial = Buffer.of(0x10, 0, 0, 0, 0);
  serial.writeUInt32BE(Math.imul(index, 2_654_435_761) >>> 0, 1);
  return serial;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(`${JSON.stringify(await benchRevocationList())}\n`);
}
