// Kiosk process → touch screen (server-sent events) and back. The screen draws the view
// that it is given and decides nothing. See apps/kiosk/README.md.
//
//   GET  /screen/events     `data:` is one ScreenView per change, the newest at once
//   POST /screen/actions    ScreenAction; 409 `stale-screen` when `sequence` is not the newest,
//                           409 `not-now` when this screen does not know the action
import { z } from 'zod';
import { yen } from './base.js';
import { offerItemSchema, offerMemberSchema } from './offer.js';
import { certificateChoiceSchema } from './statements.js';

/** What became of the money, from the charge's record, on every screen that ends something. */
export const moneySchema = z.discriminatedUnion('state', [
  /** With a number where staff have a case all the same: a sheet of which nobody knows whether it came out. */
  z.strictObject({ state: z.literal('nothing-charged'), inquiryNumber: z.string().exactOptional() }),
  z.strictObject({ state: z.literal('charged'), feeYen: yen }),
  /** The bank has said that it gave back what it had taken. */
  z.strictObject({ state: z.literal('given-back'), feeYen: yen, inquiryNumber: z.string() }),
  /** Nobody knows whether it was ever taken; the bank has said that nothing of it stands. */
  z.strictObject({ state: z.literal('nothing-stands'), feeYen: yen, inquiryNumber: z.string() }),
  /** All of it was taken, and nobody knows whether any of its sheets came out. */
  z.strictObject({ state: z.literal('charged-in-doubt'), feeYen: yen, inquiryNumber: z.string() }),
  /** Some copies are out and paid; of the others nobody knows, or it is known that they are not. */
  z.strictObject({ state: z.literal('charged-in-part'), paidYen: yen, checkedYen: yen, inquiryNumber: z.string() }),
  /** Reversal under way or outcome unknown. */
  z.strictObject({ state: z.literal('being-checked'), feeYen: yen, inquiryNumber: z.string() }),
]);
export type Money = z.infer<typeof moneySchema>;

const summarySchema = z.strictObject({
  municipality: z.string(),
  title: z.string(),
  choice: certificateChoiceSchema,
  memberNames: z.array(z.string()),
  copies: z.int(),
  feeYen: yen,
});
export type Summary = z.infer<typeof summarySchema>;

const noData = z.strictObject({});
function view<N extends string, S extends z.ZodType>(screen: N, data: S) {
  return z.strictObject({
    /** Grows with every view; actions name the view they answer. */
    sequence: z.int(),
    screen: z.literal(screen),
    data,
    /** Whole seconds until the kiosk gives up waiting for the person; null where it does not. */
    secondsLeft: z.int().nullable(),
    /** False when the time has been given anew as often as it is; then `more-time` is refused. */
    moreTime: z.boolean(),
    /** True when staff have been called in this session. */
    staffCalled: z.boolean(),
  });
}

export const screenViewSchema = z.discriminatedUnion('screen', [
  view('welcome', noData),
  /** `money` is null where nobody was being served when it happened. */
  view('out-of-service', z.strictObject({ sentence: z.string(), money: moneySchema.nullable() })),
  /** Steps 1 to 2: the card is being read. */
  view('reading-card', noData),
  view('enter-pin', z.strictObject({ triesLeft: z.int(), wrongBefore: z.boolean(), again: z.boolean() })),
  view('logging-in', noData),
  view('choose', z.strictObject({ municipality: z.string(), items: z.array(offerItemSchema), members: z.array(offerMemberSchema) })),
  view('review', summarySchema),
  view('signing', noData),
  view('take-card', z.strictObject({ sentence: z.string().nullable() })),
  view('preparing', noData),
  view(
    'insert-cash-card',
    z.strictObject({
      feeYen: yen,
      inquiryNumber: z.string(),
      problem: z.string().nullable(),
      /** The card is in and being read. */
      reading: z.boolean(),
    }),
  ),
  view('enter-bank-pin', z.strictObject({ feeYen: yen, digits: z.int(), problem: z.string().nullable() })),
  view('charging', z.strictObject({ feeYen: yen, inquiryNumber: z.string() })),
  view('take-cash-card', z.strictObject({ feeYen: yen })),
  view('printing', z.strictObject({ copy: z.int(), copies: z.int(), stopped: z.string().nullable() })),
  view('take-paper', z.strictObject({ copies: z.int(), pages: z.int(), money: moneySchema })),
  /** Every end that is not a delivery: one sentence, the money, what to do next. */
  view(
    'ended',
    z.strictObject({
      code: z.string(),
      sentence: z.string(),
      money: moneySchema,
      next: z.string(),
      cardInside: z.boolean(),
      /** `out`: sheets of this person are in the tray; `perhaps`: nobody knows. The kiosk waits until they are taken. */
      paper: z.enum(['none', 'out', 'perhaps']),
    }),
  ),
  view('thank-you', z.strictObject({ money: moneySchema })),
]);
export type ScreenView = z.infer<typeof screenViewSchema>;
export type ScreenName = ScreenView['screen'];

export const screenActionSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('enter-pin'), sequence: z.int(), pin: z.string().regex(/^\d{4}$/) }),
  z.strictObject({ type: z.literal('choose'), sequence: z.int(), choice: certificateChoiceSchema, copies: z.int().min(1).max(10) }),
  /** Review: it is right, sign it. */
  z.strictObject({ type: z.literal('confirm'), sequence: z.int() }),
  z.strictObject({ type: z.literal('back'), sequence: z.int() }),
  /** やめる: from anywhere that the money has not been reached. */
  z.strictObject({ type: z.literal('stop'), sequence: z.int() }),
  /** 呼出 */
  z.strictObject({ type: z.literal('call-staff'), sequence: z.int() }),
  /** I have taken the paper; I have read this. */
  z.strictObject({ type: z.literal('done'), sequence: z.int() }),
  /** I am still here: gives the full time again, so often in one state as libs/session/limits.ts says. */
  z.strictObject({ type: z.literal('more-time'), sequence: z.int() }),
]);
export type ScreenAction = z.infer<typeof screenActionSchema>;

/** Beside the views, as server-sent events of the type `state`: for benches and tests that measure. */
export const stateEventSchema = z.strictObject({
  state: z.string(),
  /** Monotonic milliseconds of the kiosk at which the state was entered. */
  atMs: z.number(),
  /** The request's id, once there is a visit. */
  request: z.uuid().nullable(),
  /** How long the municipality took to prepare (step 10), milliseconds; null before the answer. */
  prepareMs: z.number().min(0).nullable(),
});
export type StateEvent = z.infer<typeof stateEventSchema>;
