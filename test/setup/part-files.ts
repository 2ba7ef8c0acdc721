// A right configuration of every part that is installed alone, for tests that make one thing wrong.
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TrialAuthority } from '../../apps/issuance-center/src/trial/authority.js';
import { ecPrivateJwk, type EcPrivateJwk } from '#libs/contract/base.js';
import { publicHalf } from '#libs/contract/sealed.js';

export type Json = Record<string, unknown>;

function newKey(): EcPrivateJwk {
  return ecPrivateJwk.parse(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }));
}

/** Without `database`; `folder` is where a built screen lies. */
export function filesOf(anchor: string, folder: string): Record<string, Json> {
  const shared = { demo: true, listen: { host: '127.0.0.1', port: 0 }, key: newKey() };
  const secret = Buffer.alloc(32, 7).toString('base64');
  const kiosks = [{ id: 'KSK00001', key: publicHalf(newKey()) }];
  const municipalities = [{ code: '991015', key: publicHalf(newKey()) }];
  const nobody = { host: '127.0.0.1', port: 9 };
  const url = 'http://127.0.0.1:9';
  return {
    kiosk: {
      ...shared,
      kiosk: 'KSK00001',
      branch: 'B001',
      center: { url, id: 'center' },
      municipalities,
      cardReader: { kind: 'direct', idCardPort: 0, cashCardPort: 0 },
      cashCardAids: ['F0000000010001'],
      pinPad: nobody,
      printer: { uri: 'ipp://127.0.0.1:9/ipp' },
      receiptPrinter: nobody,
      bank: { ...nobody, acquirer: '9999' },
      staff: { url },
      screenFolder: folder,
    },
    'issuance-center': {
      ...shared,
      center: 'center',
      secret,
      trustAnchors: [anchor],
      ocsp: { url },
      kiosks,
      municipalities: municipalities.map((one) => ({ ...one, url })),
    },
    municipality: {
      ...shared,
      code: '991015',
      pseudonymSecret: secret,
      centerKey: publicHalf(newKey()),
      centerUrl: url,
      kiosks,
      trustAnchors: [anchor],
      seal: { kind: 'fictional', columns: ['汐見台', '市長印'], sideMm: 24 },
    },
    staff: { demo: true, listen: shared.listen, kiosks: ['KSK00001'] },
  };
}

export type PartFolder = {
  /** Beside the right files: `letter.txt`, which is nothing of ours, and a built screen. */
  readonly folder: string;
  readonly files: Record<string, Json>;
  /** On which somebody else listens. */
  readonly portInUse: number;
  close(): void;
};

export async function openPartFolder(): Promise<PartFolder> {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-parts-'));
  writeFileSync(join(folder, 'letter.txt'), 'Dear Sir or Madam, '.repeat(100));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const authority = await TrialAuthority.start();
  const files = filesOf(authority.certificate, folder);
  await authority.close();
  const close = (): void => {
    taken.close();
    rmSync(folder, { recursive: true });
  };
  return { folder, files, portInUse: (taken.address() as AddressInfo).port, close };
}
