// What the center passes on (DESIGN §3, steps 4 and 9): a statement signed by the card,
// and the center's verdict. From the verdict the municipality takes one thing, the
// revocation status. Everything else it checks itself: the card's signature, the path to
// the pinned CA, the statement's form, that the verdict is about this statement, and that
// the kiosk is one whose word about the paper it will take.
import type { z } from 'zod';
import type { EcPublicJwk } from '#libs/contract/base.js';
import { centerVerdictSchema, type CenterVerdict, type forwardedLoginBodySchema } from '#libs/contract/municipality.js';
import { verify } from '#libs/contract/sealed.js';
import { readStatement } from '#libs/contract/statements.js';
import { judgeStatement, type CardIdentity } from '#libs/pki/statement.js';
import { sha256Hex } from '#libs/std/bytes.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { limits } from '../limits.js';
import type { Parts } from './parts.js';
import { refused, type Refused } from './refused.js';

export type ForwardedBody = z.infer<typeof forwardedLoginBodySchema>;

type AnyStatement = {
  readonly session: string;
  readonly kiosk: string;
  readonly time: string;
  readonly sessionPublicKey: EcPublicJwk;
};

export type Forwarded<T extends AnyStatement> = {
  readonly statement: T;
  readonly statementSha256: string;
  readonly card: CardIdentity;
  readonly verdict: CenterVerdict;
  /** What proves the revocation status later: the center's signed word and the OCSP response (base64). */
  readonly proof: { readonly verdict: string; readonly evidence: string | null };
};

export async function checkForwarded<T extends AnyStatement>(
  parts: Parts,
  body: ForwardedBody,
  schema: z.ZodType<T>,
): Promise<Result<Forwarded<T>, Refused>> {
  const verdict = await verify(body.verdict, { typ: 'madoguchi-verdict+jws', schema: centerVerdictSchema, keys: [parts.centerKey] });
  if (!verdict.ok) return err({ code: 'bad-verdict', detail: verdict.error.code });
  const nowMs = parts.clock.nowMs();
  if (!isWithin(nowMs - Date.parse(verdict.value.time), limits.clockApartMs)) return refused('stale-verdict');
  const evidence = evidenceFault(verdict.value, body.evidence, nowMs);
  if (evidence !== null) return err({ code: 'bad-verdict', detail: evidence });

  const bytes = Buffer.from(body.signed.statement, 'utf8');
  const card = judgeStatement({
    statement: bytes,
    signature: Buffer.from(body.signed.signature, 'base64'),
    certificate: Buffer.from(body.signed.certificate, 'base64'),
    anchors: parts.anchors,
    profile: parts.profile,
    atMs: nowMs,
  });
  if (!card.ok) return err({ code: 'card-refused', refusal: card.error });
  const statement = readStatement(body.signed.statement, schema);
  if (!statement.ok) return refused('malformed-statement');
  if (!isWithin(nowMs - Date.parse(statement.value.time), limits.statementMaxAgeMs)) return refused('malformed-statement');

  const proof = { verdict: body.verdict, evidence: body.evidence };
  const forwarded = { statement: statement.value, statementSha256: sha256Hex(bytes), card: card.value, verdict: verdict.value, proof };
  const mismatch = verdictMismatch(parts.code, forwarded);
  if (mismatch !== null) return err({ code: 'bad-verdict', detail: mismatch });
  // Before any register is asked, so that the word is about nobody.
  const { kiosk } = statement.value;
  return parts.kiosks.has(kiosk) ? ok(forwarded) : err({ code: 'kiosk-unknown', detail: kiosk });
}

/**
 * At most so old, and ahead by no more than clocks may be apart. An age that is no number
 * is not within: the guards say "not within", so that NaN never passes one.
 */
export function isWithin(ageMs: number, maxAgeMs: number): boolean {
  return ageMs <= maxAgeMs && ageMs >= -limits.clockApartMs;
}

function evidenceFault({ revocation }: CenterVerdict, evidence: string | null, nowMs: number): string | null {
  if ((revocation.source === 'ocsp') !== (evidence !== null)) return 'evidence-of-other-kind';
  if (evidence !== null && sha256Hex(Buffer.from(evidence, 'base64')) !== revocation.evidenceSha256) return 'evidence-of-other-content';
  const ageMs = nowMs - Date.parse(revocation.thisUpdate);
  const maxAgeMs = revocation.source === 'ocsp' ? limits.ocspMaxAgeMs : limits.crlMaxAgeMs;
  return isWithin(ageMs, maxAgeMs) ? null : 'evidence-of-other-time';
}

function verdictMismatch(
  code: string,
  { statement, statementSha256, card, verdict }: Omit<Forwarded<AnyStatement>, 'proof'>,
): string | null {
  if (verdict.municipality !== code) return 'other-municipality';
  if (verdict.statementSha256 !== statementSha256) return 'other-statement';
  if (verdict.certificateSha256 !== card.certificateSha256) return 'other-certificate';
  if (verdict.session !== statement.session) return 'other-session';
  return verdict.kiosk === statement.kiosk ? null : 'other-kiosk';
}
