import { describe, expect, test } from 'vitest';
import { judgeEligibility, type ExclusionReason } from '#libs/certificate/eligibility.js';
import { citizens } from './citizens.js';
import { aomine, getResident, kirigaokaCode, municipalities, shiomidai } from './registers.js';

const date = '2026-11-24';
const registerOf = (code: string): typeof shiomidai => (code === shiomidai.municipality.code ? shiomidai : aomine);

function judge(municipality: string, residentNumber: string): ReturnType<typeof judgeEligibility> {
  const asker = getResident(municipality, residentNumber);
  const { residents, settings } = registerOf(municipality);
  const household = residents.filter((resident) => resident.household === asker.household);
  return judgeEligibility({ asker, household, settings, date });
}

describe('the citizens', () => {
  test('have each an id, an account and a PIN of their own', () => {
    for (const key of [
      citizens.map((citizen) => citizen.id),
      citizens.map((citizen) => citizen.bankAccount.pan),
      citizens.map((citizen) => citizen.pin),
    ]) {
      expect(new Set(key).size).toBe(citizens.length);
    }
  });

  test('are in the register of their municipality', () => {
    for (const { municipality, residentNumber } of citizens) {
      expect(getResident(municipality, residentNumber).residentNumber).toBe(residentNumber);
    }
  });

  test('hold cards that only municipalities of the demo claim', () => {
    const codes: readonly string[] = municipalities.map(({ register }) => register.municipality.code);
    for (const link of citizens.flatMap((citizen) => citizen.card.links)) expect(codes).toContain(link.municipality);
  });

  test.each(
    citizens
      .filter(({ expect: end, municipality }) => end === 'delivered' && municipality !== kirigaokaCode)
      .map(({ id, ...rest }) => [id, rest] as const),
  )('%s is promised a sheet, and the rules allow it', (_id, { municipality, residentNumber }) => {
    expect(judge(municipality, residentNumber).ok).toBe(true);
  });
});

describe('the register', () => {
  test('holds somebody for every exclusion, and the list of citizens promises them a refusal', () => {
    const refusedAs = new Set<ExclusionReason>();
    for (const { municipality, residentNumber, expect: end } of citizens) {
      if (municipality === kirigaokaCode) continue;
      const judged = judge(municipality, residentNumber);
      if (judged.ok) continue;
      refusedAs.add(judged.error.reason);
      expect(end).toBe('refused');
    }
    const everyReason: readonly ExclusionReason[] = [
      'moved-out',
      'moving-out',
      'household-moving-out',
      'dead',
      'protected',
      'character-pending',
      'moved-in-today',
      'address-changed-today',
      'under-minimum-age',
      'age-unknown',
      'period-of-stay-expired',
      'name-too-long',
      'address-too-long',
    ];
    expect(Array.from(refusedAs).toSorted()).toEqual(everyReason.toSorted());
  });

  test('holds two people of whom somebody else may not know', () => {
    for (const id of ['shien-no-kazoku', 'aomine-tenshutsu-kazoku']) {
      const citizen = citizens.find((candidate) => candidate.id === id);
      const judged = judge(citizen?.municipality ?? '', citizen?.residentNumber ?? '');
      expect(judged).toMatchObject({ ok: true, value: { scopes: ['part'], relationship: false } });
    }
  });

  test('has households of one, four, five and nine', () => {
    const sizes = new Set(
      citizens.flatMap(({ municipality, residentNumber }) => {
        const judged = municipality === kirigaokaCode ? null : judge(municipality, residentNumber);
        return judged?.ok === true ? [judged.value.members.length] : [];
      }),
    );
    expect([1, 4, 5, 9].every((size) => sizes.has(size))).toBe(true);
  });

  test('no number is used twice', () => {
    const everybody = municipalities.flatMap(({ register }) => register.residents);
    expect(new Set(everybody.map((resident) => resident.residentNumber)).size).toBe(everybody.length);
    expect(new Set(everybody.map((resident) => resident.myNumber)).size).toBe(everybody.length);
  });
});
