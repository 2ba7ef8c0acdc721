// Whose "go" counts: the municipality's, about this request, as the answer to this question, of this moment.
import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { ecPrivateJwk, type EcPrivateJwk } from '#libs/contract/base.js';
import type { GoAheadQuestion } from '#libs/contract/center.js';
import type { GoAhead } from '#libs/contract/municipality.js';
import { publicHalf, sign, type MessageType } from '#libs/contract/sealed.js';
import type { RequestStatement } from '#libs/contract/statements.js';
import { systemClock, toInstant } from '#libs/std/clock.js';
import { systemRandom } from '#libs/std/random.js';
import { err, ok, type Result } from '#libs/std/result.js';
import type { CenterClient, CenterRefusal } from '../center-client.js';
import { CenterStage, type PreparedRequest } from './center-stage.js';

const newKey = (): EcPrivateJwk =>
  ecPrivateJwk.parse(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }));
const [town, neighbour] = [newKey(), newKey()];
const request = '00000000-0000-4000-8000-00000000000a';
const session = '00000000-0000-4000-8000-00000000000b';
const other = '00000000-0000-4000-8000-00000000000c';
const statement = { request, session, kiosk: 'KSK00001', municipality: '991015' } as RequestStatement;
const prepared: PreparedRequest = {
  center: { id: session, token: 't', nonce: 'n', center: 'c' },
  request: { statement, signed: { statement: '{"the":"statement"}', signature: '', certificate: '' } },
};

type Said = { readonly changes?: Partial<GoAhead>; readonly key?: EcPrivateJwk; readonly typ?: MessageType };

async function askedOf(
  answer: (asked: GoAheadQuestion) => Promise<Result<{ goAhead: string; time: string }, CenterRefusal>>,
): Promise<unknown> {
  const client: Pick<CenterClient, 'goAhead'> = { goAhead: (_session, asked) => answer(asked) };
  const municipalities = new Map([
    ['991015', publicHalf(town)],
    ['992020', publicHalf(neighbour)],
  ]);
  const parts = {
    client: client as CenterClient,
    clock: systemClock,
    random: systemRandom,
    kiosk: 'KSK00001',
    key: newKey(),
    center: 'c',
    municipalities,
  };
  return new CenterStage(parts).findNoGoAhead(prepared);
}

function told({ changes = {}, key = town, typ = 'madoguchi-go-ahead+jws' }: Said): Promise<unknown> {
  return askedOf(async ({ question }) => {
    const time = toInstant(Date.now());
    const answer: GoAhead = { question, request, session, kiosk: 'KSK00001', municipality: '991015', word: 'go', time, ...changes };
    return ok({ goAhead: await sign(typ, answer, key), time });
  });
}

const at = (seconds: number): string => toInstant(Date.now() + seconds * 1000);

it('its own word counts, and so does a clock that is a little apart', async () => {
  expect(await told({})).toBeNull();
  expect(await told({ changes: { time: at(-55) } })).toBeNull();
  expect(await told({ changes: { word: 'issuance-stopped' } })).toEqual({ code: 'issuance-stopped', sentence: null });
});

it.each<[string, Said, string]>([
  ['signed by another municipality', { key: neighbour }, 'answer-not-ours'],
  ['signed as something else', { typ: 'madoguchi-offer+jws' }, 'answer-not-ours'],
  ['for an earlier question', { changes: { question: other } }, 'answer-not-ours'],
  ['about another request', { changes: { request: other } }, 'answer-not-ours'],
  ['about another session', { changes: { session: other } }, 'answer-not-ours'],
  ['for another kiosk', { changes: { kiosk: 'KSK00002' } }, 'answer-not-ours'],
  ['in the name of another municipality', { changes: { municipality: '992020' } }, 'answer-not-ours'],
  ['of a minute ago', { changes: { time: at(-70) } }, 'clock-apart'],
  ['of a minute ahead', { changes: { time: at(70) } }, 'clock-apart'],
])('a go-ahead %s is none', async (_what, said, code) => {
  expect(await told(said)).toEqual({ code, sentence: null });
});

it('no answer, and what the center refuses, is a no', async () => {
  const refusal: CenterRefusal = { code: 'municipality-unreachable', sentence: '接続できません。', status: 502 };
  expect(await askedOf(async () => err(refusal))).toEqual(refusal);
});

it('the question names the statement that the card signed, and is never the same', async () => {
  const asked: GoAheadQuestion[] = [];
  const keep = async (one: GoAheadQuestion): Promise<Result<never, CenterRefusal>> => {
    asked.push(one);
    return err({ code: 'center-unreachable', sentence: null, status: null });
  };
  await askedOf(keep);
  await askedOf(keep);
  expect(asked.map((one) => one.statement)).toEqual(['{"the":"statement"}', '{"the":"statement"}']);
  expect(asked[0]?.question).not.toBe(asked[1]?.question);
});
