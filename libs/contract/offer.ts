// The municipality's offer (DESIGN §3 step 4): signed by the municipality
// (`madoguchi-offer+jws`), encrypted to the session key; only the kiosk of this
// session reads it. The center passes it on unread.
import { z } from 'zod';
import { instant, kioskId, municipalityCode, uuid, yen } from './base.js';

export const offerMemberSchema = z.strictObject({
  /** Random, valid for this session only. */
  id: z.string().regex(/^m[0-9a-f]{16}$/),
  /** As it will stand on the sheet. */
  name: z.string().min(1),
  /** 続柄 as registered, e.g. 世帯主, 妻, 子. */
  relationship: z.string(),
  isAsker: z.boolean(),
});

export const offerItemSchema = z.strictObject({
  kind: z.enum(['resident-record']),
  /** 住民票の写し */
  title: z.string(),
  feeYen: yen,
  scopes: z.array(z.enum(['household', 'part'])).min(1),
  /** Which of the optional items this municipality allows. */
  allows: z.strictObject({ relationship: z.boolean(), domicile: z.boolean(), myNumber: z.boolean() }),
  maxCopies: z.int().min(1).max(10),
  /** Null when it can be had now; otherwise the sentence that says when it opens. */
  closed: z.string().nullable(),
});

export const offerSchema = z.strictObject({
  offer: uuid,
  session: uuid,
  kiosk: kioskId,
  municipality: z.strictObject({ code: municipalityCode, name: z.string(), contact: z.string() }),
  members: z.array(offerMemberSchema).min(1).max(20),
  items: z.array(offerItemSchema).min(1),
  settingsVersion: z.string(),
  time: instant,
  validUntil: instant,
});
export type Offer = z.infer<typeof offerSchema>;
export type OfferItem = z.infer<typeof offerItemSchema>;
export type OfferMember = z.infer<typeof offerMemberSchema>;
