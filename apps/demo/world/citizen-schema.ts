// A citizen of the demo: whose card it is, what the card is like, what lies on the bank
// account, and how their visit ends. What stands on a certificate is in the registers only.
import { z } from 'zod';
import { municipalityCode, yen } from '#libs/contract/base.js';

/** Which body answers the reader (devices/emulated/id-card). */
export const cardVariants = ['my-number-card', 'juki-card', 'android-phone', 'without-authentication-certificate', 'without-pin'] as const;

const residentRef = { municipality: municipalityCode, residentNumber: z.string().regex(/^\d{1,15}$/) };

export const cardSchema = z.strictObject({
  variant: z.enum(cardVariants),
  /** 利用者証明用: how often it may still be typed wrongly when the card is put in. */
  triesLeft: z.int().min(0).max(3),
  /** `expired`: since yesterday; `expires-soon`: within three months; `revoked`, `suspended` (certificateHold): at JPKI, after issue. */
  certificate: z.enum(['valid', 'expires-soon', 'expired', 'revoked', 'suspended']),
  /** Which municipalities claim the card, and from when. None: nobody knows it. */
  links: z.array(z.strictObject({ ...residentRef, usableFrom: z.enum(['now', 'tomorrow']) })).max(2),
});

export const bankAccountSchema = z.strictObject({
  /** Of the fictional bank 9999: 93929999, seven digits, Luhn. */
  pan: z.string().refine(isPan, '93929999, seven digits and the right check digit'),
  panSequence: z.string().regex(/^\d{2}$/),
  /** YYMM, as a card embosses it. */
  expiry: z.string().regex(/^\d\d(0[1-9]|1[0-2])$/),
  pin: z.string().regex(/^\d{4}$/),
  /** What this person types on the PIN pad; somebody remembers it wrongly. */
  typedPin: z.string().regex(/^\d{4}$/),
  balanceYen: yen,
});

export const citizenSchema = z
  .strictObject({
    /** kebab-case romaji. */
    id: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
    /** One English sentence, for `issue --list`. */
    story: z.string().regex(/^[A-Z].*\.$/),
    /** The same in Japanese, for the bench. */
    storyJa: z.string().min(1),
    ...residentRef,
    /** 利用者証明用暗証番号. */
    pin: z.string().regex(/^\d{4}$/),
    /** What this person types; somebody remembers it wrongly. */
    typedPin: z.string().regex(/^\d{4}$/),
    card: cardSchema,
    bankAccount: bankAccountSchema,
    expect: z.enum(['delivered', 'refused']),
    /** The code of the end; null when delivered. */
    reason: z
      .string()
      .regex(/^[a-z0-9-]+$/)
      .nullable(),
  })
  .refine((citizen) => (citizen.expect === 'refused') === (citizen.reason !== null), {
    error: 'a reason exactly where it is refused',
    path: ['reason'],
  });
export type Citizen = z.infer<typeof citizenSchema>;

/** ISO/IEC 7812-1 annex B: the check digit of the digits before it. */
export function luhnCheckDigit(digits: string): number {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return (10 - (sum % 10)) % 10;
}

function isPan(pan: string): boolean {
  return /^93929999\d{8}$/.test(pan) && luhnCheckDigit(pan.slice(0, 15)) === Number(pan[15]);
}
