// Which cards are whose, and in the same transaction what the center has to be told of it
// (pushes.ts). A link is taken back, never forgotten: the center tells the card's holder
// nothing that an excluded person would not be told (DESIGN §4, "Refusals do not speak").
import type { EntityManager } from 'typeorm';
import type { CardLink, RegisterFile } from '#libs/contract/register.js';
import { limits } from '../limits.js';
import { enqueueChanges, type LinkChange } from './pushes.js';
import { CardLinkRow, type CardLinkOrigin } from './register-entities.js';

export type CardId = { readonly caKeyId: string; readonly serial: string };
type Wanted = Omit<CardLinkRow, 'origin'>;

/** Unlinked ones too. */
export async function findCardLink(manager: EntityManager, { caKeyId, serial }: CardId): Promise<CardLinkRow | null> {
  return manager.findOneBy(CardLinkRow, { caKeyId, serial });
}

/** What the card desk says. Returns the push's sequence. */
export async function linkCard(manager: EntityManager, link: CardLink): Promise<number> {
  return storeLinks(manager, [wantedOf(link, 'linked')], 'desk');
}

/** A card that was lost or replaced. Null where no such link is known. Unlinked again: the center is told again. */
export async function unlinkCard(manager: EntityManager, card: CardId): Promise<number | null> {
  const known = await findCardLink(manager, card);
  return known === null ? null : storeLinks(manager, [unlinked(known)], 'desk');
}

/**
 * Links as the register file has them. Whoever has moved out holds no card of ours: the link
 * of such a resident is taken back, so that the next municipality's is the only claim. The
 * dead stay linked; the register refuses them.
 *
 * A newer file also takes back what an earlier one brought and it no longer has, and every
 * link of somebody whom it does not know any more. What the card desk said stays until the
 * desk says otherwise, because the file may have been written before. A file with the number
 * of the one that is stored adds what is unknown, and changes nothing.
 */
export async function takeLinksOf(manager: EntityManager, file: RegisterFile, isNewer: boolean): Promise<void> {
  const hasLeft = new Map(file.residents.map(({ residentNumber, status }) => [residentNumber, status === 'moved-out']));
  const wanted = new Map<string, Wanted>();
  for (const link of file.cardLinks) {
    wanted.set(keyOf(link), wantedOf(link, hasLeft.get(link.residentNumber) === true ? 'unlinked' : 'linked'));
  }
  const known = new Map((await manager.find(CardLinkRow)).map((row) => [keyOf(row), row]));
  const changed = [...wanted].filter(([key, link]) => isChanged(known.get(key), link)).map(([, link]) => link);
  const gone = isNewer ? [...known.values()].filter((row) => row.state === 'linked' && !wanted.has(keyOf(row)) && isGone(row)) : [];
  await storeLinks(manager, [...changed, ...gone.map(unlinked)], 'register');

  function isChanged(before: CardLinkRow | undefined, link: Wanted): boolean {
    if (before === undefined) return true;
    return isNewer && !isUnlinkedAtTheDesk(before) && !isSame(before, link);
  }
  function isGone({ origin, residentNumber }: CardLinkRow): boolean {
    return origin === 'register' || hasLeft.get(residentNumber) !== false;
  }
}

function wantedOf({ caKeyId, serial, residentNumber, usableFrom }: CardLink, state: Wanted['state']): Wanted {
  return { caKeyId, serial, residentNumber, usableFromMs: Date.parse(usableFrom), state };
}

function unlinked({ caKeyId, serial, residentNumber, usableFromMs }: CardLinkRow): Wanted {
  return { caKeyId, serial, residentNumber, usableFromMs, state: 'unlinked' };
}

function keyOf({ caKeyId, serial }: CardId): string {
  return `${caKeyId}:${serial}`;
}

/** Lost, as far as the desk knows: no file gives it back. */
function isUnlinkedAtTheDesk({ origin, state }: CardLinkRow): boolean {
  return origin === 'desk' && state === 'unlinked';
}

function isSame(known: CardLinkRow, wanted: Wanted): boolean {
  return (
    known.origin === 'register' &&
    known.residentNumber === wanted.residentNumber &&
    known.usableFromMs === wanted.usableFromMs &&
    known.state === wanted.state
  );
}

/** Returns the sequence of the last push. */
async function storeLinks(manager: EntityManager, links: readonly Wanted[], origin: CardLinkOrigin): Promise<number> {
  for (let at = 0; at < links.length; at += limits.rowsAtOnce) {
    await manager.save(
      CardLinkRow,
      links.slice(at, at + limits.rowsAtOnce).map((link) => ({ ...link, origin })),
    );
  }
  return enqueueChanges(manager, links.map(changeOf));
}

function changeOf({ caKeyId, serial, state, usableFromMs }: Wanted): LinkChange {
  return { caKeyId, serial, state, usableFromMs };
}
