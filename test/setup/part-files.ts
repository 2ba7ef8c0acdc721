// A right configuration of every part that is installed alone, for tests that make one thing wrong.
import { generateKeyPairSync } from 'node:crypto';
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
