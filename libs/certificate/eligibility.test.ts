import { describe, expect, test } from 'vitest';
import type { Resident, Settings } from '#libs/contract/register.js';
import { judgeEligibility, type Entitlement, type Exclusion } from './eligibility.js';
import type { Result } from '#libs/std/result.js';

const date = '2026-11-23';
const settings: Settings = {
  version: '1',
  contact: '市民課',
  head: { title: '窓口県試験市長', name: '試験　太郎', acting: null },
  minimumAge: 15,
  blockHouseholdOfMovingOut: false,
  issueAfterPeriodOfStay: false,
  maxNameLength: 40,
  maxAddressLength: 50,
  kinds: {},
};

function resident(residentNumber: string, changes: Partial<Resident> = {}): Resident {
  return {
    residentNumber,
    household: '1',
    order: Number(residentNumber),
    name: `試験　${residentNumber}`,
    nameReading: null,
    formerName: null,
    formerNameReading: null,
    birthDate: '1980-04-02',
    sex: '1',
    relationship: residentNumber === '1' ? '世帯主' : '同居人',
    address: { line: '窓口県試験市一丁目１番地', building: null },
    domicile: null,
    headOfFamilyRegister: null,
    becameResidentOn: null,
    addressSince: null,
    notifiedOn: '2001-05-01',
    addressBeforeMovingIn: null,
    myNumber: null,
    status: 'resident',
    flags: { protected: false, characterPending: false, movedInToday: false },
    foreign: null,
    eventNumber: 1,
    ...changes,
  };
}

const noFlags = { protected: false, characterPending: false, movedInToday: false };
const foreign = {
  nationality: '試験国',
  category: '中長期在留者' as const,
  residenceStatus: '永住者',
  periodOfStay: null,
  periodExpiresOn: '2026-11-22',
  cardNumber: null,
  alias: null,
};

function judge(asker: Resident, others: readonly Resident[] = [], changes: Partial<Settings> = {}): Result<Entitlement, Exclusion> {
  return judgeEligibility({ asker, household: [...others, asker], settings: { ...settings, ...changes }, date });
}

function numbers(result: Result<Entitlement, Exclusion>): readonly string[] {
  return result.ok ? result.value.members.map((member) => member.residentNumber) : [];
}

describe('the asker', () => {
  const exclusions: readonly (readonly [Exclusion['reason'], Partial<Resident>])[] = [
    ['dead', { status: 'dead' }],
    ['moved-out', { status: 'moved-out' }],
    ['moving-out', { status: 'moving-out' }],
    ['protected', { flags: { ...noFlags, protected: true } }],
    ['protected', { status: 'moving-out', flags: { ...noFlags, protected: true } }],
    ['character-pending', { flags: { ...noFlags, characterPending: true } }],
    ['moved-in-today', { flags: { ...noFlags, movedInToday: true } }],
    ['moved-in-today', { notifiedOn: date }],
    ['address-changed-today', { addressSince: date }],
    ['address-changed-today', { flags: { ...noFlags, addressChangedToday: true } }],
    ['period-of-stay-expired', { foreign }],
    ['address-too-long', { address: { line: '長'.repeat(51), building: null } }],
    ['address-too-long', { address: { line: '長'.repeat(40), building: '荘'.repeat(11) } }],
    ['name-too-long', { name: '長'.repeat(41) }],
    ['name-too-long', { foreign: { ...foreign, periodExpiresOn: null, alias: '長'.repeat(41) } }],
    ['under-minimum-age', { birthDate: '2011-11-24' }],
    ['age-unknown', { birthDate: '9999-99-99' }],
    ['age-unknown', { birthDate: '0000-00-00' }],
  ];
  test.each(exclusions)('%s is excluded, and it is their own entry', (reason, changes) => {
    expect(judge(resident('1', changes))).toEqual({ ok: false, error: { reason, residentNumber: '1' } });
  });

  test.each([
    ['2011-11-23', true],
    ['2011-11-24', false],
    ['2011-11-99', false],
    ['2010-12-00', true],
    ['2011-99-99', false],
    ['2010-99-99', true],
    ['2010-00-00', true],
  ])('born on %s may ask at 15: %s', (birthDate, may) => {
    expect(judge(resident('1', { birthDate })).ok).toBe(may);
  });

  test('an address changed yesterday, and one of exactly the longest length, are no obstacle', () => {
    expect(judge(resident('1', { addressSince: '2026-11-22' })).ok).toBe(true);
    expect(judge(resident('1', { address: { line: '長'.repeat(40), building: '荘'.repeat(10) } })).ok).toBe(true);
  });

  test('a character outside the basic plane counts once', () => {
    expect(judge(resident('1', { name: '𠮷'.repeat(40) })).ok).toBe(true);
  });

  test('the last day of the stay is still a day of the stay; after it the settings decide', () => {
    expect(judge(resident('1', { foreign: { ...foreign, periodExpiresOn: date } })).ok).toBe(true);
    expect(judge(resident('1', { foreign }), [], { issueAfterPeriodOfStay: true }).ok).toBe(true);
  });
});

