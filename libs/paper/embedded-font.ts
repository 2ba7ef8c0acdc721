// One document's font (ISO 32000-1 §9.7): a Type 0 font over the subset, with codes and a
// ToUnicode map of this document alone. A code stands for a glyph *and* the text that it
// was drawn for, so that text taken out of the sheet carries exactly the variation
// selectors that were put in, even where two characters share a picture.
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { FormFonts } from './fonts.js';
import type { Glyph } from './glyph-check.js';
import { getTable } from './sfnt.js';
import { subsetFont } from './subset.js';

/** What pdfkit gives for an object of the file. */
export type PdfObject = { end(chunk?: Uint8Array): void };
export type MakeObject = (data: Readonly<Record<string, unknown>>) => PdfObject;

/** ToUnicode takes at most this many entries a block. */
const blockLength = 100;

export class EmbeddedFont {
  readonly #fonts: FormFonts;
  readonly #codes = new Map<string, number>();
  readonly #glyphs: Glyph[] = [{ id: 0, text: '', advanceEm: 1 }];

  constructor(fonts: FormFonts) {
    this.#fonts = fonts;
  }

  /** The two-byte code of each glyph, in hex, as `Tj` takes it. */
  encode(glyphs: readonly Glyph[]): string {
    return glyphs.map((glyph) => this.#codeOf(glyph).toString(16).padStart(4, '0')).join('');
  }

  #codeOf(glyph: Glyph): number {
    const key = `${glyph.id} ${glyph.text}`;
    const known = this.#codes.get(key);
    if (known !== undefined) return known;
    const code = this.#glyphs.push(glyph) - 1;
    this.#codes.set(key, code);
    return code;
  }

  /** Writes the font's objects; `top` is the one that the pages name. */
  write(make: MakeObject, fillTop: (data: Readonly<Record<string, unknown>>) => void): void {
    const subset = subsetFont(
      this.#fonts,
      this.#glyphs.map((glyph) => glyph.id),
    );
    const BaseFont = `${subsetTag(subset)}+IPAmjMincho`;
    const file = writeStream(make, { Length1: subset.length }, subset);
    const descriptor = make({ ...describe(this.#fonts), FontName: BaseFont, FontFile2: file });
    descriptor.end();
    const descendant = make({
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont,
      CIDSystemInfo: { Registry: new String('Adobe'), Ordering: new String('Identity'), Supplement: 0 },
      CIDToGIDMap: 'Identity',
      FontDescriptor: descriptor,
      DW: 1000,
      W: [0, this.#glyphs.map((glyph) => Math.round(glyph.advanceEm * 1000))],
    });
    descendant.end();
    const ToUnicode = writeStream(make, {}, Buffer.from(this.#toUnicode(), 'latin1'));
    fillTop({ Type: 'Font', Subtype: 'Type0', BaseFont, Encoding: 'Identity-H', DescendantFonts: [descendant], ToUnicode });
  }

  #toUnicode(): string {
    const entries = this.#glyphs.slice(1).map((glyph, i) => `<${hex(i + 1)}> <${utf16(glyph.text)}>`);
    const blocks: string[] = [];
    for (let i = 0; i < entries.length; i += blockLength) {
      const block = entries.slice(i, i + blockLength);
      blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`);
    }
    return [
      '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
      '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
      '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
      '1 begincodespacerange <0000> <ffff> endcodespacerange',
      ...blocks,
      'endcmap CMapName currentdict /CMap defineresource pop end end',
    ].join('\n');
  }
}

export function writeStream(make: MakeObject, data: Readonly<Record<string, unknown>>, content: Buffer): PdfObject {
  const stream = make({ ...data, Filter: 'FlateDecode' });
  stream.end(deflateSync(content));
  return stream;
}

function describe(fonts: FormFonts): Readonly<Record<string, unknown>> {
  const head = getTable(fonts.tables, 'head');
  const hhea = getTable(fonts.tables, 'hhea');
  const em = (units: number): number => Math.round((units * 1000) / fonts.unitsPerEm);
  return {
    Type: 'FontDescriptor',
    // Symbolic: its characters are outside the standard Latin set.
    Flags: 4,
    FontBBox: [36, 38, 40, 42].map((at) => em(head.readInt16BE(at))),
    ItalicAngle: 0,
    Ascent: em(hhea.readInt16BE(4)),
    Descent: em(hhea.readInt16BE(6)),
    CapHeight: em(hhea.readInt16BE(4)),
    StemV: 80,
  };
}

/** Six capitals that tell two subsets apart (§9.6.4). */
function subsetTag(subset: Buffer): string {
  const digest = createHash('sha256').update(subset).digest();
  return String.fromCharCode(...Array.from(digest.subarray(0, 6), (byte) => 65 + (byte % 26)));
}

function hex(code: number): string {
  return code.toString(16).padStart(4, '0');
}

function utf16(text: string): string {
  return Array.from({ length: text.length }, (_, i) => hex(text.charCodeAt(i))).join('');
}
