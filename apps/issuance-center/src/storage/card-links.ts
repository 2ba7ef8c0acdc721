// The index: which municipality says that a card is one of its residents'.
import { In, type EntityManager } from 'typeorm';
import { CardLinkFeedRow, CardLinkRow } from './entities.js';

export type Link = { readonly tag: string; readonly usableFromMs: number; readonly change: 'linked' | 'unlinked' };
export type Push = {
  readonly municipality: string;
  readonly sequence: number;
  readonly contentSha256: string;
  readonly links: readonly Link[];
};

/** SQLite takes 32,766 parameters in a statement, PostgreSQL 65,535. */
const rowsPerStatement = 1_000;

/**
 * Applies a push once. `repeated`: exactly this one is there already. `out-of-order`: this
 * number or a later one is there with other content.
 */
export async function applyPush(manager: EntityManager, push: Push): Promise<'applied' | 'repeated' | 'out-of-order'> {
  const { municipality, sequence, contentSha256 } = push;
  const before = await manager.findOneBy(CardLinkFeedRow, { municipality });
  if (before !== null && before.sequence >= sequence) {
    return before.sequence === sequence && before.contentSha256 === contentSha256 ? 'repeated' : 'out-of-order';
  }
  // The last word about a card counts, also within one push.
  const last = [...new Map(push.links.map((link) => [link.tag, link])).values()];
  for (let at = 0; at < last.length; at += rowsPerStatement) {
    const part = last.slice(at, at + rowsPerStatement);
    await manager.delete(CardLinkRow, { municipality, tag: In(part.map((link) => link.tag)) });
    const linked = part.filter((link) => link.change === 'linked');
    if (linked.length > 0) {
      await manager.insert(
        CardLinkRow,
        linked.map(({ tag, usableFromMs }) => ({ tag, municipality, usableFromMs })),
      );
    }
  }
  await manager.save(CardLinkFeedRow, { municipality, sequence, contentSha256 });
  return 'applied';
}

export async function readClaims(manager: EntityManager, tag: string): Promise<readonly CardLinkRow[]> {
  return manager.findBy(CardLinkRow, { tag });
}
