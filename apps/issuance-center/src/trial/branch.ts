// A center with an authority, two municipalities and a kiosk around it, for the tests of
// this room: everything real but the municipalities, which are strict stand-ins.
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { ecPrivateJwk, type EcPrivateJwk } from '#libs/contract/base.js';
import type { OpenSessionAnswer, Outcome } from '#libs/contract/center.js';
import type { CardLinks } from '#libs/contract/municipality.js';
import { publicHalf, sign } from '#libs/contract/sealed.js';
import { canonicalJson, type LoginStatement, type RequestStatement, type SignedStatement } from '#libs/contract/statements.js';
import { assert } from '#libs/std/assert.js';
import { systemClock, toInstant } from '#libs/std/clock.js';
import type { Log, LogFields } from '#libs/std/log.js';
import { configurationSchema, type ConfigurationFile } from '../configuration.js';
import { start, type Started } from '../start.js';
import { TrialAuthority, type Card } from './authority.js';
import { TrialMunicipality } from './municipality.js';

export const kioskId = 'KIOSK001';
export const shiomidai = '991015';
export const aomine = '992020';

export function newKey(): EcPrivateJwk {
  return ecPrivateJwk.parse(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }));
}

export type Line = { readonly level: keyof Log; readonly code: string; readonly fields: LogFields };

export class TrialBranch {
  readonly lines: Line[] = [];
  readonly folder = mkdtempSync(join(tmpdir(), 'madoguchi-center-'));
  /** Added to every reading of the center's clock. */
  aheadMs = 0;
  private started: Started | null = null;

  private constructor(
    readonly authority: TrialAuthority,
    readonly municipalities: readonly TrialMunicipality[],
    readonly keys: { readonly kiosk: EcPrivateJwk; readonly center: EcPrivateJwk },
  ) {}

  static async start(change: Partial<ConfigurationFile> = {}): Promise<TrialBranch> {
    const keys = { kiosk: newKey(), center: newKey() };
    const centerKey = publicHalf(keys.center);
    const authority = await TrialAuthority.start();
    const municipalities = await Promise.all([shiomidai, aomine].map((code) => TrialMunicipality.start(code, newKey(), centerKey)));
    const branch = new TrialBranch(authority, municipalities, keys);
    await branch.startCenter(change);
    return branch;
  }

  /** Also again, after `stopCenter`, on the same database. */
  async startCenter(change: Partial<ConfigurationFile> = {}): Promise<void> {
    const at =
      (level: keyof Log) =>
      (code: string, fields: LogFields = {}): void =>
        void this.lines.push({ level, code, fields });
    const log: Log = { info: at('info'), warn: at('warn'), error: at('error') };
    const clock = { ...systemClock, nowMs: () => systemClock.nowMs() + this.aheadMs };
    const started = await start(configurationSchema.parse({ ...this.file(), ...change }), { log, clock });
    assert(!('error' in started), 'the trial center starts');
    this.started = started;
  }

  file(): ConfigurationFile {
    return {
      demo: true,
      listen: { port: 0 },
      center: 'trial-center',
      key: this.keys.center,
      secret: Buffer.alloc(32, 7).toString('base64'),
      database: { kind: 'sqlite', file: join(this.folder, 'center.sqlite') },
      trustAnchors: [this.authority.certificate],
      ocsp: { url: `${this.authority.url}/ocsp`, timeoutMs: 500 },
      kiosks: [{ id: kioskId, key: publicHalf(this.keys.kiosk) }],
      municipalities: this.municipalities.map(({ code, url, key }) => ({ code, url, key: publicHalf(key) })),
      limits: { refusalClassMs: 250, loginTimeoutMs: 800, requestTimeoutMs: 800, goAheadTimeoutMs: 500, outcomeTimeoutMs: 500 },
    };
  }

  get http(): ReturnType<typeof supertest> {
    return supertest(this.started?.url ?? '');
  }

  get shiomidai(): TrialMunicipality {
    return this.municipality(shiomidai);
  }

  municipality(code: string): TrialMunicipality {
    const found = this.municipalities.find((one) => one.code === code);
    if (found === undefined) throw new Error(`no municipality ${code}`);
    return found;
  }

  codes(): string[] {
    return this.lines.map((line) => line.code);
  }

  async stopCenter(): Promise<void> {
    await this.started?.close();
    this.started = null;
  }

  async close(): Promise<void> {
    await this.stopCenter();
    await Promise.all([...this.municipalities, this.authority].map((one) => one.close()));
    rmSync(this.folder, { recursive: true, force: true });
  }

