// Makes the PDF of a 住民票の写し (reference: issuance §8.2).
import type { ResidentRecord } from '#libs/certificate/resident-record.js';
import type { Result } from '#libs/std/result.js';
import type { FormFonts } from './fonts.js';
import type { PaperRefusal } from './refusal.js';
import type { SealImprint } from './seal.js';

export type PrintedPage = { readonly page: number; readonly of: number; readonly fieldsSha256: string };
export type RenderedCertificate = { readonly pdf: Buffer; readonly pages: readonly PrintedPage[]; readonly templateDigest: string };

/** The same record and material give the same bytes. */
export async function renderResidentRecord(
  record: ResidentRecord,
  material: { readonly fonts: FormFonts; readonly seal: SealImprint },
): Promise<Result<RenderedCertificate, PaperRefusal>> {
  throw new Error(`being built: ${record.people.length} ${material.seal.sideMm}`);
}
