// The bench page of a demo branch → the demo's server: what hands do in a branch. Only
// the demo answers these; no part in service does. The state itself is `benchStateSchema`
// in simulators.ts.
//
//   GET  /bench/events           `data:` is one BenchState per change, the newest at once
//   GET  /bench/settings         BenchSettings
//   GET  /bench/citizens         BenchCitizen[]
//   PUT  /bench/slots/:slot      BenchSlotBody; slot 1 takes the My Number Card, slot 2 the cash card
//   POST /bench/pin-pad/keys     BenchKeyBody
//   PUT  /bench/printer/fault    BenchFaultBody, one of settings.printerFaults
//   POST /bench/printer/paper    BenchPaperBody; adds sheets, 0 empties the cassette
//   POST /bench/printer/take     takes everything out of the tray
//   GET  /bench/sheets/:id       application/pdf
//   PUT  /bench/receipt/fault    BenchFaultBody, one of settings.receiptFaults
import { z } from 'zod';

export const benchSettingsSchema = z.strictObject({
  /** Where the kiosk's screen is served; shown in a frame. */
  kioskUrl: z.url(),
  /** What the emulated printer can be made to do; the first heals (`none`). */
  printerFaults: z.array(z.string().min(1)).min(1),
  /** The same for the receipt printer. */
  receiptFaults: z.array(z.string().min(1)).min(1),
});
export type BenchSettings = z.infer<typeof benchSettingsSchema>;

/** A fictional person. The PINs are shown, because it is a demo; null: this card has none. */
export const benchCitizenSchema = z.strictObject({
  id: z.string().min(1),
  /** One Japanese sentence: who this is and what is special. */
  story: z.string(),
  pin: z.string().nullable(),
  bankPin: z.string().nullable(),
  municipality: z.string(),
});
export const benchCitizensSchema = z.array(benchCitizenSchema);
export type BenchCitizen = z.infer<typeof benchCitizenSchema>;

export const benchSlot = z.enum(['1', '2']);
export type BenchSlot = z.infer<typeof benchSlot>;
/** Null takes the card out. */
export const benchSlotBodySchema = z.strictObject({ citizen: z.string().min(1).nullable() });

export const benchKeys = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'enter', 'clear', 'cancel'] as const;
export const benchKeyBodySchema = z.strictObject({ key: z.enum(benchKeys) });
export type BenchKey = z.infer<typeof benchKeyBodySchema>['key'];

export const benchFaultBodySchema = z.strictObject({ fault: z.string().min(1) });
export const benchPaperBodySchema = z.strictObject({ sheets: z.int().min(0).max(500) });
