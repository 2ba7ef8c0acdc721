// Step 10, first half, in one transaction: is this request new, is it covered by its offer,
// may the person have it now; then its row, its copies and their 発行番号 exist before
// anything is made. What it reads of the register is one state of it, with its number.
import type { Resident } from '#libs/contract/register.js';
import type { RequestStatement } from '#libs/contract/statements.js';
import { assert } from '#libs/std/assert.js';
import { ok, type Result } from '#libs/std/result.js';
import {
  findOffer,
  findRequest,
  findRequestOfSession,
  insertRequest,
  isAbandoned,
  readCopies,
  type CopyRow,
  type EntityManager,
  type OfferRow,
  type RequestRow,
} from '../storage/issuance.js';
import { findRegister, type RegisterFacts } from '../storage/registers.js';
import { readChoice } from './choice.js';
import { recordRefusal } from './counter.js';
import { findEntitled } from './entitled.js';
import type { Forwarded } from './forwarded.js';
import type { Parts } from './parts.js';
import { refused, type Refused } from './refused.js';

export type ClaimInput = {
  readonly forwarded: Forwarded<RequestStatement>;
  readonly sessionKeyId: string;
  /** One a copy, for the case that the request is new. */
  readonly certificateNumbers: readonly string[];
};

export type Claimed =
  /** The same question was answered before: the same answer. */
  | { readonly state: 'answered'; readonly bundle: string }
  /** To be made now. A row that a crash left behind is taken up again with its numbers. */
  | {
      readonly state: 'claimed';
      readonly copies: readonly CopyRow[];
      readonly people: readonly Resident[];
      readonly headOfHousehold: Resident | null;
      readonly asker: Resident;
      readonly register: RegisterFacts;
      readonly nowMs: number;
    };

export async function claim(parts: Parts, manager: EntityManager, input: ClaimInput): Promise<Result<Claimed, Refused>> {
  const { statement, statementSha256 } = input.forwarded;
  const earlier = await findRequest(manager, statement.request);
  if (earlier !== null && earlier.statementSha256 !== statementSha256) return refused('request-conflict');
  if (earlier === null && (await findRequestOfSession(manager, statement.session)) !== null) return refused('request-conflict');
  if (await isAbandoned(manager, statement)) return refused('answer-erased');
  const nowMs = parts.clock.nowMs();
  const register = await findRegister(manager);
  if (register === null) return refused('no-register');
  // Nobody fetches a bundle after the charge: an emergency stop holds for those that are ready, too.
  if (register.stopped) return refused('issuance-stopped');
  if (earlier !== null && earlier.state !== 'preparing') return answerAgain(earlier);

  const offer = await findOffer(manager, statement.offer);
  if (offer === null || !isOfThisSession(offer, input) || offer.validUntilMs < nowMs) return refused('offer-expired');
  const chosen = readChoice(statement, offer.terms);
  if (!chosen.ok) return chosen;
  const crlSuffices = register.settings.kinds[statement.choice.kind]?.crlFallback ?? false;
  if (input.forwarded.verdict.revocation.source === 'crl' && !crlSuffices) return refused('revocation-unknown');

  const entitled = await findEntitled(manager, { ...parts, statement, register, offer, chosen: chosen.value, nowMs });
  if (!entitled.ok) {
    const fault = { residentNumber: offer.residentNumber, ...entitled.error };
    await recordRefusal(parts, manager, { ...causeOf(statement), ...fault });
    if (earlier === null) await insertRequest(manager, rowOf({ parts, input, offer, register, nowMs }, 'refused'), []);
    return refused('go-to-counter');
  }
  const copies =
    earlier === null ? await insertClaim(manager, { parts, input, offer, register, nowMs }) : await readCopies(manager, statement.request);
  return ok({ state: 'claimed', copies, ...entitled.value, register, nowMs });
}

export function causeOf(statement: RequestStatement): {
  readonly step: 'request';
  readonly kiosk: string;
  readonly session: string;
  readonly request: string;
} {
  return { step: 'request', kiosk: statement.kiosk, session: statement.session, request: statement.request };
}

function answerAgain(earlier: RequestRow): Result<Claimed, Refused> {
  if (earlier.state === 'refused') return refused('go-to-counter');
  return earlier.bundle === null ? refused('answer-erased') : ok({ state: 'answered', bundle: earlier.bundle });
}

/** The same session, kiosk, card and session key as at the login that the offer answered. */
function isOfThisSession(offer: OfferRow, { forwarded, sessionKeyId }: ClaimInput): boolean {
  const { statement, card } = forwarded;
  return (
    offer.session === statement.session &&
    offer.kiosk === statement.kiosk &&
    offer.caKeyId === card.caKeyId &&
    offer.serial === card.serial &&
    offer.sessionKeyId === sessionKeyId
  );
}

type Row = {
  readonly parts: Parts;
  readonly input: ClaimInput;
  readonly offer: OfferRow;
  readonly register: RegisterFacts;
  readonly nowMs: number;
};

function rowOf({ parts, input, offer, register, nowMs }: Row, state: RequestRow['state']): RequestRow {
  const { statement, statementSha256, proof } = input.forwarded;
  return {
    request: statement.request,
    session: statement.session,
    kiosk: statement.kiosk,
    offer: offer.offer,
    statementSha256,
    residentNumber: offer.residentNumber,
    kind: statement.choice.kind,
    feeYen: statement.feeYen,
    state,
    settingsVersion: register.settings.version,
    registerVersion: register.version,
    verdict: proof.verdict,
    evidence: proof.evidence,
    bundle: null,
    createdMs: nowMs,
    expiresMs: nowMs + parts.limits.bundleMs,
  };
}

async function insertClaim(manager: EntityManager, row: Row): Promise<readonly CopyRow[]> {
  const { certificateNumbers, forwarded } = row.input;
  const { statement } = forwarded;
  assert(certificateNumbers.length === statement.copies, 'every copy has a number');
  const copies = certificateNumbers.map((certificateNumber, index): CopyRow => ({
    request: statement.request,
    copy: index + 1,
    attempt: 1,
    certificateNumber,
    pdfSha256: null,
    state: 'preparing',
    changedMs: row.nowMs,
  }));
  await insertRequest(manager, rowOf(row, 'preparing'), copies);
  return copies;
}