  async link(card: Card, code: string, push: Partial<CardLinks> & { readonly usableFrom?: string } = {}): Promise<supertest.Response> {
    const { usableFrom = '2026-01-01T00:00:00Z', ...rest } = push;
    const links = [{ caKeyId: card.caKeyId, serial: card.serial, change: 'linked' as const, usableFrom }];
    const payload: CardLinks = { municipality: code, sequence: Date.now(), links, time: this.now(), ...rest };
    const sequence = push.sequence ?? (this.lastSequence.get(code) ?? 0) + 1;
    this.lastSequence.set(code, Math.max(sequence, this.lastSequence.get(code) ?? 0));
    const cardLinks = await sign('madoguchi-card-links+jws', { ...payload, sequence }, this.municipality(code).key);
    return this.http.put(`/v1/municipalities/${code}/card-links`).send({ cardLinks });
  }
  private readonly lastSequence = new Map<string, number>();

  /** A card of the trial authority that this municipality claims. */
  async resident(code: string, card = this.authority.issue()): Promise<Card> {
    await this.link(card, code).then((answer) => {
      if (answer.status !== 200) throw new Error(`not linked: ${answer.status} ${answer.text}`);
    });
    return card;
  }

  now(): string {
    return toInstant(Date.now() + this.aheadMs);
  }

  async open(): Promise<TrialSession> {
    const key = newKey();
    const opening = { kiosk: kioskId, session: randomUUID(), sessionPublicKey: publicHalf(key), time: this.now() };
    const jws = await sign('madoguchi-session+jws', opening, this.keys.kiosk);
    const answer = await this.http.post('/v1/sessions').send({ opening: jws });
    if (answer.status !== 200) throw new Error(`no session: ${answer.status} ${answer.text}`);
    return new TrialSession(this, key, answer.body as OpenSessionAnswer);
  }
}

export class TrialSession {
  constructor(
    private readonly branch: TrialBranch,
    readonly key: EcPrivateJwk,
    readonly opened: OpenSessionAnswer,
  ) {}

  get id(): string {
    return this.opened.session;
  }

  loginStatement(change: Partial<LoginStatement> = {}): LoginStatement {
    const { center, session, nonce } = this.opened;
    const sessionPublicKey = publicHalf(this.key);
    return { purpose: 'Madoguchi login v1', center, kiosk: kioskId, session, nonce, sessionPublicKey, time: this.branch.now(), ...change };
  }

  requestStatement(change: Partial<RequestStatement> = {}): RequestStatement {
    const choice = {
      kind: 'resident-record' as const,
      scope: 'household' as const,
      members: ['m0000000000000001'],
      relationship: true,
      domicile: false,
      myNumber: false,
    };
    const { session, nonce } = this.opened;
    return {
      purpose: 'Madoguchi request v1',
      request: randomUUID(),
      session,
      nonce,
      kiosk: kioskId,
      sessionPublicKey: publicHalf(this.key),
      municipality: shiomidai,
      choice,
      copies: 1,
      feeYen: 300,
      offer: randomUUID(),
      time: this.branch.now(),
      ...change,
    };
  }

  post(what: 'login' | 'requests' | 'go-ahead' | 'abort', body: object, token = this.opened.token): supertest.Test {
    return this.branch.http.post(`/v1/sessions/${this.id}/${what}`).set('authorization', `Bearer ${token}`).send(body);
  }

  logIn(card: Card, change: Partial<LoginStatement> = {}): supertest.Test {
    return this.post('login', signed(card, this.loginStatement(change)));
  }

  ask(card: Card, statement: RequestStatement): supertest.Test {
    return this.post('requests', signed(card, statement));
  }

  outcome(request: string, change: Partial<Outcome> = {}): Outcome {
    const copies = [{ copy: 1, attempt: 1, outcome: 'delivered' as const, pdfSha256: 'ab'.repeat(32) }];
    return { request, session: this.id, kiosk: kioskId, copies, time: this.branch.now(), ...change };
  }

  async tell(outcome: Outcome, key = this.branch.keys.kiosk): Promise<supertest.Response> {
    const jws = await sign('madoguchi-outcome+jws', outcome, key);
    return this.branch.http.put(`/v1/requests/${outcome.request}/outcome`).send({ outcome: jws });
  }
}

export function signed(card: Card, statement: object): SignedStatement {
  const text = canonicalJson(statement);
  return { statement: text, signature: card.sign(text).toString('base64'), certificate: card.certificate.toString('base64') };
}
