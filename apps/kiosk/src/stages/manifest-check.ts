// Is this the certificate that this card asked for in this session? Every field of the
// manifest that names a request, a session, a kiosk, a fee or a document is compared
// (DESIGN §3 step 11; reference: issuance §4, invariants 2 and 3).
import type { Manifest } from '#libs/contract/manifest.js';
import type { RequestStatement } from '#libs/contract/statements.js';
import { sha256Hex } from '#libs/std/bytes.js';
import { limits } from '../limits.js';
import { countPages } from './pdf-pages.js';

export type Asked = {
  readonly statement: RequestStatement;
  /** SHA-256 of the bytes that the card signed. */
  readonly requestSha256: string;
  readonly feeYen: number;
  readonly nowMs: number;
};

/** The name of the first thing that differs, or null. */
export function findMismatch(manifest: Manifest, pdfs: readonly Buffer[], asked: Asked): string | null {
  const { statement } = asked;
  const expected: readonly [string, unknown, unknown][] = [
    ['request', manifest.request, statement.request],
    ['session', manifest.session, statement.session],
    ['kiosk', manifest.kiosk, statement.kiosk],
    ['requestSha256', manifest.requestSha256, asked.requestSha256],
    ['municipality', manifest.municipality, statement.municipality],
    ['kind', manifest.kind, statement.choice.kind],
    ['feeYen', manifest.feeYen, statement.feeYen],
    ['shown fee', asked.feeYen, statement.feeYen],
    ['copies', manifest.copies.length, statement.copies],
    ['documents', pdfs.length, statement.copies],
  ];
  const wrong = expected.find(([, is, should]) => is !== should);
  if (wrong !== undefined) return wrong[0];
  // "Not still good" rather than "over": a time that is none is over too.
  const isStillGood = Date.parse(manifest.expires) > asked.nowMs;
  if (!isStillGood) return 'expires';
  if (!isOfThisMoment(manifest.time, asked)) return 'time';
  return findWrongCopy(manifest, pdfs);
}

/** Made after the card had signed, and not later than now: anything else is somebody's wrong clock. */
function isOfThisMoment(time: string, { statement, nowMs }: Asked): boolean {
  const madeMs = Date.parse(time);
  return madeMs >= Date.parse(statement.time) - limits.clockToleranceMs && madeMs <= nowMs + limits.clockToleranceMs;
}

function findWrongCopy(manifest: Manifest, pdfs: readonly Buffer[]): string | null {
  const numbers = new Set(manifest.copies.map((copy) => copy.certificateNumber));
  if (numbers.size !== manifest.copies.length) return 'certificateNumber';
  for (const [index, copy] of manifest.copies.entries()) {
    const pdf = pdfs[index];
    if (copy.copy !== index + 1 || copy.attempt !== 1) return 'copy';
    if (pdf === undefined || sha256Hex(pdf) !== copy.pdfSha256) return 'pdfSha256';
    if (copy.pages.some((page, at) => page.page !== at + 1 || page.of !== copy.pages.length)) return 'pages';
    if (copy.pages.length !== manifest.copies[0]?.pages.length) return 'pages';
    // The right hash of something that is no certificate: fee and paper are for so many sheets.
    if (countPages(pdf) !== copy.pages.length) return 'document';
  }
  return null;
}
