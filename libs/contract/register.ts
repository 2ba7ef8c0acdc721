// A municipality's register and settings as one file (JSON), the form in which a
// municipality imports them (apps/municipality/README.md). What the fields are called on
// the sheet, and which of them a kiosk may print, is in issuance §8.2 and §10; the settings
// are those of issuance §6. A file like this holds personal data: it never leaves the
// municipality.
import { z } from 'zod';
import { isMyNumber } from '#libs/certificate/my-number.js';
import { instant, municipalityCode, yen } from './base.js';
import { limits } from './limits.js';

/** A day of the Gregorian calendar, in Japan: YYYY-MM-DD. */
export const calendarDate = z.string().refine(isDay, 'a day that exists, as YYYY-MM-DD');

/**
 * A registered date of which parts may be unknown (GIF DS-441): year 9999, month and day 99;
 * the Juki network writes 0000 and 00 for the same.
 */
export const registeredDate = z.string().refine(isRegisteredDate, 'YYYY-MM-DD, unknown parts as 9999/99 or 0000/00');

/** 個人番号: eleven digits and a check digit (issuance §11). */
export const myNumber = z.string().refine(isMyNumber, 'twelve digits, the last of them the right check digit');

const timeOfDay = z.string().regex(/^([01]\d:[0-5]\d|2[0-3]:[0-5]\d|24:00)$/);
const openRange = z
  .strictObject({ from: timeOfDay, until: timeOfDay })
  .refine((range) => range.from < range.until, { error: '`from` before `until`', path: ['until'] });

/** When a kind can be had (issuance §2.3). Times are Japan's. `special` wins over `closedDays`, both over `weekly`. */
export const openHoursSchema = z.strictObject({
  /** Sunday first, seven entries; null: closed that day. */
  weekly: z.array(openRange.nullable()).length(7),
  /** Every year, MM-DD: e.g. 12-29 to 01-03. */
  closedDays: z.array(z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)).max(366),
  special: z.array(z.strictObject({ date: calendarDate, hours: openRange.nullable() })).max(limits.specialDays),
});
export type OpenHours = z.infer<typeof openHoursSchema>;

/** One entry of a fee's history and future, both days included. `until: null`: until further notice. */
export const feePeriodSchema = z.strictObject({ from: calendarDate, until: calendarDate.nullable(), feeYen: yen });
export type FeePeriod = z.infer<typeof feePeriodSchema>;

export const kindSettingsSchema = z.strictObject({
  fees: z.array(feePeriodSchema).min(1).max(200),
  hours: openHoursSchema,
  allows: z.strictObject({ relationship: z.boolean(), domicile: z.boolean(), myNumber: z.boolean() }),
  maxCopies: z.int().min(1).max(10),
  /** May a CRL stand in for OCSP when the responder cannot be reached. */
  crlFallback: z.boolean(),
});
export type KindSettings = z.infer<typeof kindSettingsSchema>;

export const settingsSchema = z.strictObject({
  /** Stands in every offer made under these settings. */
  version: z.string().regex(/^[A-Za-z0-9._-]{1,32}$/),
  contact: z.string().min(1).max(200),
  /** 首長. `acting`: the 職務代理者 who signs in the head's place. */
  head: z.strictObject({
    title: z.string().min(1),
    name: z.string().min(1),
    acting: z.strictObject({ title: z.string().min(1), name: z.string().min(1) }).nullable(),
  }),
  minimumAge: z.int().min(0).max(30),
  /** Are the members of a household with a 転出予定者 refused as well. */
  blockHouseholdOfMovingOut: z.boolean(),
  /** May a foreign resident whose 在留期間 has run out (特例期間) be issued anything. */
  issueAfterPeriodOfStay: z.boolean(),
  /** 文字溢れ: a longer name goes to the counter before anything is drawn. Counted in code points. */
  maxNameLength: z.int().min(20).max(200),
  /** The same for an address with its 方書. */
  maxAddressLength: z.int().min(20).max(400),
  /** Per kind; a kind that is not here is not offered. */
  kinds: z.strictObject({ 'resident-record': kindSettingsSchema.optional() }),
});
export type Settings = z.infer<typeof settingsSchema>;

/** 外国人住民 (住民基本台帳法 30条の45). */
export const foreignResidentSchema = z.strictObject({
  /** 国籍・地域 */
  nationality: z.string().min(1),
  /** 30条の45の表の区分 */
  category: z.enum(['中長期在留者', '特別永住者', '一時庇護許可者', '仮滞在許可者', '出生による経過滞在者', '国籍喪失による経過滞在者']),
  /** 在留資格 */
  residenceStatus: z.string().nullable(),
  /** 在留期間 */
  periodOfStay: z.string().nullable(),
  /** 在留期間の満了の日 */
  periodExpiresOn: calendarDate.nullable(),
  /** 在留カード等の番号 */
  cardNumber: z.string().nullable(),
  /** 通称 */
  alias: z.string().min(1).nullable(),
});

