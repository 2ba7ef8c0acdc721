// What every test of the paper needs: the real typeface, a fictional seal, and a sheet.
import { readFileSync } from 'node:fs';
import type { ResidentRecord } from '#libs/certificate/resident-record.js';
import { drawFictionalSeal } from '#libs/paper/fictional-seal.js';
import { findFontPath, openFormFonts, type FormFonts } from '#libs/paper/fonts.js';
import { renderResidentRecord, type RenderedCertificate } from '#libs/paper/render-resident-record.js';
import { readSealImprint, type SealImprint } from '#libs/paper/seal.js';
import { assert } from '#libs/std/assert.js';

export const sealSideMm = 24;

export type Material = { readonly fonts: FormFonts; readonly seal: SealImprint };

export function openMaterial(): Material {
  const path = findFontPath();
  assert(path !== null, 'the Debian package fonts-ipamj-mincho is installed');
  const fonts = openFormFonts(readFileSync(path));
  assert(fonts.ok, 'the typeface opens');
  const seal = readSealImprint(drawFictionalSeal(['窓口県', '汐見台市', '長之印'], sealSideMm, fonts.value), sealSideMm);
  assert(seal.ok, 'the fictional seal is a proper imprint');
  return { fonts: fonts.value, seal: seal.value };
}

export async function renderOrThrow(record: ResidentRecord, material: Material): Promise<RenderedCertificate> {
  const rendered = await renderResidentRecord(record, material);
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.error));
  return rendered.value;
}
