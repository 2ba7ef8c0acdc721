// PUT /v1/municipalities/:code/card-links: a municipality says which cards are its
// residents'. It speaks for itself only: another municipality's links stay as they are.
import type { z } from 'zod';
import { cardLinksSchema, type cardLinksAnswerSchema } from '#libs/contract/municipality.js';
import { verify } from '#libs/contract/sealed.js';
import { canonicalJson } from '#libs/contract/statements.js';
import { sha256Hex } from '#libs/std/bytes.js';
import { toInstant } from '#libs/std/clock.js';
import { err, ok, type Result } from '#libs/std/result.js';
import type { Parts } from '../parts.js';
import { refused, type Refused } from '../refused.js';
import { applyPush, readLastPush } from '../storage/card-links.js';
import { isFresh } from '../verification/statement.js';

export type CardLinksAnswer = z.infer<typeof cardLinksAnswerSchema>;

/**
 * The same push again is taken again; an older one, or another with the same number, is
 * refused. An empty one is a question, and the answer to all of them is the last number here.
 */
export async function takeCardLinks(parts: Parts, code: string, jws: string): Promise<Result<CardLinksAnswer, Refused>> {
  const municipality = parts.registry.findMunicipality(code);
  if (municipality === null) return err(refused('card-links-refused'));
  const read = await verify(jws, { typ: 'madoguchi-card-links+jws', schema: cardLinksSchema, keys: [municipality.key] });
  if (!read.ok) return err(refused(read.error.code === 'bad-signature' ? 'card-links-refused' : 'statement-malformed'));
  const push = read.value;
  if (push.municipality !== code) return err(refused('card-links-refused'));
  if (!isFresh(parts, push.time)) return err(refused('clock-apart'));
  const feed = { municipality: code, tagKeyId: parts.keyedHash.cardTagKeyId };
  if (push.links.length === 0 && push.all === undefined) {
    return ok({ sequence: await readLastPush(parts.store.read, feed), time: toInstant(parts.clock.nowMs()) });
  }
  const { time: _, ...content } = push;
  const applied = await parts.store.write((transaction) =>
    applyPush(transaction, {
      ...feed,
      sequence: push.sequence,
      all: push.all ?? null,
      contentSha256: sha256Hex(canonicalJson(content)),
      links: push.links.map(({ caKeyId, serial, change, usableFrom }) => ({
        tag: parts.keyedHash.cardTag(caKeyId, serial),
        change,
        usableFromMs: Date.parse(usableFrom),
      })),
    }),
  );
  parts.log.info('card-links', { municipality: code, sequence: push.sequence, links: push.links.length, applied });
  if (applied === 'out-of-order') return err(refused('card-links-out-of-order'));
  return ok({ sequence: push.sequence, time: toInstant(parts.clock.nowMs()) });
}
