// POST /v1/requests (DESIGN §3 step 10):
//   1. the center's verdict, and our own check of the card              forwarded.ts
//   2. new, covered by the offer, allowed now; rows and numbers exist   claim.ts
//   3. one PDF a copy; what cannot be drawn goes to the counter         sheet.ts, libs/paper
//   4. the manifest, signed; the bundle, encrypted to the signed session key
//   5. stored as the one answer to this request, then answered
// After a crash between 2 and 5 the same request starts again at 2 with the same numbers.
import { createHmac } from 'node:crypto';
import type { z } from 'zod';
import { japaneseDate } from '#libs/certificate/hours.js';
import { bundleSchema, manifestSchema } from '#libs/contract/manifest.js';
import type { forwardedRequestAnswerSchema } from '#libs/contract/municipality.js';
import { encrypt, keyId, sign } from '#libs/contract/sealed.js';
import { requestStatementSchema, type RequestStatement } from '#libs/contract/statements.js';
import type { PaperRefusal } from '#libs/paper/refusal.js';
import type { RenderedCertificate } from '#libs/paper/render-resident-record.js';
import { assert } from '#libs/std/assert.js';
import { sha256Hex } from '#libs/std/bytes.js';
import { toInstant } from '#libs/std/clock.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { isUniqueViolation } from '#libs/storage/faults.js';
import { findOffer, findRequest, markPrepared, markRefused, type CopyRow } from '../storage/issuance.js';
import { causeOf, claim, type Claimed, type ClaimInput } from './claim.js';
import { pace, recordRefusal } from './counter.js';
import { describePaperRefusal } from './drawable.js';
import { checkForwarded, type Forwarded, type ForwardedBody } from './forwarded.js';
import type { Parts } from './parts.js';
import { refused, type Refused } from './refused.js';
import { makeSheet } from './sheet.js';

export type PrepareAnswer = z.infer<typeof forwardedRequestAnswerSchema>;
type Request = Forwarded<RequestStatement>;
type Claim = Extract<Claimed, { state: 'claimed' }>;
type DrawnCopy = { readonly row: CopyRow; readonly drawn: RenderedCertificate };

export async function prepare(parts: Parts, body: ForwardedBody): Promise<Result<PrepareAnswer, Refused>> {
  return pace(parts, async () => {
    const forwarded = await checkForwarded(parts, body, requestStatementSchema);
    if (!forwarded.ok) return forwarded;
    const { statement, verdict } = forwarded.value;
    if (verdict.request !== statement.request) return err({ code: 'bad-verdict', detail: 'other-request' });
    if (statement.municipality !== parts.code) return err({ code: 'bad-verdict', detail: 'for-another-municipality' });
    const bundle = await bundleFor(parts, forwarded.value);
    if (!bundle.ok) return bundle;
    return ok({ request: statement.request, bundle: bundle.value, time: toInstant(parts.clock.nowMs()) });
  });
}

async function bundleFor(parts: Parts, request: Request): Promise<Result<string, Refused>> {
  const { statement } = request;
  const sessionKeyId = await keyId(statement.sessionPublicKey);
  const certificateNumbers = (await wantsNumbers(parts, statement)) ? await parts.certificateNumbers.take(statement.copies) : [];
  const claimed = await claimOnce(parts, { forwarded: request, sessionKeyId, certificateNumbers });
  if (!claimed.ok) return claimed;
  if (claimed.value.state === 'answered') return ok(claimed.value.bundle);
  const drawn = await drawCopies(parts, request, claimed.value);
  if (!drawn.ok) return sendToCounter(parts, { request, claimed: claimed.value, paper: drawn.error });
  return store(parts, { request, claimed: claimed.value, drawn: drawn.value });
}

/** A look before the transaction, so that repeats and strangers use up no numbers. */
async function wantsNumbers(parts: Parts, statement: RequestStatement): Promise<boolean> {
  const { read } = parts.store;
  return (await findRequest(read, statement.request)) === null && (await findOffer(read, statement.offer)) !== null;
}

/** Two at the same moment, on two nodes: the database lets one of them in, the other one is told of the conflict. */
async function claimOnce(parts: Parts, input: ClaimInput): Promise<Result<Claimed, Refused>> {
  try {
    return await parts.store.write((manager) => claim(parts, manager, input));
  } catch (cause) {
    if (isUniqueViolation(cause)) return refused('request-conflict');
    throw cause;
  }
}

