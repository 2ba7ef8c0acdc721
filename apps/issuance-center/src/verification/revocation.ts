// Is the certificate good at this moment? OCSP, asked anew each time; where it is away, the
// CRL of the right scope and age for the kinds that may rest on it, unless OCSP has said
// since that the card is revoked; otherwise "cannot tell", which issues nothing and charges
// nothing.
import { clockSkewMs, ocspResponseMaxBytes } from '#libs/pki/limits.js';
import { outageRefusal, type OcspOutage, type OcspRefusal } from '#libs/pki/ocsp-outage.js';
import { buildOcspRequest, judgeOcsp, type RevocationEvidence } from '#libs/pki/ocsp.js';
import { refusal, type Refusal } from '#libs/pki/refusal.js';
import type { CardIdentity } from '#libs/pki/statement.js';
import { err, type Result } from '#libs/std/result.js';
import { ask } from '../http-read.js';
import { limits } from '../limits.js';
import type { Parts } from '../parts.js';
import { findRevoked, rememberRevoked } from '../storage/revoked-cards.js';
import type { CrlShelf } from './crl-shelf.js';

export type RevocationQuestion = {
  readonly identity: CardIdentity;
  /** Kind of certificate; null at a login. */
  readonly kind: string | null;
  /** For the log. */
  readonly session: string;
};

/**
 * The responder is away, or says that it does not answer (RFC 6960 §4.2.1). Only then is a
 * list asked. Every other answer that proves nothing is somebody's who wants to be believed,
 * or of a responder that must not be: README.md, "When a list is asked".
 */
const listIsAsked: Readonly<Record<OcspOutage, boolean>> = {
  'no-answer': true,
  'not-an-answer': true,
  'malformed-request': true,
  'internal-error': true,
  'try-later': true,
  'signature-required': true,
  unauthorized: true,
};

/** Errors: `certificate-revoked`, `certificate-unknown`, `revocation-unknown`. */
export async function checkRevocation(parts: Parts, question: RevocationQuestion): Promise<Result<RevocationEvidence, Refusal>> {
  const { identity, session } = question;
  const byOcsp = await askOcsp(parts, identity);
  if (byOcsp.ok) return byOcsp;
  const { code, reason, outage } = byOcsp.error;
  if (code === 'certificate-revoked') await remember(parts, identity);
  if (code !== 'revocation-unknown') return byOcsp;
  if (outage === null || !listIsAsked[outage]) {
    parts.log.error('ocsp-answer-not-ours', { session, reason });
    return byOcsp;
  }
  parts.log.warn('ocsp-cannot-tell', { session, reason });
  return parts.crlShelf === null ? byOcsp : askList(parts, parts.crlShelf, question);
}

async function askList(parts: Parts, shelf: CrlShelf, question: RevocationQuestion): Promise<Result<RevocationEvidence, Refusal>> {
  const { identity, kind, session } = question;
  const byCrl = shelf.judge(identity, kind, parts.clock.nowMs());
  if (!byCrl.ok) {
    parts.log.warn('crl-cannot-tell', { session, reason: byCrl.error.reason });
    return byCrl;
  }
  const toldMs = await findRevoked(parts.store.read, tagOf(parts, identity));
  // The two moments are of two clocks; in doubt the list is the older one.
  const isOlder = toldMs !== null && byCrl.value.thisUpdateMs <= toldMs + clockSkewMs;
  return isOlder ? err(refusal('certificate-revoked', 'revoked-since-the-list')) : byCrl;
}

async function remember(parts: Parts, identity: CardIdentity): Promise<void> {
  const told = { tag: tagOf(parts, identity), toldMs: parts.clock.nowMs() };
  await parts.store.write((transaction) => rememberRevoked(transaction, told));
}

function tagOf(parts: Parts, { caKeyId, serial }: CardIdentity): string {
  return parts.keyedHash.cardTag(caKeyId, serial);
}

async function askOcsp(parts: Parts, identity: CardIdentity): Promise<Result<RevocationEvidence, OcspRefusal>> {
  const { url, timeoutMs } = parts.configuration.ocsp;
  const nonce = parts.random.bytes(limits.ocspNonceBytes);
  const answered = await ask({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/ocsp-request', accept: 'application/ocsp-response' },
    body: new Uint8Array(buildOcspRequest(identity, nonce, parts.ocspPolicy)),
    timeoutMs,
    maxBytes: ocspResponseMaxBytes,
  });
  if (answered === null) return err(outageRefusal('no-answer'));
  if (answered.status !== 200 || !answered.contentType.startsWith('application/ocsp-response')) {
    return err(outageRefusal('not-an-answer'));
  }
  return judgeOcsp({ identity, response: answered.body, nonce, policy: parts.ocspPolicy, atMs: parts.clock.nowMs() });
}
