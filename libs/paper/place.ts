// The vocabulary of a form: boxes in millimetres from the top left corner of the sheet.

export type Box = { readonly xMm: number; readonly yMm: number; readonly widthMm: number; readonly heightMm: number };

/** `spread` is 均等割付: the characters are set apart until they fill the width. */
export type Align = 'left' | 'center' | 'right' | 'spread';

/** Where a text goes and how small it may become there. Sizes are the height of the em square. */
export type Place = Box & {
  readonly align: Align;
  readonly sizeMm: number;
  /** On one line it shrinks to this; a longer text is set on two lines. */
  readonly oneLineMinMm: number;
  /** On two lines it shrinks to this; a longer text is refused. Null: one line only. */
  readonly twoLinesMinMm: number | null;
};

export type Rule = Box & { readonly lineMm: number };
export type FixedText = { readonly text: string; readonly place: Place };
export type FieldPlace = { readonly field: string; readonly place: Place };

/** The rows of one person, placed for the first person of a page; the others follow `pitchMm` apart. */
export type PersonSlots = {
  readonly count: number;
  readonly pitchMm: number;
  readonly frame: Rule;
  readonly rules: readonly Rule[];
  readonly texts: readonly FixedText[];
  readonly fields: readonly FieldPlace[];
};

export type Form = {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly rules: readonly Rule[];
  readonly texts: readonly FixedText[];
  readonly fields: readonly FieldPlace[];
  readonly people: PersonSlots;
  /** Stands in the first slot without a person; a diagonal closes the rest. */
  readonly nothingBelow: FixedText;
  readonly diagonalMm: number;
  /** The imprint stands in its middle, at its own true size. */
  readonly seal: Box;
  readonly sealedCode: Box;
};

export function moveDown<T extends Box>(box: T, byMm: number): T {
  return { ...box, yMm: box.yMm + byMm };
}
