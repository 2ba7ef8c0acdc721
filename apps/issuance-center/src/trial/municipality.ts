// A municipality for the tests of this room, as strict as the contract: it refuses a body
// that is not in the schema and a verdict that is not the center's or not about the
// statement. What it offers and prepares is opaque to the center, so here it is a sealed word.
import type { z } from 'zod';
import type { EcPrivateJwk, EcPublicJwk } from '#libs/contract/base.js';
import { goAheadBodySchema, outcomeBodySchema, type GoAheadQuestion } from '#libs/contract/center.js';
import { centerVerdictSchema, forwardedLoginBodySchema, type CenterVerdict } from '#libs/contract/municipality.js';
import { problem, problemContentType, type Problem } from '#libs/contract/problem.js';
import { encrypt, parseJson, sign, verify } from '#libs/contract/sealed.js';
import { loginStatementSchema, readStatement, requestStatementSchema } from '#libs/contract/statements.js';
import { sha256Hex } from '#libs/std/bytes.js';
import { toInstant } from '#libs/std/clock.js';
import { serve, type Asked, type Reply, type TrialServer } from './server.js';

type Body = z.infer<typeof forwardedLoginBodySchema>;
type Taken = { readonly body: Body; readonly verdict: CenterVerdict };

export class TrialMunicipality {
  /** What it answers instead of doing anything; null: it does what it is asked. */
  instead: Problem | Reply | null = null;
  /** Held before each answer. */
  delayMs = 0;
  /** Added to its clock. */
  aheadMs = 0;
  /** Requests of whose outcome it says that it never prepared them. */
  readonly unknown = new Set<string>();
  readonly logins: Taken[] = [];
  readonly requests: Taken[] = [];
  readonly goAheads: (GoAheadQuestion & { readonly request: string })[] = [];
  /** Called before each go-ahead leaves. */
  meanwhile: (() => Promise<unknown>) | null = null;
  readonly outcomes: { readonly request: string; readonly outcome: string }[] = [];
  private readonly bundles = new Map<string, { readonly statement: string; readonly bundle: string }>();
  private server: TrialServer | null = null;

  private constructor(
    readonly code: string,
    readonly key: EcPrivateJwk,
    private readonly centerKey: EcPublicJwk,
  ) {}

  static async start(code: string, key: EcPrivateJwk, centerKey: EcPublicJwk): Promise<TrialMunicipality> {
    const municipality = new TrialMunicipality(code, key, centerKey);
    municipality.server = await serve((asked) => municipality.answer(asked));
    return municipality;
  }

  get url(): string {
    return this.server?.url ?? '';
  }

  async close(): Promise<void> {
    await this.server?.close();
  }

  private async answer(asked: Asked): Promise<Reply> {
    if (this.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.delayMs));
    if (this.instead !== null) return isProblem(this.instead) ? refuse(this.instead) : this.instead;
    const outcomeOf = /^\/v1\/requests\/([0-9a-f-]{36})\/outcome$/.exec(asked.path)?.[1];
    if (asked.method === 'PUT' && outcomeOf !== undefined) return this.takeOutcome(outcomeOf, asked);
    const goAheadOf = /^\/v1\/requests\/([0-9a-f-]{36})\/go-ahead$/.exec(asked.path)?.[1];
    if (asked.method === 'POST' && goAheadOf !== undefined) return this.sayGo(goAheadOf, asked);
    const taken = asked.method === 'POST' ? await this.take(asked) : problem(404, 'no-such-resource', 'nothing here');
    if (isProblem(taken)) return refuse(taken);
    if (asked.path === '/v1/logins') return this.login(taken);
    return asked.path === '/v1/requests' ? this.request(taken) : refuse(problem(404, 'no-such-resource', 'nothing here'));
  }

  private async take(asked: Asked): Promise<Taken | Problem> {
    const body = parseJson(asked.body, forwardedLoginBodySchema);
    if (!body.ok || asked.contentType !== 'application/json') return problem(400, 'malformed-request', 'not the contract');
    const expected = { typ: 'madoguchi-verdict+jws' as const, schema: centerVerdictSchema, keys: [this.centerKey] };
    const verdict = await verify(body.value.verdict, expected);
    if (!verdict.ok) return problem(401, 'bad-verdict', verdict.error.code);
    const { signed, evidence } = body.value;
    const evidenceHolds = evidence === null || sha256Hex(Buffer.from(evidence, 'base64')) === verdict.value.revocation.evidenceSha256;
    const isAboutIt =
      verdict.value.municipality === this.code &&
      verdict.value.statementSha256 === sha256Hex(signed.statement) &&
      verdict.value.certificateSha256 === sha256Hex(Buffer.from(signed.certificate, 'base64')) &&
      (evidence === null) === (verdict.value.revocation.source === 'crl');
    return evidenceHolds && isAboutIt ? { body: body.value, verdict: verdict.value } : problem(401, 'bad-verdict', 'about another');
  }

  private async login(taken: Taken): Promise<Reply> {
    const statement = readStatement(taken.body.signed.statement, loginStatementSchema);
    if (!statement.ok || taken.verdict.request !== null) return refuse(problem(400, 'malformed-statement', 'not a login'));
    this.logins.push(taken);
    return json({ offer: await encrypt(`offer of ${this.code}`, statement.value.sessionPublicKey), time: this.now() });
  }

  private async request(taken: Taken): Promise<Reply> {
    const text = taken.body.signed.statement;
    const statement = readStatement(text, requestStatementSchema);
    if (!statement.ok || taken.verdict.request !== statement.value.request) {
      return refuse(problem(400, 'malformed-statement', 'not a request'));
    }
    this.requests.push(taken);
    const { request, sessionPublicKey } = statement.value;
    const before = this.bundles.get(request);
    if (before !== undefined && before.statement !== text) return refuse(problem(409, 'request-conflict', 'other content'));
    const bundle = before?.bundle ?? (await encrypt(`bundle of ${request}`, sessionPublicKey));
    this.bundles.set(request, { statement: text, bundle });
    return json({ request, bundle, time: this.now() });
  }

  private now(): string {
    return toInstant(Date.now() + this.aheadMs);
  }

  private async sayGo(request: string, asked: Asked): Promise<Reply> {
    const body = parseJson(asked.body, goAheadBodySchema);
    if (!body.ok) return refuse(problem(400, 'malformed-request', 'not the contract'));
    this.goAheads.push({ ...body.value, request });
    await this.meanwhile?.();
    const goAhead = await sign('madoguchi-go-ahead+jws', { question: body.value.question, word: 'go' }, this.key);
    return json({ goAhead, time: toInstant(Date.now()) });
  }

  private takeOutcome(request: string, asked: Asked): Reply {
    const body = parseJson(asked.body, outcomeBodySchema);
    if (!body.ok) return refuse(problem(400, 'malformed-request', 'not the contract'));
    if (this.unknown.has(request)) return refuse(problem(404, 'no-such-request', 'nothing prepared'));
    this.outcomes.push({ request, outcome: body.value.outcome });
    return json({ request, time: this.now() });
  }
}

function isProblem(value: object | string): value is Problem {
  return typeof value === 'object' && 'code' in value;
}

function refuse(what: Problem): Reply {
  return { status: what.status, contentType: problemContentType, body: JSON.stringify(what) };
}

export function json(body: unknown): Reply {
  return { status: 200, contentType: 'application/json', body: JSON.stringify(body) };
}
