import { describe, expect, it } from 'vitest';
import { certificateChoiceSchema } from '#libs/contract/statements.js';
import { decisions, emptyDraft, isDecided, toChoice, toDraft, type Draft, type Offered } from './draft.js';

const id = (at: number): string => `m${`${at}`.padStart(16, '0')}`;

function offered(people: number, change: Partial<Offered['items'][number]> = {}): Offered {
  return {
    municipality: '汐見台市',
    members: Array.from({ length: people }, (_, at) => ({ id: id(at), name: `人${at}`, relationship: '子', isAsker: at === 0 })),
    items: [
      {
        kind: 'resident-record',
        title: '住民票の写し',
        feeYen: 300,
        scopes: ['household', 'part'],
        allows: { relationship: true, domicile: true, myNumber: true },
        maxCopies: 5,
        closed: null,
        ...change,
      },
    ],
  };
}

const nothing = { relationship: false, domicile: false, myNumber: false };
const draft = (change: Partial<Draft>): Draft => ({ ...emptyDraft, kind: 'resident-record', includes: nothing, ...change });
const names = (offer: Offered, at: Draft): readonly string[] => decisions(offer, at).map(({ name }) => name);

describe('the choice, one decision a screen', () => {
  it('begins with the certificate and knows the rest only then', () => {
    expect(names(offered(4), emptyDraft)).toEqual(['certificate']);
    expect(names(offered(4), draft({}))).toEqual(['certificate', 'reach', 'inclusion', 'inclusion', 'inclusion', 'copies']);
  });

  it('asks for members only where some are meant, a household of nine on two screens of five and four', () => {
    const pages = decisions(offered(9), draft({ reach: 'some' })).flatMap((decision) =>
      decision.name === 'members' ? [decision.people.length] : [],
    );
    expect(pages).toEqual([5, 4]);
    expect(names(offered(9), draft({ reach: 'household' }))).not.toContain('members');
  });

  it('offers what the municipality offers, and no more', () => {
    const few = offered(3, { scopes: ['part'], allows: { relationship: true, domicile: false, myNumber: false } });
    expect(decisions(few, draft({}))).toEqual([
      { name: 'certificate', item: few.items[0] },
      { name: 'reach', reaches: ['self', 'some'] },
      { name: 'inclusion', inclusion: 'relationship' },
      { name: 'copies', item: few.items[0] },
    ]);
    expect(decisions(offered(1), draft({}))).toContainEqual({ name: 'reach', reaches: ['household', 'self'] });
  });

  it('does not go on with a certificate that is closed', () => {
    expect(names(offered(4, { closed: '明日の6時30分から' }), draft({}))).toEqual(['certificate']);
    expect(toChoice(offered(4, { closed: '明日の6時30分から' }), draft({ reach: 'self' }))).toBeNull();
  });

  it('asks for at least one member, on the last of their pages', () => {
    const pages = decisions(offered(9), draft({ reach: 'some' })).filter(({ name }) => name === 'members');
    expect(pages.map((page) => isDecided(page, draft({ reach: 'some' })))).toEqual([true, false]);
    expect(pages.map((page) => isDecided(page, draft({ reach: 'some', members: [id(0)] })))).toEqual([true, true]);
  });

  it.each([
    ['household', [], { scope: 'household', members: [id(0), id(1), id(2)] }],
    ['self', [], { scope: 'part', members: [id(0)] }],
    ['some', [id(2), id(1)], { scope: 'part', members: [id(1), id(2)] }],
  ] as const)('says %s as the contract does, members in the order of the register', (reach, members, expected) => {
    const choice = toChoice(offered(3), draft({ reach, members }));
    expect(certificateChoiceSchema.parse(choice)).toEqual({ kind: 'resident-record', ...nothing, ...expected });
  });

  it('is no choice as long as one decision is open', () => {
    expect(toChoice(offered(3), emptyDraft)).toBeNull();
    expect(toChoice(offered(3), draft({ reach: 'some' }))).toBeNull();
    expect(toChoice(offered(3), draft({ reach: 'self', includes: { ...nothing, myNumber: null } }))).toBeNull();
  });

  it('comes back from the review as it went there', () => {
    for (const [reach, members] of [
      ['household', [id(0), id(1), id(2)]],
      ['self', [id(0)]],
      ['some', [id(0), id(2)]],
    ] as const) {
      const gone = draft({ reach, members, copies: 3, includes: { ...nothing, domicile: true } });
      const choice = toChoice(offered(3), gone);
      expect(choice === null ? null : toDraft(offered(3), { choice, copies: 3 })).toEqual(gone);
    }
  });
});
