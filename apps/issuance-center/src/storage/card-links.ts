// The index: which municipality says that a card is one of its residents'. What is unlinked
// stays as a row without a claim, so that the card keeps answering like every other card
// that a register speaks against.
import { In, LessThan, type EntityManager } from 'typeorm';
import { limits } from '../limits.js';
import { CardLinkFeedRow, CardLinkRow } from './entities.js';

export type Link = { readonly tag: string; readonly usableFromMs: number; readonly change: 'linked' | 'unlinked' };
export type Feed = { readonly municipality: string; readonly tagKeyId: string };
export type Push = Feed & {
  readonly sequence: number;
  readonly contentSha256: string;
  /** A part of everything the municipality knows (libs/contract/municipality.ts); null: changes only. */
  readonly all: { readonly from: number; readonly last: boolean } | null;
  readonly links: readonly Link[];
};
export type Applied = 'applied' | 'repeated' | 'out-of-order';

/** The last push that is in the index; 0 when none is, or only tags that nobody can make any more. */
export async function readLastPush(manager: EntityManager, { municipality, tagKeyId }: Feed): Promise<number> {
  const feed = await manager.findOneBy(CardLinkFeedRow, { municipality, tagKeyId });
  return feed?.sequence ?? 0;
}

/**
 * Applies a push once. `repeated`: exactly this one is there already. `out-of-order`: this
 * number or a later one is there with other content, or what has to be there before is not.
 */
export async function applyPush(manager: EntityManager, push: Push): Promise<Applied> {
  const { municipality, sequence, contentSha256, tagKeyId } = push;
  const stored = await manager.findOneBy(CardLinkFeedRow, { municipality });
  const before = stored?.tagKeyId === tagKeyId ? stored : null;
  if (before !== null && before.sequence >= sequence) {
    return before.sequence === sequence && before.contentSha256 === contentSha256 ? 'repeated' : 'out-of-order';
  }
  if (!continues(push, before)) return 'out-of-order';
  if (before === null) await manager.delete(CardLinkRow, { municipality });
  await storeLinks(manager, push);
  if (push.all?.last === true) {
    await manager.update(CardLinkRow, { municipality, sequence: LessThan(push.all.from) }, { state: 'unlinked', sequence });
  }
  const allFrom = push.all?.from ?? before?.allFrom ?? null;
  await manager.save(CardLinkFeedRow, { municipality, sequence, contentSha256, allFrom, tagKeyId });
  return 'applied';
}

/** Changes need something that they change; a later part of everything needs the parts before it. */
function continues({ sequence, all }: Push, before: CardLinkFeedRow | null): boolean {
  if (all === null) return before !== null || sequence === 1;
  return all.from === sequence || before?.allFrom === all.from;
}

/** The last word about a card counts, also within one push. */
async function storeLinks(manager: EntityManager, { municipality, sequence, links }: Push): Promise<void> {
  const last = [...new Map(links.map((link) => [link.tag, link])).values()];
  for (let at = 0; at < last.length; at += limits.cardLinksPerStatement) {
    const part = last.slice(at, at + limits.cardLinksPerStatement);
    await manager.delete(CardLinkRow, { municipality, tag: In(part.map((link) => link.tag)) });
    await manager.insert(
      CardLinkRow,
      part.map(({ tag, usableFromMs, change }) => ({ tag, municipality, usableFromMs, state: change, sequence })),
    );
  }
}

/** Everything that any municipality has said about the card. */
export async function readClaims(manager: EntityManager, tag: string): Promise<readonly CardLinkRow[]> {
  return manager.findBy(CardLinkRow, { tag });
}