describe('the household', () => {
  test('of one has no part', () => {
    expect(judge(resident('1'))).toMatchObject({ value: { scopes: ['household'], relationship: true, withheld: [] } });
  });

  test('stands in its own order, children included', () => {
    const result = judge(resident('3'), [resident('2', { birthDate: '2020-01-01' }), resident('1')]);
    expect(numbers(result)).toEqual(['1', '2', '3']);
    expect(result).toMatchObject({ value: { scopes: ['household', 'part'] } });
  });

  test('is without the dead and those who have left, and that is no secret', () => {
    const result = judge(resident('1'), [resident('2', { status: 'dead' }), resident('3', { status: 'moved-out' })]);
    expect(numbers(result)).toEqual(['1']);
    expect(result).toMatchObject({ value: { scopes: ['household'], withheld: [] } });
  });

  test('of somebody who is moving out is refused where the settings say so', () => {
    const leaving = resident('2', { status: 'moving-out' });
    expect(judge(resident('1'), [leaving], { blockHouseholdOfMovingOut: true })).toEqual({
      ok: false,
      error: { reason: 'household-moving-out', residentNumber: '2' },
    });
  });

  test('with more people than an offer lists goes to the counter', () => {
    const others = Array.from({ length: 20 }, (_, index) => resident(String(index + 2)));
    expect(judge(resident('1'), others)).toMatchObject({ error: { reason: 'household-too-large' } });
    expect(judge(resident('1'), others.slice(1)).ok).toBe(true);
  });
});

describe('a withheld member', () => {
  const reasons: readonly (readonly [Exclusion['reason'], Partial<Resident>])[] = [
    ['protected', { flags: { ...noFlags, protected: true } }],
    ['character-pending', { flags: { ...noFlags, characterPending: true } }],
    ['moving-out', { status: 'moving-out' }],
    ['moved-in-today', { flags: { ...noFlags, movedInToday: true } }],
    ['address-changed-today', { addressSince: date }],
    ['period-of-stay-expired', { foreign }],
    ['name-too-long', { name: '長'.repeat(41) }],
    ['another-address', { address: { line: '窓口県試験市二丁目２番地', building: null } }],
    ['another-address', { address: { line: '窓口県試験市一丁目１番地', building: '試験荘１０１' } }],
  ];

  test.each(reasons)('%s: the asker alone is offered, in one and the same shape', (reason, changes) => {
    const asker = resident('1');
    expect(judge(asker, [resident('2', changes), resident('3')])).toEqual({
      ok: true,
      value: { members: [asker], scopes: ['part'], relationship: false, withheld: [{ reason, residentNumber: '2' }] },
    });
  });
});