const registerNumber = z.string().regex(/^\d{1,15}$/);

export const residentSchema = z.strictObject({
  /** 宛名番号 */
  residentNumber: registerNumber,
  household: registerNumber,
  /** Place in the household's order, 1 first; the order of the sheet. */
  order: z.int().min(1).max(99),
  name: z.string().min(1).max(200),
  nameReading: z.string().nullable(),
  /** 旧氏 */
  formerName: z.string().nullable(),
  formerNameReading: z.string().nullable(),
  birthDate: registeredDate,
  /** ISO/IEC 5218 */
  sex: z.enum(['0', '1', '2', '9']),
  /** 続柄 */
  relationship: z.string().min(1),
  /** As the master record writes it, 方書 apart. Never normalised. */
  address: z.strictObject({ line: z.string().min(1), building: z.string().nullable() }),
  /** 本籍 */
  domicile: z.string().nullable(),
  /** 筆頭者 */
  headOfFamilyRegister: z.string().nullable(),
  /** 住民となった年月日; for foreign residents 外国人住民となった年月日. */
  becameResidentOn: registeredDate.nullable(),
  /** 住所を定めた年月日 */
  addressSince: registeredDate.nullable(),
  /** 届出日 */
  notifiedOn: registeredDate.nullable(),
  /** 転入前住所 */
  addressBeforeMovingIn: z.string().nullable(),
  myNumber: myNumber.nullable(),
  status: z.enum(['resident', 'moving-out', 'moved-out', 'dead']),
  /**
   * 支援措置 · 外字登録中 · 転入手続きの当日 · 転居などで住所が変わった当日. The last two also follow from
   * 届出日 and 住所を定めた年月日, where the register has them for that day.
   */
  flags: z.strictObject({
    protected: z.boolean(),
    characterPending: z.boolean(),
    movedInToday: z.boolean(),
    addressChangedToday: z.boolean().optional(),
  }),
  foreign: foreignResidentSchema.nullable(),
  /** The event of the register that last changed this entry. */
  eventNumber: z.int().min(1),
});
export type Resident = z.infer<typeof residentSchema>;

/** Which card (利用者証明用電子証明書) is whose (issuance §2.1). */
export const cardLinkSchema = z.strictObject({
  caKeyId: z.string().regex(/^[0-9A-F]{40}$/),
  serial: z.string().regex(/^([0-9A-F]{2}){1,20}$/),
  residentNumber: registerNumber,
  /** Usually the day after the card was handed over. */
  usableFrom: instant,
});
export type CardLink = z.infer<typeof cardLinkSchema>;

export const registerFileSchema = z
  .strictObject({
    municipality: z.strictObject({
      code: municipalityCode,
      prefecture: z.string().min(1),
      name: z.string().min(1),
    }),
    /** The last event that is in this file; no entry is newer. */
    eventNumber: z.int().min(1),
    settings: settingsSchema,
    residents: z.array(residentSchema).max(limits.residents),
    cardLinks: z.array(cardLinkSchema),
  })
  .superRefine((file, context) => {
    const seen = new Set<string>();
    file.residents.forEach((resident, index) => {
      if (seen.has(resident.residentNumber)) complain('residentNumber', 'each residentNumber once');
      if (resident.eventNumber > file.eventNumber) complain('eventNumber', 'no entry newer than the file');
      seen.add(resident.residentNumber);
      function complain(field: string, message: string): void {
        context.addIssue({ code: 'custom', path: ['residents', index, field], message });
      }
    });
    file.cardLinks.forEach((link, index) => {
      if (seen.has(link.residentNumber)) return;
      context.addIssue({ code: 'custom', path: ['cardLinks', index, 'residentNumber'], message: 'somebody of this register' });
    });
  });
export type RegisterFile = z.infer<typeof registerFileSchema>;

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

function isRegisteredDate(text: string): boolean {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (parts === null) return false;
  const [, year = '', month = '', day = ''] = parts;
  const known = { year: !/^(0000|9999)$/.test(year), month: !/^(00|99)$/.test(month), day: !/^(00|99)$/.test(day) };
  if (!known.year) return !known.month && !known.day;
  if (!known.month) return !known.day;
  return isDay(`${year}-${month}-${known.day ? day : '01'}`);
}
