// 公的個人認証AP on the emulated card: card-and-pki §2, one row of its table a line here.
import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { PinFile } from './file.js';
import type { Application, ElementaryFile } from './file.js';
import { limits } from './limits.js';
import type { IdCardOptions, IdCardStory } from './options.js';

export type JpkiApplication = { readonly application: Application; readonly authentication: PinFile; readonly signature: PinFile };

const tokenNames: Readonly<Record<IdCardStory, string>> = {
  'my-number-card': 'JPKIAPICCTOKEN2',
  'juki-card': 'JPKIAPICCTOKEN',
  'android-phone': 'JPKIAPGPSETOKEN',
  iphone: 'JPKIAPIOSTOKEN',
  'without-authentication-certificate': 'JPKIAPICCTOKEN2',
  'without-signature-certificate': 'JPKIAPICCTOKEN2',
  'without-pin': 'JPKIAPICCTOKEN2',
};

export function buildJpkiApplication(options: IdCardOptions): JpkiApplication {
  const story = options.story ?? 'my-number-card';
  const { issued } = options;
  const authentication = new PinFile(options.pins.authentication, {
    maximumTries: limits.authPinTries,
    shortestBytes: 4,
    longestBytes: 4,
  });
  const signature = new PinFile(options.pins.signature, {
    maximumTries: limits.signaturePasswordTries,
    shortestBytes: 6,
    longestBytes: 16,
  });
  const hasAuthentication = story !== 'without-authentication-certificate';
  const hasSignature = story !== 'without-signature-certificate' && story !== 'without-pin';
  const isPhone = story === 'android-phone' || story === 'iphone';
  const files = new Map<number, ElementaryFile>([
    [0x0002, certificate(issued.signatureCa, [])],
    [0x0006, fixed(Buffer.from(tokenNames[story].padEnd(limits.tokenInfoBytes, ' '), 'latin1'))],
    [0x0008, fixed(Buffer.from([hasSignature ? 0x8f : 0x00, hasAuthentication ? 0x8f : 0x00, 0x00]))],
    [0x000b, certificate(issued.authenticationCa, [])],
    [0x0018, authentication],
    [0x001b, signature],
  ]);
  if (hasAuthentication) {
    files.set(0x000a, certificate(issued.authenticationCertificate, isPhone ? [authentication] : []));
    files.set(0x0017, { kind: 'signature-key', key: privateKey(issued.authenticationKey), use: [authentication] });
  }
  if (hasSignature) {
    files.set(0x0001, certificate(issued.signatureCertificate, [signature]));
    files.set(0x001a, { kind: 'signature-key', key: privateKey(issued.signatureKey), use: [signature] });
  }
  if (story === 'without-pin') authentication.setTriesLeft(0);
  if (!hasSignature) signature.setTriesLeft(0);
  const aid = Buffer.from('D392F000260100000001', 'hex');
  return { application: { aid, files, changeInstruction: 0x24, currentKeyP2: 0x80 }, authentication, signature };
}

function fixed(content: Buffer): ElementaryFile {
  return { kind: 'transparent', content: () => content, read: [] };
}

function certificate(base64: string, read: readonly PinFile[]): ElementaryFile {
  const content = Buffer.from(base64, 'base64');
  return { kind: 'transparent', content: () => content, read };
}

/** Read when first used: a demo branch holds many cards and signs with few. */
function privateKey(base64: string): () => KeyObject {
  let key: KeyObject | null = null;
  return () => (key ??= createPrivateKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'pkcs8' }));
}
