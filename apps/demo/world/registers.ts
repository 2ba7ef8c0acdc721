// The registers of the fictional world, as the municipalities import them. Nobody here
// exists; prefecture 99 is not assigned (DESIGN §7).
import { registerFileSchema, type RegisterFile, type Resident } from '#libs/contract/register.js';
import { assert } from '#libs/std/assert.js';
import { aomineResidents, kirigaokaResidents } from './aomine.js';
import { aomineSettings, shiomidaiSettings } from './settings.js';
import { cardStories, exclusions } from './shiomidai-exclusions.js';
import { families } from './shiomidai-families.js';
import { names } from './shiomidai-names.js';

export const shiomidaiCode = '991015';
export const aomineCode = '992020';
/** Takes no part: its cards are known to nobody. */
export const kirigaokaCode = '993026';

const prefecture = '窓口県';

export const shiomidai: RegisterFile = registerFileSchema.parse({
  municipality: { code: shiomidaiCode, prefecture, name: '汐見台市' },
  eventNumber: 4711,
  settings: shiomidaiSettings,
  residents: [...families, ...names, ...exclusions, ...cardStories],
  cardLinks: [],
});

export const aomine: RegisterFile = registerFileSchema.parse({
  municipality: { code: aomineCode, prefecture, name: '青嶺市' },
  eventNumber: 815,
  settings: aomineSettings,
  residents: aomineResidents,
  cardLinks: [],
});

/** What each municipality imports; 公印 from right to left. */
export const municipalities = [
  { register: shiomidai, sealColumns: ['窓口県', '汐見台市', '長之印'] },
  { register: aomine, sealColumns: ['窓口県', '青嶺市', '長之印'] },
] as const;

/** Whoever is in one of the registers, and the one person of Kirigaoka: for what is written on a card. */
export function getResident(municipality: string, residentNumber: string): Resident {
  const residents =
    municipality === kirigaokaCode
      ? kirigaokaResidents
      : municipalities.find(({ register }) => register.municipality.code === municipality)?.register.residents;
  const resident = residents?.find((candidate) => candidate.residentNumber === residentNumber);
  assert(resident !== undefined, 'a citizen of the demo is in the register of their municipality');
  return resident;
}
