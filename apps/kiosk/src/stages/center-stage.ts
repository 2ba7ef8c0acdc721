// Steps 2, 4, 7, 9, 11 and the question of step 12: what the kiosk says to the center, and what it believes.
import { bundleSchema, manifestSchema } from '#libs/contract/manifest.js';
import type { EcPrivateJwk, EcPublicJwk } from '#libs/contract/base.js';
import type { OpenSessionAnswer } from '#libs/contract/center.js';
import { goAheadSchema } from '#libs/contract/municipality.js';
import { offerSchema, type Offer } from '#libs/contract/offer.js';
import { decrypt, parseJson, publicHalf, sign, verify } from '#libs/contract/sealed.js';
import { canonicalJson, type LoginStatement, type RequestStatement } from '#libs/contract/statements.js';
import type { Event } from '#libs/session/event.js';
import type { Chosen, Visit } from '#libs/session/state.js';
import { sha256Hex } from '#libs/std/bytes.js';
import { toInstant, type Clock } from '#libs/std/clock.js';
import type { Random } from '#libs/std/random.js';
import { err, ok, type Result } from '#libs/std/result.js';
import type { CenterClient, CenterRefusal } from '../center-client.js';
import { limits } from '../limits.js';
import type { CenterSession, CheckedBundle, LiveSession, SignedRequest } from '../live-session.js';
import { findMismatch } from './manifest-check.js';

export type CenterStageParts = {
  readonly client: CenterClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly kiosk: string;
  readonly key: EcPrivateJwk;
  readonly center: string;
  readonly municipalities: ReadonlyMap<string, EcPublicJwk>;
};

/** `answer-not-ours`: signed by nobody we know, for somebody else, or not what was asked for. */
export type Refused = { readonly code: string; readonly sentence: string | null };

/** Taken from the live session before anything is waited for: whoever stops meanwhile and goes has it forgotten. */
export type PreparedRequest = { readonly center: CenterSession; readonly request: SignedRequest };

export class CenterStage {
  constructor(private readonly parts: CenterStageParts) {}

  async openSession(live: LiveSession): Promise<Result<void, Refused>> {
    const { kiosk, key, clock, client } = this.parts;
    const opening = { kiosk, session: live.ids.session, sessionPublicKey: publicHalf(live.key), time: toInstant(clock.nowMs()) };
    const answered = await client.openSession(await sign('madoguchi-session+jws', opening, key));
    if (!answered.ok) return answered;
    const refused = this.checkOpened(live, answered.value);
    if (refused !== null) return err(refused);
    const { center, session, token, nonce } = answered.value;
    live.center = { id: session, token, nonce, center };
    return ok(undefined);
  }

  private checkOpened(live: LiveSession, answer: OpenSessionAnswer): Refused | null {
    if (answer.session !== live.ids.session || answer.center !== this.parts.center) return refusal('answer-not-ours');
    return this.isFresh(answer.time) ? null : refusal('clock-apart');
  }

  loginStatement(live: LiveSession): string {
    const { center, nonce } = live.openCenter();
    const statement: LoginStatement = {
      purpose: 'Madoguchi login v1',
      center,
      kiosk: this.parts.kiosk,
      session: live.ids.session,
      nonce,
      sessionPublicKey: publicHalf(live.key),
      time: toInstant(this.parts.clock.nowMs()),
    };
    return canonicalJson(statement);
  }

  async logIn(live: LiveSession, signed: { statement: string; signature: Buffer }): Promise<Result<Offer, Refused>> {
    const answered = await this.parts.client.login(live.openCenter(), live.signedStatement(signed));
    if (!answered.ok) return answered;
    const key = this.parts.municipalities.get(answered.value.municipality);
    if (key === undefined) return err(refusal('answer-not-ours'));
    const opened = await decrypt(answered.value.offer, live.key);
    if (!opened.ok) return err(refusal('answer-not-ours'));
    const offer = await verify(opened.value, { typ: 'madoguchi-offer+jws', schema: offerSchema, keys: [key] });
    return offer.ok && this.isOurOffer(live, offer.value, answered.value.municipality) ? ok(offer.value) : err(refusal('answer-not-ours'));
  }

  private isOurOffer(live: LiveSession, offer: Offer, municipality: string): boolean {
    const ours = offer.session === live.ids.session && offer.kiosk === this.parts.kiosk && offer.municipality.code === municipality;
    return ours && this.isFresh(offer.time) && Date.parse(offer.validUntil) > this.parts.clock.nowMs();
  }

