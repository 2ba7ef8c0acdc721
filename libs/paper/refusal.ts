// Why a sheet cannot be drawn (DESIGN §4, "Refusals do not speak"): the municipality
// turns every one of these into `go-to-counter` before any fee; the detail stays in its
// audited table. `field` is a path into the record, e.g. `people[0].name`; it never
// carries the field's content.

export type PaperRefusal =
  /** The font has no glyph for this character, or not for this variation sequence (base, selector); none at all when the text has no visible character. */
  | { readonly code: 'glyph-missing'; readonly field: string; readonly codePoints: readonly number[] }
  /** Even at the smallest size and on two lines the text is longer than its place. Nothing is ever cut. */
  | { readonly code: 'does-not-fit'; readonly field: string };
