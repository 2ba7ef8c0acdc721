// A simulated CA of JPKI's shape: it makes its key and its self-signed certificate, and
// signs end entities, responders, OCSP answers and lists. Its O is never `JPKI`.
import type { KeyObject } from 'node:crypto';
import { assert } from '#libs/std/assert.js';
import { toHex } from '#libs/std/bytes.js';
import { generateRsaKeyPair, issueCertificate, keyIdOf, type KeyPair } from './issue-certificate.js';
import type { OcspSigner } from './issue-ocsp.js';
import {
  authorityExtensions,
  authorityName,
  digitalSignatureExtensions,
  ocspResponderExtensions,
  userAuthenticationExtensions,
  type CitizenAttributes,
} from './issue-profile.js';
import { writeName } from './name.js';
import type { AnchorPurpose } from './trust-list.js';

export type Authority = {
  readonly purpose: AnchorPurpose;
  readonly organization: string;
  /** DER */
  readonly certificate: Buffer;
  /** DER of the Name. */
  readonly name: Buffer;
  readonly keyId: Buffer;
  /** As in `CardIdentity.caKeyId`. */
  readonly caKeyId: string;
  readonly privateKey: KeyObject;
};

export type Validity = { readonly notBeforeMs: number; readonly notAfterMs: number };
export type AuthorityTemplate = Validity & { readonly purpose: AnchorPurpose; readonly organization: string; readonly serial: Uint8Array };

export async function createAuthority(template: AuthorityTemplate): Promise<Authority> {
  const { purpose, organization, serial, notBeforeMs, notAfterMs } = template;
  assert(organization !== 'JPKI', 'a simulated CA never bears the name of the real one');
  const { publicKey, privateKey } = await generateRsaKeyPair();
  const name = authorityName(purpose, organization);
  const keyId = keyIdOf(publicKey);
  const extensions = authorityExtensions(purpose, name, keyId);
  const certificate = issueCertificate({ serial, issuer: name, subject: name, notBeforeMs, notAfterMs, publicKey, extensions }, privateKey);
  return { purpose, organization, certificate, name, keyId, caKeyId: toHex(keyId), privateKey };
}

export type EndEntityTemplate = Validity & {
  readonly serial: Uint8Array;
  readonly publicKey: KeyObject;
  /** DER of the subject's Name. */
  readonly subject: Buffer;
  /** DER of the CRL distribution point's Name. */
  readonly crlPoint: Buffer;
  readonly ocspUrl: string;
};

/** 利用者証明用電子証明書, DER. */
export function issueUserAuthentication(authority: Authority, template: EndEntityTemplate): Buffer {
  const extensions = userAuthenticationExtensions({ ...template, ...keyIds(authority, template.publicKey) });
  return issueCertificate({ ...template, issuer: authority.name, extensions }, authority.privateKey);
}

/** 署名用電子証明書, DER. */
export function issueDigitalSignature(authority: Authority, template: EndEntityTemplate & { readonly citizen: CitizenAttributes }): Buffer {
  const extensions = digitalSignatureExtensions({ ...template, ...keyIds(authority, template.publicKey) }, template.citizen);
  return issueCertificate({ ...template, issuer: authority.name, extensions }, authority.privateKey);
}

/** A delegated OCSP responder with a key of its own. */
export async function createResponder(
  authority: Authority,
  template: Validity & { readonly serial: Uint8Array; readonly keys?: KeyPair },
): Promise<OcspSigner> {
  const { publicKey, privateKey } = template.keys ?? (await generateRsaKeyPair());
  const ids = keyIds(authority, publicKey);
  const { serial, notBeforeMs, notAfterMs } = template;
  const subject = writeName([
    ['C', 'JP'],
    ['O', authority.organization],
    ['CN', 'OCSP responder'],
  ]);
  const extensions = ocspResponderExtensions(ids);
  const certificate = issueCertificate(
    { serial, issuer: authority.name, subject, notBeforeMs, notAfterMs, publicKey, extensions },
    authority.privateKey,
  );
  return { privateKey, keyId: ids.subjectKeyId, certificate };
}

function keyIds(authority: Authority, publicKey: KeyObject): { authorityKeyId: Buffer; subjectKeyId: Buffer } {
  return { authorityKeyId: authority.keyId, subjectKeyId: keyIdOf(publicKey) };
}
