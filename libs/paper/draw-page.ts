// Lays a page out by its form and draws it. Knows places, not certificates: every form goes
// through here.
import { assert } from '#libs/std/assert.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { fitText, type FittedText } from './fit.js';
import type { FormFonts } from './fonts.js';
import { checkGlyphs, findGlyphs, type Glyph } from './glyph-check.js';
import { limits } from './limits.js';
import { moveDown, type FixedText, type Form, type Place } from './place.js';
import type { PaperRefusal } from './refusal.js';
import type { SealImprint } from './seal.js';
import type { Sheets } from './sheets.js';

type Fields = Readonly<Record<string, string>>;
export type LaidOutPage = { readonly texts: readonly FittedText[]; readonly people: number };

/** Every place of every field that this page has, in the order of the form. */
export function placesOf(form: Form, fields: Fields): readonly { readonly field: string; readonly place: Place }[] {
  const slots = peopleOf(fields);
  return [
    ...form.fields,
    ...slots.flatMap((person, slot) =>
      form.people.fields.map(({ field, place }) => ({
        field: `people[${person}].${field}`,
        place: moveDown(place, slot * form.people.pitchMm),
      })),
    ),
  ];
}

/** The numbers of the people on the page, from the names of the fields. */
function peopleOf(fields: Fields): readonly number[] {
  const numbers = Object.keys(fields).flatMap((field) => /^people\[(\d+)\]\./.exec(field)?.[1] ?? []);
  return [...new Set(numbers)].map(Number);
}

export function layOutPage(input: {
  readonly form: Form;
  readonly page: { readonly fields: Fields };
  readonly fonts: FormFonts;
}): Result<LaidOutPage, PaperRefusal> {
  const { form, fonts } = input;
  const { fields } = input.page;
  const tooLong = Object.keys(fields).find((field) => (fields[field] ?? '').length > limits.fieldLength);
  if (tooLong !== undefined) return err({ code: 'does-not-fit', field: tooLong });
  const glyphs = checkGlyphs(fields, fonts);
  if (!glyphs.ok) return glyphs;
  const places = placesOf(form, fields);
  assertSame(glyphs.value, places);
  const texts: FittedText[] = [];
  for (const { field, place } of places) {
    const fitted = fitText(glyphs.value.get(field) ?? [], place);
    if (fitted === null) return err({ code: 'does-not-fit', field });
    texts.push(fitted);
  }
  const people = peopleOf(fields).length;
  return ok({ texts: [...fixedTexts(form, people).map((text) => fitFixed(text, fonts)), ...texts], people });
}

/** A field without a place would be left out of the sheet although its hash is vouched for. */
function assertSame(glyphs: ReadonlyMap<string, readonly Glyph[]>, places: readonly { readonly field: string }[]): void {
  const placed = new Set(places.map(({ field }) => field));
  assert(
    placed.size === glyphs.size && [...placed].every((field) => glyphs.has(field)),
    'the form has a place for every field and a field for every place',
  );
}

function fixedTexts(form: Form, people: number): readonly FixedText[] {
  const down = (fixed: FixedText, slot: number): FixedText => ({ ...fixed, place: moveDown(fixed.place, slot * form.people.pitchMm) });
  return [
    ...form.texts,
    ...Array.from({ length: people }, (_, slot) => form.people.texts.map((text) => down(text, slot))).flat(),
    ...(people < form.people.count ? [down(form.nothingBelow, people)] : []),
  ];
}

function fitFixed(fixed: FixedText, fonts: FormFonts): FittedText {
  const glyphs = findGlyphs(fixed.text, fonts);
  assert(glyphs.ok, 'the font has the glyphs of the form');
  const fitted = fitText(glyphs.value, fixed.place);
  assert(fitted !== null, 'the texts of the form fit');
  return fitted;
}

export function drawPage(
  sheets: Sheets,
  input: { readonly form: Form; readonly page: LaidOutPage; readonly material: { readonly seal: SealImprint } },
): void {
  const { form, page } = input;
  const { count, pitchMm, frame, rules } = form.people;
  sheets.addPage();
  form.rules.forEach((rule) => sheets.rule(rule));
  for (let slot = 0; slot < page.people; slot++) {
    for (const rule of [...rules, frame]) sheets.rule(moveDown(rule, slot * pitchMm));
  }
  if (page.people < count) {
    const rest = { ...moveDown(frame, page.people * pitchMm), heightMm: (count - page.people) * pitchMm };
    sheets.rule(rest);
    sheets.diagonal(rest, form.diagonalMm);
  }
  page.texts.forEach((text) => sheets.text(text));
  sheets.seal(input.material.seal, form.seal);
}
