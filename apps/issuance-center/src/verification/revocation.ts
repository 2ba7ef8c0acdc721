// Is the certificate good at this moment? OCSP, asked anew each time; where it cannot
// tell, the CRL of the right scope and age for the kinds that may rest on it; otherwise
// "cannot tell", which issues nothing and charges nothing.
import { ocspResponseMaxBytes } from '#libs/pki/limits.js';
import { buildOcspRequest, judgeOcsp, type RevocationEvidence } from '#libs/pki/ocsp.js';
import { refusal, type Refusal } from '#libs/pki/refusal.js';
import type { CardIdentity } from '#libs/pki/statement.js';
import { err, type Result } from '#libs/std/result.js';
import { ask } from '../http-read.js';
import { limits } from '../limits.js';
import type { Parts } from '../parts.js';

export type RevocationQuestion = {
  readonly identity: CardIdentity;
  /** Kind of certificate; null at a login. */
  readonly kind: string | null;
  /** For the log. */
  readonly session: string;
};

/** Errors: `certificate-revoked`, `certificate-unknown`, `revocation-unknown`. */
export async function checkRevocation(parts: Parts, question: RevocationQuestion): Promise<Result<RevocationEvidence, Refusal>> {
  const { identity, kind, session } = question;
  const byOcsp = await askOcsp(parts, identity);
  if (byOcsp.ok || byOcsp.error.code !== 'revocation-unknown') return byOcsp;
  parts.log.warn('ocsp-cannot-tell', { session, reason: byOcsp.error.reason });
  if (parts.crlShelf === null) return byOcsp;
  const byCrl = parts.crlShelf.judge(identity, kind, parts.clock.nowMs());
  if (!byCrl.ok) parts.log.warn('crl-cannot-tell', { session, reason: byCrl.error.reason });
  return byCrl;
}

async function askOcsp(parts: Parts, identity: CardIdentity): Promise<Result<RevocationEvidence, Refusal>> {
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
  if (answered === null) return err(refusal('revocation-unknown', 'ocsp-no-answer'));
  if (answered.status !== 200 || !answered.contentType.startsWith('application/ocsp-response')) {
    return err(refusal('revocation-unknown', 'ocsp-not-an-answer'));
  }
  return judgeOcsp({ identity, response: answered.body, nonce, policy: parts.ocspPolicy, atMs: parts.clock.nowMs() });
}