  requestStatement(live: LiveSession, asked: { offer: Offer; chosen: Chosen }): RequestStatement {
    const { offer, chosen } = asked;
    return {
      purpose: 'Madoguchi request v1',
      request: live.ids.request,
      session: live.ids.session,
      nonce: live.openCenter().nonce,
      kiosk: this.parts.kiosk,
      sessionPublicKey: publicHalf(live.key),
      municipality: offer.municipality.code,
      choice: chosen.choice,
      copies: chosen.copies,
      feeYen: chosen.feeYen,
      offer: offer.offer,
      time: toInstant(this.parts.clock.nowMs()),
    };
  }

  /** The same request id and content as often as it takes: the center knows a repeat. */
  async sendRequest(live: LiveSession): Promise<Event> {
    const { signed } = live.signedRequest();
    // Whoever stops meanwhile and goes has the session forgotten: what is asked with stays here.
    const center = live.openCenter();
    let refused: CenterRefusal = { code: 'center-unreachable', sentence: null, status: null };
    for (let attempt = 0; attempt < limits.requestAttempts; attempt++) {
      if (attempt > 0) await this.parts.clock.sleep(limits.requestPauseMs);
      const answered = await this.parts.client.request(center, signed);
      if (answered.ok) {
        live.sealedBundle = answered.value.bundle;
        return { type: 'prepared', prepareMs: answered.value.prepareMs };
      }
      refused = answered.error;
      if (refused.status !== null) break;
    }
    return { type: 'failed', code: refused.code, sentence: refused.sentence };
  }

  /** Step 11: nothing is charged for what is not exactly what the card asked for. */
  async checkBundle(live: LiveSession, visit: Visit): Promise<Result<CheckedBundle, Refused>> {
    const { statement, signed } = live.signedRequest();
    const key = this.parts.municipalities.get(statement.municipality);
    if (key === undefined || live.sealedBundle === null) return err(refusal('answer-not-ours'));
    const opened = await decrypt(live.sealedBundle, live.key);
    if (!opened.ok) return err(refusal('answer-not-ours'));
    const bundle = parseJson(opened.value, bundleSchema);
    if (!bundle.ok) return err(refusal('answer-not-ours'));
    const manifest = await verify(bundle.value.manifest, { typ: 'madoguchi-manifest+jws', schema: manifestSchema, keys: [key] });
    if (!manifest.ok) return err(refusal('answer-not-ours'));
    const pdfs = bundle.value.pdfs.map((pdf) => Buffer.from(pdf, 'base64'));
    const requestSha256 = sha256Hex(signed.statement);
    const asked = { statement, requestSha256, feeYen: visit.chosen?.feeYen ?? -1, nowMs: this.parts.clock.nowMs() };
    if (findMismatch(manifest.value, pdfs, asked) !== null) return err(refusal('answer-not-ours'));
    live.bundle = { manifest: manifest.value, pdfs };
    return ok(live.bundle);
  }

  /** Step 12: null when the municipality stands by what it prepared at this very moment. Everything else is a no. */
  async findNoGoAhead({ center, request }: PreparedRequest): Promise<Refused | null> {
    const { statement, signed } = request;
    const question = this.parts.random.uuid();
    const answered = await this.parts.client.goAhead(center, { question, statement: signed.statement });
    if (!answered.ok) return answered.error;
    const key = this.parts.municipalities.get(statement.municipality);
    if (key === undefined) return refusal('answer-not-ours');
    const read = await verify(answered.value.goAhead, { typ: 'madoguchi-go-ahead+jws', schema: goAheadSchema, keys: [key] });
    if (!read.ok) return refusal('answer-not-ours');
    const { word, time, ...about } = read.value;
    const { request: id, session, kiosk, municipality } = statement;
    const isOurs = about.request === id && about.session === session && about.kiosk === kiosk && about.municipality === municipality;
    if (!isOurs || about.question !== question) return refusal('answer-not-ours');
    if (!this.isFresh(time)) return refusal('clock-apart');
    return word === 'go' ? null : refusal(word);
  }

  async abort(live: LiveSession, reason: string): Promise<void> {
    if (live.center !== null) await this.parts.client.abort(live.center, reason.slice(0, 64));
  }

  private isFresh(time: string): boolean {
    return Math.abs(Date.parse(time) - this.parts.clock.nowMs()) <= limits.clockToleranceMs;
  }
}

function refusal(code: string): Refused {
  return { code, sentence: null };
}
