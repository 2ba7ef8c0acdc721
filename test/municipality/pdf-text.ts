// What poppler reads off a sheet.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Without the white space that the layout puts between the characters. */
export function textOf(pdf: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-text-'));
  try {
    writeFileSync(join(folder, 'sheet.pdf'), pdf);
    return execFileSync('pdftotext', ['-layout', join(folder, 'sheet.pdf'), '-'], { encoding: 'utf8' }).replaceAll(/\s/g, '');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
