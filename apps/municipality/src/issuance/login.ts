// POST /v1/logins (DESIGN §3 step 4):
//   1. the center's verdict, and our own check of the card          forwarded.ts
//   2. card → resident → what they may have                         asker.ts
//   3. the offer: stored, signed, encrypted to the session key that the card signed
import type { z } from 'zod';
import { japaneseDate } from '#libs/certificate/hours.js';
import type { forwardedLoginAnswerSchema } from '#libs/contract/municipality.js';
import { offerSchema, type OfferItem } from '#libs/contract/offer.js';
import { encrypt, keyId, sign } from '#libs/contract/sealed.js';
import { loginStatementSchema, type LoginStatement } from '#libs/contract/statements.js';
import { toInstant } from '#libs/std/clock.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { insertOffer, type EntityManager } from '../storage/issuance.js';
import { findRegister, type RegisterFacts } from '../storage/registers.js';
import { findAsker, type Asker } from './asker.js';
import { pace, recordRefusal } from './counter.js';
import { checkForwarded, type Forwarded, type ForwardedBody } from './forwarded.js';
import { makeItems, makeMembers } from './offer.js';
import type { Parts } from './parts.js';
import { refused, type Refused } from './refused.js';

export type LoginAnswer = z.infer<typeof forwardedLoginAnswerSchema>;

export async function login(parts: Parts, body: ForwardedBody): Promise<Result<LoginAnswer, Refused>> {
  return pace(parts, async () => {
    const forwarded = await checkForwarded(parts, body, loginStatementSchema);
    if (!forwarded.ok) return forwarded;
    const { statement, verdict } = forwarded.value;
    if (verdict.request !== null) return err({ code: 'bad-verdict', detail: 'not-about-a-login' });
    if (verdict.center !== statement.center) return err({ code: 'bad-verdict', detail: 'other-center' });
    const sessionKeyId = await keyId(statement.sessionPublicKey);
    const terms = await parts.store.write((manager) => decide(parts, manager, { forwarded: forwarded.value, sessionKeyId }));
    return terms.ok ? ok(await seal(parts, forwarded.value.statement, terms.value)) : terms;
  });
}

type Terms = Pick<z.infer<typeof offerSchema>, 'offer' | 'members'> & {
  readonly items: readonly OfferItem[];
  readonly register: RegisterFacts;
  readonly nowMs: number;
};
type LoginInput = { readonly forwarded: Forwarded<LoginStatement>; readonly sessionKeyId: string };

async function decide(parts: Parts, manager: EntityManager, input: LoginInput): Promise<Result<Terms, Refused>> {
  const { card, statement, verdict } = input.forwarded;
  const nowMs = parts.clock.nowMs();
  const register = await findRegister(manager);
  if (register === null) return refused('no-register');
  const { findUndrawable } = parts;
  const asker = await findAsker(manager, { card, register, findUndrawable, date: japaneseDate(nowMs), nowMs });
  if (!asker.ok) {
    await recordRefusal(parts, manager, {
      ...asker.error,
      step: 'login',
      kiosk: statement.kiosk,
      session: statement.session,
      request: null,
    });
    return refused('go-to-counter');
  }
  const items = makeItems({ asker: asker.value, register, revocationSource: verdict.revocation.source, nowMs });
  if (items.length === 0) return refused('issuance-stopped');
  return ok(await store(parts, manager, { ...input, asker: asker.value, register, items, nowMs }));
}

type Decided = LoginInput & {
  readonly asker: Asker;
  readonly register: RegisterFacts;
  readonly items: readonly OfferItem[];
  readonly nowMs: number;
};

async function store(parts: Parts, manager: EntityManager, decided: Decided): Promise<Terms> {
  const { forwarded, asker, register, items, nowMs } = decided;
  const members = makeMembers(asker, parts.random);
  const offer = parts.random.uuid();
  const { session, kiosk } = forwarded.statement;
  await insertOffer(manager, {
    offer,
    session,
    kiosk,
    residentNumber: asker.resident.residentNumber,
    caKeyId: forwarded.card.caKeyId,
    serial: forwarded.card.serial,
    sessionKeyId: decided.sessionKeyId,
    terms: JSON.stringify({ members: members.stored, items, settingsVersion: register.settings.version }),
    validUntilMs: nowMs + parts.limits.offerMs,
  });
  if (asker.entitlement.withheld.length > 0) await recordWithheld(parts, manager, decided);
  return { offer, members: members.offered, items, register, nowMs };
}

/** An offer without the rest of the household is half a refusal: its reason is kept in the same place. */
async function recordWithheld(parts: Parts, manager: EntityManager, { forwarded, asker }: Decided): Promise<void> {
  const { session, kiosk } = forwarded.statement;
  for (const { reason, residentNumber, detail } of asker.entitlement.withheld) {
    await recordRefusal(parts, manager, {
      step: 'login',
      kiosk,
      session,
      request: null,
      residentNumber: asker.resident.residentNumber,
      reason: `member-${reason}`,
      detail: `entry of ${residentNumber}${detail === undefined ? '' : `: ${detail}`}`,
    });
  }
}

async function seal(parts: Parts, statement: LoginStatement, terms: Terms): Promise<LoginAnswer> {
  const { register, nowMs } = terms;
  const time = toInstant(nowMs);
  const offer = offerSchema.parse({
    offer: terms.offer,
    session: statement.session,
    kiosk: statement.kiosk,
    municipality: { code: parts.code, name: register.municipality.name, contact: register.settings.contact },
    members: terms.members,
    items: terms.items,
    settingsVersion: register.settings.version,
    time,
    validUntil: toInstant(nowMs + parts.limits.offerMs),
  });
  const signed = await sign('madoguchi-offer+jws', offer, parts.key);
  return { offer: await encrypt(signed, statement.sessionPublicKey), time };
}