async function drawCopies(parts: Parts, request: Request, claimed: Claim): Promise<Result<readonly DrawnCopy[], PaperRefusal>> {
  const copies: DrawnCopy[] = [];
  for (const copy of claimed.copies) {
    const sheet = makeSheet(
      {
        people: claimed.people,
        headOfHousehold: claimed.headOfHousehold,
        choice: request.statement.choice,
        head: claimed.register.settings.head,
        date: japaneseDate(claimed.nowMs),
        requestSha256: request.statementSha256,
      },
      copy.certificateNumber,
    );
    const drawn = await parts.draw(sheet);
    if (!drawn.ok) return drawn;
    copies.push({ row: copy, drawn: drawn.value });
  }
  return ok(copies);
}

type Undrawable = { readonly request: Request; readonly claimed: Claim; readonly paper: PaperRefusal };

async function sendToCounter(parts: Parts, { request, claimed, paper }: Undrawable): Promise<Result<never, Refused>> {
  const { statement } = request;
  await parts.store.write(async (manager) => {
    await markRefused(manager, statement.request, parts.clock.nowMs());
    await recordRefusal(parts, manager, {
      ...causeOf(statement),
      residentNumber: claimed.asker.residentNumber,
      reason: paper.code,
      detail: describePaperRefusal(paper),
    });
  });
  return refused('go-to-counter');
}

type Drawn = { readonly request: Request; readonly claimed: Claim; readonly drawn: readonly DrawnCopy[] };

async function store(parts: Parts, made: Drawn): Promise<Result<string, Refused>> {
  const { statement } = made.request;
  const nowMs = parts.clock.nowMs();
  const expiresMs = nowMs + parts.limits.bundleMs;
  const bundle = await seal(parts, made, { nowMs, expiresMs });
  const copies = made.drawn.map(({ row, drawn }) => ({ copy: row.copy, attempt: row.attempt, pdfSha256: sha256Hex(drawn.pdf) }));
  const registerVersion = made.claimed.register.version;
  return parts.store.write(async (manager): Promise<Result<string, Refused>> => {
    const first = await markPrepared(manager, statement.request, { bundle, registerVersion, expiresMs, atMs: nowMs, copies });
    if (first) return ok(bundle);
    const theirs = await findRequest(manager, statement.request);
    if (theirs?.state === 'refused') return refused('go-to-counter');
    return theirs?.bundle == null ? refused('answer-erased') : ok(theirs.bundle);
  });
}

async function seal(
  parts: Parts,
  { request, claimed, drawn }: Drawn,
  at: { readonly nowMs: number; readonly expiresMs: number },
): Promise<string> {
  const { statement } = request;
  const [templateDigest, ...others] = new Set(drawn.map((copy) => copy.drawn.templateDigest));
  assert(templateDigest !== undefined && others.length === 0, 'the copies of a request are made from one template');
  const manifest = manifestSchema.parse({
    request: statement.request,
    session: statement.session,
    kiosk: statement.kiosk,
    requestSha256: request.statementSha256,
    subject: pseudonym(parts, claimed.asker.residentNumber),
    municipality: parts.code,
    kind: statement.choice.kind,
    feeYen: statement.feeYen,
    copies: drawn.map(({ row, drawn: { pdf, pages } }) => ({
      copy: row.copy,
      attempt: row.attempt,
      certificateNumber: row.certificateNumber,
      pdfSha256: sha256Hex(pdf),
      pages,
    })),
    templateDigest,
    registerVersion: claimed.register.version,
    time: toInstant(at.nowMs),
    expires: toInstant(at.expiresMs),
  });
  const signed = await sign('madoguchi-manifest+jws', manifest, parts.key);
  const bundle = bundleSchema.parse({ manifest: signed, pdfs: drawn.map((copy) => copy.drawn.pdf.toString('base64')) });
  return encrypt(JSON.stringify(bundle), statement.sessionPublicKey);
}

/** The same person gives the same value; without the secret nobody can tell whose it is. */
function pseudonym(parts: Parts, residentNumber: string): string {
  return createHmac('sha256', parts.pseudonymSecret).update(`${parts.code}:${residentNumber}`).digest('hex');
}
