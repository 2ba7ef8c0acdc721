// Pages counted in PDFs written plainly, with object streams, and broken.
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { countPdfPages } from './pdf-pages.js';
import { buildPlainPdf } from './plain-pdf.js';

/** A content stream whose words look like a page object. */
function withMisleadingStream(): Buffer {
  const content = '4 0 obj << /Type /Page >> endobj';
  const stream = `9 0 obj\n<< /Length ${content.length} >>\nstream\n${content}\nendstream\nendobj\nxref\n`;
  return Buffer.from(buildPlainPdf(3).toString().replace('xref\n', stream));
}

function inObjectStream(): Buffer {
  const inner = ['<< /Type /Pages /Kids [4 0 R 5 0 R] /Count 2 >>', '<< /Type /Page /Parent 3 0 R >>', '<< /Type /Page /Parent 3 0 R >>'];
  const starts = inner.map((_, index) => inner.slice(0, index).join(' ').length + (index > 0 ? 1 : 0));
  const header = starts.map((start, index) => `${index + 3} ${start}`).join(' ') + ' ';
  const packed = deflateSync(Buffer.from(header + inner.join(' ')));
  const open = `1 0 obj\n<< /Type /Catalog /Pages 3 0 R >>\nendobj\n2 0 obj\n<< /Type /ObjStm /N 3 /First ${header.length} /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`;
  return Buffer.concat([Buffer.from(`%PDF-1.7\n${open}`), packed, Buffer.from('\nendstream\nendobj\n%%EOF\n')]);
}

describe('countPdfPages', () => {
  it('counts pages, and not words in a stream', () => {
    expect(countPdfPages(buildPlainPdf(1))).toBe(1);
    expect(countPdfPages(buildPlainPdf(7))).toBe(7);
    expect(countPdfPages(withMisleadingStream())).toBe(3);
  });

  it('looks into object streams', () => {
    expect(countPdfPages(inObjectStream())).toBe(2);
  });

  it.each([
    ['no PDF', Buffer.from('hello')],
    ['a PDF cut off', buildPlainPdf(2).subarray(0, 150)],
    ['no pages', buildPlainPdf(0)],
    ['a count that is not true', Buffer.from(buildPlainPdf(2).toString().replace('/Count 2', '/Count 3'))],
    ['an encrypted file', Buffer.from(buildPlainPdf(2).toString().replace('/Root', '/Encrypt 9 0 R /Root'))],
  ])('does not guess: %s', (_, pdf) => expect(countPdfPages(pdf)).toBeNull());
});
