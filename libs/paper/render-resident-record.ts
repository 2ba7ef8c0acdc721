// Makes the PDF of a 住民票の写し (DESIGN §3 step 10; reference: issuance §8.2): unfolds the
// record into the fields of each page, checks every glyph, fits every field, and only then
// draws. A record that cannot be drawn whole is refused whole.
import type { ResidentRecord } from '#libs/certificate/resident-record.js';
import { canonicalJson } from '#libs/contract/statements.js';
import { assert } from '#libs/std/assert.js';
import { sha256Hex } from '#libs/std/bytes.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { drawPage, layOutPage, type LaidOutPage } from './draw-page.js';
import type { FormFonts } from './fonts.js';
import { limits } from './limits.js';
import type { PaperRefusal } from './refusal.js';
import { fieldsSha256, pagesOf } from './resident-record-fields.js';
import { residentRecordForm } from './resident-record-form.js';
import type { SealImprint } from './seal.js';
import { Sheets } from './sheets.js';

export type PrintedPage = { readonly page: number; readonly of: number; readonly fieldsSha256: string };
export type RenderedCertificate = { readonly pdf: Buffer; readonly pages: readonly PrintedPage[]; readonly templateDigest: string };

/** SHA-256 of the form's RFC 8785 form. */
export const residentRecordTemplateDigest = sha256Hex(canonicalJson(residentRecordForm));

/** Every field of every page in its place, or why not: all that can go wrong with a record, without a PDF. */
export function layOutResidentRecord(record: ResidentRecord, fonts: FormFonts): Result<readonly LaidOutPage[], PaperRefusal> {
  assert(record.people.length >= 1 && record.people.length <= limits.people, 'a resident record has 1 to 40 people');
  const laidOut: LaidOutPage[] = [];
  for (const page of pagesOf(record)) {
    const layout = layOutPage({ form: residentRecordForm, page, fonts });
    if (!layout.ok) return err(layout.error);
    laidOut.push(layout.value);
  }
  return ok(laidOut);
}

/**
 * One copy. The same record and material give the same bytes. Several copies are the same
 * PDF under other 発行番号: one call each.
 */
export async function renderResidentRecord(
  record: ResidentRecord,
  material: { readonly fonts: FormFonts; readonly seal: SealImprint },
): Promise<Result<RenderedCertificate, PaperRefusal>> {
  const pages = pagesOf(record);
  const laidOut = layOutResidentRecord(record, material.fonts);
  if (!laidOut.ok) return laidOut;
  const sheets = new Sheets(material.fonts, { ...residentRecordForm, title: `${residentRecordForm.title} ${record.certificateNumber}` });
  for (const page of laidOut.value) drawPage(sheets, { form: residentRecordForm, page, material });
  return ok({
    pdf: await sheets.finish(),
    pages: pages.map((page) => ({ page: page.page, of: page.of, fieldsSha256: fieldsSha256(page) })),
    templateDigest: residentRecordTemplateDigest,
  });
}
