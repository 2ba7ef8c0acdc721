// What the two municipalities have decided (issuance §6): they differ in fee, in 個人番号, in
// who signs, in what a moving household may have, and in their past and future fees.
import type { OpenHours, Settings } from '#libs/contract/register.js';

const always = { from: '00:00', until: '24:00' };
const usual = { from: '06:30', until: '23:00' };
const office = { from: '09:00', until: '17:00' };

function everyDay(range: { readonly from: string; readonly until: string }): OpenHours['weekly'] {
  return Array.from({ length: 7 }, () => range);
}

/** The demo's: what `npm run issue` promises must not depend on the hour at which it runs. */
export const aroundTheClock: OpenHours = { weekly: everyDay(always), closedDays: [], special: [] };

/** Issuance §2.3: 6:30–23:00, closed 12/29–1/3. */
export const usualHours: OpenHours = {
  weekly: everyDay(usual),
  closedDays: ['12-29', '12-30', '12-31', '01-01', '01-02', '01-03'],
  special: [],
};

/** Weekdays in office hours, as some municipalities do; closed on a day of maintenance. */
export const officeHours: OpenHours = {
  weekly: [null, office, office, office, office, office, null],
  closedDays: ['12-29', '12-30', '12-31', '01-01', '01-02', '01-03'],
  special: [{ date: '2027-02-12', hours: null }],
};

export const shiomidaiSettings: Settings = {
  version: 'shiomidai-2026-1',
  contact: '汐見台市市民課　電話０９９－０００－０１１１',
  head: { title: '窓口県汐見台市長', name: '潮田　渚', acting: null },
  minimumAge: 15,
  blockHouseholdOfMovingOut: true,
  issueAfterPeriodOfStay: false,
  maxNameLength: 100,
  maxAddressLength: 100,
  kinds: {
    'resident-record': {
      fees: [{ from: '2019-10-01', until: null, feeYen: 300 }],
      hours: aroundTheClock,
      allows: { relationship: true, domicile: true, myNumber: true },
      maxCopies: 10,
      crlFallback: true,
    },
  },
};

export const aomineSettings: Settings = {
  version: 'aomine-2026-3',
  contact: '青嶺市住民窓口センター　電話０９９－０００－０２２２',
  head: {
    title: '窓口県青嶺市長',
    name: '嶺岸　岳',
    acting: { title: '青嶺市副市長', name: '若葉　樹' },
  },
  minimumAge: 15,
  blockHouseholdOfMovingOut: false,
  issueAfterPeriodOfStay: true,
  maxNameLength: 60,
  maxAddressLength: 80,
  kinds: {
    'resident-record': {
      fees: [
        { from: '2019-10-01', until: null, feeYen: 250 },
        // A campaign of the past, as some municipalities had one (issuance §2.5).
        { from: '2023-01-04', until: '2025-03-31', feeYen: 10 },
      ],
      hours: aroundTheClock,
      allows: { relationship: true, domicile: true, myNumber: false },
      maxCopies: 5,
      crlFallback: false,
    },
  },
};
