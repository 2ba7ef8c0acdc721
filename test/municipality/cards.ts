// Cards of a CA made for one run: real certificates of JPKI's profile and real signatures.
// All cards share one key pair, because making one takes 0.1 s; their serials differ.
import { sign, type KeyObject } from 'node:crypto';
import { canonicalJson, type SignedStatement } from '#libs/contract/statements.js';
import { createAuthority, issueUserAuthentication, type Authority } from '#libs/pki/issue-authority.js';
import { generateRsaKeyPair, type KeyPair } from '#libs/pki/issue-certificate.js';
import { crlPointName } from '#libs/pki/issue-profile.js';
import { writeName } from '#libs/pki/name.js';
import { toHex } from '#libs/std/bytes.js';

const dayMs = 86_400_000;
const organization = 'JPKI-TEST';

export type Card = { readonly caKeyId: string; readonly serial: string; readonly certificate: Buffer; readonly key: KeyObject };

export class CardDesk {
  private issued = 0x10000000;

  private constructor(
    readonly authority: Authority,
    private readonly keys: KeyPair,
  ) {}

  static async open(): Promise<CardDesk> {
    const notBeforeMs = Date.now() - 30 * dayMs;
    const validity = { notBeforeMs, notAfterMs: notBeforeMs + 3650 * dayMs };
    const template = { purpose: 'user-authentication' as const, organization, serial: Buffer.from([1]), ...validity };
    return new CardDesk(await createAuthority(template), await generateRsaKeyPair());
  }

  /** `endsInMs`: negative for a certificate that has expired. */
  issue(endsInMs: number = 365 * dayMs): Card {
    const serial = Buffer.alloc(4);
    serial.writeUInt32BE((this.issued += 1));
    const certificate = issueUserAuthentication(this.authority, {
      serial,
      subject: writeName([
        ['C', 'JP'],
        ['CN', `0000000000000099101${this.issued}003A`],
      ]),
      crlPoint: crlPointName('user-authentication', organization, [['CN', '窓口県 CRLDP']]),
      ocspUrl: 'http://127.0.0.1:9/ocsp/authentication',
      publicKey: this.keys.publicKey,
      notBeforeMs: Date.now() - 20 * dayMs,
      notAfterMs: Date.now() + endsInMs,
    });
    return { caKeyId: this.authority.caKeyId, serial: toHex(serial), certificate, key: this.keys.privateKey };
  }
}

/** What a card and a kiosk send: canonical JSON, RSASSA-PKCS1-v1_5 over it, the certificate. */
export function signStatement(card: Card, statement: object): SignedStatement {
  const text = canonicalJson(statement);
  return {
    statement: text,
    signature: sign('sha256', Buffer.from(text), card.key).toString('base64'),
    certificate: card.certificate.toString('base64'),
  };
}
