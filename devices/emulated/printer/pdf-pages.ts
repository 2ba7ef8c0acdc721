// How many pages a PDF has (ISO 32000-2 §7.7.3), counted twice: by /Count of the root of
// the page tree and by the /Type /Page objects. A printer engine would interpret the
// document; this one only has to know how many sheets to push out, and takes no document
// on which the two disagree. Object streams (§7.5.7) are unpacked; encrypted files, files
// with updates that replace pages, and filters other than Flate are not understood.
import { inflateSync } from 'node:zlib';
import { limits } from './limits.js';

/** Null when this is no PDF that this reader understands. */
export function countPdfPages(pdf: Buffer): number | null {
  const file = pdf.toString('latin1');
  if (!file.startsWith('%PDF-') || !/%%EOF\s*$/.test(file) || /\/Encrypt\b/.test(file)) return null;
  const objects: string[] = [];
  for (const body of bodiesOf(file)) {
    const unpacked = unpack(body);
    if (unpacked === null) return null;
    objects.push(...unpacked);
  }
  const pages = objects.filter((object) => /\/Type\s*\/Page(?![A-Za-z0-9])/.test(object)).length;
  const roots = objects.filter((object) => /\/Type\s*\/Pages(?![A-Za-z0-9])/.test(object) && !/\/Parent\b/.test(object));
  const count = Number(/\/Count\s+(\d+)/.exec(roots[0] ?? '')?.[1] ?? Number.NaN);
  return roots.length === 1 && pages > 0 && count === pages ? pages : null;
}

/** From `n g obj` to `endobj`, streams cut out by their keyword so that their bytes are not read as objects. */
function bodiesOf(file: string): readonly string[] {
  const bodies: string[] = [];
  const opening = /(?:^|[\r\n\s])\d+ \d+ obj\b/g;
  for (let match = opening.exec(file); match !== null; match = opening.exec(file)) {
    const end = findEnd(file, opening.lastIndex);
    bodies.push(file.slice(opening.lastIndex, end));
    opening.lastIndex = end;
  }
  return bodies;
}

function findEnd(file: string, from: number): number {
  const stream = /\bstream\r?\n|\bendobj\b/g;
  stream.lastIndex = from;
  const found = stream.exec(file);
  if (found === null) return file.length;
  if (found[0] === 'endobj') return found.index;
  const end = file.indexOf('endstream', stream.lastIndex);
  return end < 0 ? file.length : end;
}

/** The dictionary alone, or the objects inside an object stream; null when those cannot be read. */
function unpack(body: string): readonly string[] | null {
  const [dictionary = ''] = body.split(/\bstream\r?\n/, 1);
  if (!/\/Type\s*\/ObjStm\b/.test(dictionary)) return [dictionary];
  const stream = body.slice(dictionary.length).replace(/^stream\r?\n/, '');
  if (!/\/Filter\s*(\[\s*)?\/FlateDecode\b/.test(dictionary)) return null;
  try {
    const inflated = inflateSync(Buffer.from(stream, 'latin1'), { maxOutputLength: limits.unpackedBytes }).toString('latin1');
    const first = Number(/\/First\s+(\d+)/.exec(dictionary)?.[1] ?? Number.NaN);
    const offsets = inflated.slice(0, first).trim().split(/\s+/).map(Number);
    const starts = offsets.filter((_, index) => index % 2 === 1).map((offset) => first + offset);
    return starts.map((start, index) => inflated.slice(start, starts[index + 1]));
  } catch {
    return null;
  }
}
