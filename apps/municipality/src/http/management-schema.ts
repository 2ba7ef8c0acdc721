// The management port of a demo municipality: what an officer's console and the card desk
// do in a real one. A part in service has no such port (configuration.ts).
//
//   POST /register         a register file; 409 when it is older or another municipality's
//   POST /card-links       one card to one resident; answered when the center took it
//   POST /card-unlinks     a card that was lost or replaced; the same
//   POST /card-link-pushes tells the center all card links anew; the same
//   PUT  /emergency-stop   stops or resumes issuing, at once
//   GET  /issuances        the issuance register
import { z } from 'zod';
import { cardLinkSchema } from '#libs/contract/register.js';

export const linkCardBodySchema = cardLinkSchema;
export const unlinkCardBodySchema = cardLinkSchema.pick({ caKeyId: true, serial: true });
export const pushAllBodySchema = z.strictObject({});
export const linkCardAnswerSchema = z.strictObject({ sequence: z.int() });
export const registerAnswerSchema = z.strictObject({ residents: z.int(), eventNumber: z.int() });
export const emergencyStopSchema = z.strictObject({ stopped: z.boolean() });
export const issuancesSchema = z.strictObject({
  copies: z.array(
    z.strictObject({
      request: z.uuid(),
      copy: z.int(),
      attempt: z.int(),
      state: z.enum(['preparing', 'prepared', 'delivered', 'voided', 'uncertain']),
      certificateNumber: z.string(),
    }),
  ),
});
