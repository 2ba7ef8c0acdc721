// POST /v1/requests/:request/go-ahead (DESIGN §3 step 12, §4 "until the charge"): may what was prepared still be
// charged? An emergency stop says no in a word of its own; an exclusion, and whatever became of the copies
// meanwhile, says what every register says. Changes nothing: what is not charged, the kiosk reports as void.
import { toInstant } from '#libs/std/clock.js';
import type { GoAheadAnswer, GoAheadQuestion } from '#libs/contract/center.js';
import { goAheadSchema, type GoAhead } from '#libs/contract/municipality.js';
import { sign } from '#libs/contract/sealed.js';
import { readStatement, requestStatementSchema } from '#libs/contract/statements.js';
import { sha256Hex } from '#libs/std/bytes.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { findOffer, findRequest, readCopies, type EntityManager, type RequestRow } from '../storage/issuance.js';
import { findRegister, type RegisterFacts } from '../storage/registers.js';
import { readChoice } from './choice.js';
import { pace, recordRefusal } from './counter.js';
import { findEntitled, type EntitledFault } from './entitled.js';
import type { Parts } from './parts.js';
import { refused, type Refused } from './refused.js';

export async function goAhead(parts: Parts, request: string, asked: GoAheadQuestion): Promise<Result<GoAheadAnswer, Refused>> {
  return pace(parts, async () => {
    const decided = await parts.store.write((manager) => decide(parts, manager, { ...asked, request }));
    if (!decided.ok) return decided;
    const { row, word, nowMs } = decided.value;
    const { session, kiosk } = row;
    const time = toInstant(nowMs);
    const answer = goAheadSchema.parse({ question: asked.question, request, session, kiosk, municipality: parts.code, word, time });
    return ok({ goAhead: await sign('madoguchi-go-ahead+jws', answer, parts.key), time });
  });
}

type Asked = GoAheadQuestion & { readonly request: string };
type Decided = { readonly row: RequestRow; readonly word: GoAhead['word']; readonly nowMs: number };

async function decide(parts: Parts, manager: EntityManager, { request, statement }: Asked): Promise<Result<Decided, Refused>> {
  const row = await findRequest(manager, request);
  if (row === null || row.statementSha256 !== sha256Hex(statement)) return refused('no-such-request');
  if (!parts.kiosks.has(row.kiosk)) return err({ code: 'kiosk-unknown', detail: row.kiosk });
  const nowMs = parts.clock.nowMs();
  const register = await findRegister(manager);
  if (register === null) return refused('no-register');
  if (register.stopped) return ok({ row, word: 'issuance-stopped', nowMs });
  if (row.expiresMs <= nowMs) return refused('answer-erased');
  const fault = await findFault(parts, manager, { row, statement, register, nowMs });
  if (!fault.ok) return fault;
  if (fault.value === null) return ok({ row, word: 'go', nowMs });
  const { session, kiosk, residentNumber } = row;
  await recordRefusal(parts, manager, { step: 'charge', kiosk, session, request, residentNumber, ...fault.value });
  return refused('go-to-counter');
}

type Judged = { readonly row: RequestRow; readonly statement: string; readonly register: RegisterFacts; readonly nowMs: number };

async function findFault(parts: Parts, manager: EntityManager, judged: Judged): Promise<Result<EntitledFault | null, Refused>> {
  const { row, register, nowMs } = judged;
  const copies = await readCopies(manager, row.request);
  const other = copies.find(({ state }) => state !== 'prepared');
  if (row.state !== 'prepared' || other !== undefined) {
    return ok({ reason: 'not-prepared-any-more', detail: other === undefined ? row.state : `copy ${other.copy} ${other.state}` });
  }
  const statement = readStatement(judged.statement, requestStatementSchema);
  if (!statement.ok) return refused('malformed-statement');
  const offer = await findOffer(manager, row.offer);
  if (offer === null) return refused('answer-erased');
  const chosen = readChoice(statement.value, offer.terms);
  if (!chosen.ok) return chosen;
  const entitled = await findEntitled(manager, { ...parts, statement: statement.value, register, offer, chosen: chosen.value, nowMs });
  return ok(entitled.ok ? null : entitled.error);
}
