// How many sheets will come out: the page objects of a PDF (ISO 32000-1 §7.7.3.3), counted
// where they stand in the open, as the municipality's forms write them. What has none, or
// hides them in compressed object streams, is no document of ours.

/** Null for what is no PDF. */
export function countPages(pdf: Buffer): number | null {
  const text = pdf.toString('latin1');
  if (!text.startsWith('%PDF-1.') || !text.trimEnd().endsWith('%%EOF')) return null;
  return text.match(/\/Type\s*\/Page(?![A-Za-z])/g)?.length ?? 0;
}
