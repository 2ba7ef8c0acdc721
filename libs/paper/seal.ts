// 公印: the imprint of the municipality's seal, printed at its true size.
import type { Result } from '#libs/std/result.js';
import type { FormFonts } from './fonts.js';

export type SealImprint = { readonly sideMm: number };
export type SealFault = { readonly code: 'seal-unreadable'; readonly detail: string };

/** A scanned imprint: an opaque square PNG whose whole width is `sideMm` millimetres on paper. */
export function readSealImprint(png: Buffer, sideMm: number): Result<SealImprint, SealFault> {
  throw new Error(`being built: ${png.length} ${sideMm}`);
}

/** A fictional imprint for the demo municipalities, as PNG; `columns` from right to left, e.g. ['窓口県', '汐見台市', '長之印']. */
export function drawFictionalSeal(columns: readonly string[], fonts: FormFonts): Buffer {
  throw new Error(`being built: ${columns.length} ${fonts.sha256}`);
}
