// Draws on the pages of one PDF (ISO 32000-1), in millimetres from the top left corner. The
// same calls give the same bytes: no time and no random value goes into the file, and
// nothing personal into its information dictionary.
import PDFDocument from 'pdfkit';
import { EmbeddedFont } from './embedded-font.js';
import type { FittedText } from './fit.js';
import type { FormFonts } from './fonts.js';
import type { Box, Rule } from './place.js';
import type { SealImprint } from './seal.js';

const pointsPerMm = 72 / 25.4;
const fontName = 'F1';
const sealName = 'I1';

type Reference = ReturnType<PDFKit.PDFDocument['ref']>;

export class Sheets {
  readonly #document: PDFKit.PDFDocument;
  readonly #font: EmbeddedFont;
  readonly #fontReference: Reference;
  readonly #fontData: Record<string, unknown> = {};
  readonly #chunks: Buffer[] = [];
  readonly #closed: Promise<void>;
  #seal: Reference | null = null;

  constructor(fonts: FormFonts, options: { readonly title: string; readonly widthMm: number; readonly heightMm: number }) {
    this.#document = new PDFDocument({
      autoFirstPage: false,
      // No default typeface: whatever is drawn comes from the checked glyphs.
      font: '',
      lang: 'ja-JP',
      margin: 0,
      // Everything drawn is of PDF 1.3; a later version makes pdfkit add an XMP packet with a date.
      pdfVersion: '1.3',
      size: [points(options.widthMm), points(options.heightMm)],
      info: { Title: options.title, Creator: 'Madoguchi', Producer: 'Madoguchi', CreationDate: new Date(0) },
    });
    // pdfkit wants a date to hand, but writes only what it can enumerate: the certificate carries its date on its face.
    Object.defineProperty(this.#document.info, 'CreationDate', { enumerable: false });
    this.#closed = new Promise((resolve, reject) => {
      this.#document.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
      this.#document.on('end', resolve);
      this.#document.on('error', reject);
    });
    this.#font = new EmbeddedFont(fonts);
    this.#fontReference = this.#document.ref(this.#fontData);
  }

  addPage(): void {
    this.#document.addPage();
    this.#document.page.fonts[fontName] = this.#fontReference;
  }

  text(text: FittedText): void {
    for (const line of text.lines) {
      const at = `${number(points(line.xMm))} ${number(points(line.baselineMm))}`;
      // pdfkit turns the page so that y grows downwards; the text matrix turns the letters back.
      this.#document.addContent(
        `BT /${fontName} ${number(points(text.sizeMm))} Tf ${number(points(line.spacingMm))} Tc 1 0 0 -1 ${at} Tm <${this.#font.encode(line.glyphs)}> Tj ET`,
      );
    }
  }

  rule(rule: Rule): void {
    const box = [rule.xMm, rule.yMm, rule.widthMm, rule.heightMm].map((mm) => number(points(mm))).join(' ');
    this.#document.addContent(`${number(points(rule.lineMm))} w ${box} re S`);
  }

  /** From the top right corner to the bottom left one. */
  diagonal(box: Box, lineMm: number): void {
    const [left, right] = [number(points(box.xMm)), number(points(box.xMm + box.widthMm))];
    const [top, bottom] = [number(points(box.yMm)), number(points(box.yMm + box.heightMm))];
    this.#document.addContent(`${number(points(lineMm))} w ${right} ${top} m ${left} ${bottom} l S`);
  }

  /** In the middle of `box`, at the imprint's own size. */
  seal(imprint: SealImprint, box: Box): void {
    this.#seal ??= this.#writeSeal(imprint);
    this.#document.page.xobjects[sealName] = this.#seal;
    const side = number(points(imprint.sideMm));
    const left = number(points(box.xMm + (box.widthMm - imprint.sideMm) / 2));
    const bottom = number(points(box.yMm + (box.heightMm + imprint.sideMm) / 2));
    this.#document.addContent(`q ${side} 0 0 -${side} ${left} ${bottom} cm /${sealName} Do Q`);
  }

  #writeSeal(imprint: SealImprint): Reference {
    const image = this.#document.ref({
      Type: 'XObject',
      Subtype: 'Image',
      Width: imprint.pixels,
      Height: imprint.pixels,
      ColorSpace: 'DeviceGray',
      BitsPerComponent: 8,
      Filter: 'FlateDecode',
    });
    image.end(imprint.deflatedGray);
    return image;
  }

  /** Nothing may be drawn afterwards. */
  async finish(): Promise<Buffer> {
    this.#font.write(
      (data) => this.#document.ref(data),
      (data) => Object.assign(this.#fontData, data),
    );
    this.#fontReference.end('');
    this.#document.end();
    await this.#closed;
    return Buffer.concat(this.#chunks);
  }
}

function points(mm: number): number {
  return mm * pointsPerMm;
}

/** A thousandth of a point is a third of a micrometre. */
function number(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
