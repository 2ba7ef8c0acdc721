// 7. of both procedures: what the center found, signed for one municipality and about one
// statement (`madoguchi-verdict+jws`).
import type { z } from 'zod';
import { centerVerdictSchema, type forwardedLoginBodySchema } from '#libs/contract/municipality.js';
import { sign } from '#libs/contract/sealed.js';
import type { SignedStatement } from '#libs/contract/statements.js';
import type { RevocationEvidence } from '#libs/pki/ocsp.js';
import type { CardIdentity } from '#libs/pki/statement.js';
import { toInstant } from '#libs/std/clock.js';
import type { Parts } from '../parts.js';
import type { Municipality } from '../routing/registry.js';
import type { SessionRow } from '../storage/entities.js';
import { statementSha256 } from '../verification/statement.js';

export type Found = {
  readonly signed: SignedStatement;
  readonly session: SessionRow;
  /** Null at a login. */
  readonly request: string | null;
  readonly municipality: Municipality;
  readonly identity: CardIdentity;
  readonly revocation: RevocationEvidence;
};

/** The body of POST /v1/logins and /v1/requests: statement, verdict, evidence. */
export async function writeForwarded(parts: Parts, found: Found): Promise<z.infer<typeof forwardedLoginBodySchema>> {
  const { revocation, session } = found;
  const verdict = centerVerdictSchema.parse({
    center: parts.configuration.center,
    municipality: found.municipality.code,
    kiosk: session.kiosk,
    session: session.session,
    request: found.request,
    statementSha256: statementSha256(found.signed),
    certificateSha256: found.identity.certificateSha256,
    revocation: {
      source: revocation.source,
      thisUpdate: toInstant(revocation.thisUpdateMs),
      evidenceSha256: revocation.evidenceSha256,
    },
    time: toInstant(parts.clock.nowMs()),
  });
  return {
    signed: found.signed,
    verdict: await sign('madoguchi-verdict+jws', verdict, parts.configuration.key),
    evidence: revocation.evidence?.toString('base64') ?? null,
  };
}
