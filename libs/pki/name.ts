// Names (RFC 5280 §4.1.2.4) as JPKI writes them: one attribute in each relative name,
// PrintableString or UTF8String. Names are compared as bytes, never as text: JPKI
// copies them, and a comparison that folds case or blanks has more than one truth.
import { type DerReader, tag } from './der.js';
import { oid, printableString, sequence, setOf, utf8String } from './der-writer.js';
import { oids } from './oids.js';

export type StringForm = 'printable' | 'utf8';
export type NameAttribute = { readonly type: string; readonly form: StringForm; readonly value: string };
export type Name = { readonly der: Buffer; readonly attributes: readonly NameAttribute[] };

export function readName(reader: DerReader): Name {
  const { der, value: attributes } = reader.captured(tag.sequence, (rdns) => rdns.many((rdn) => rdn.within(tag.set, readAttribute)));
  return { der, attributes };
}

function readAttribute(set: DerReader): NameAttribute {
  return set.within(tag.sequence, (attribute) => {
    const type = attribute.oid();
    const form = attribute.nextIs(tag.printableString) ? 'printable' : 'utf8';
    return { type, form, value: readText(attribute) };
  });
}

const printable = /^[A-Za-z0-9 '()+,\-./:=?]+$/;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** DirectoryString, the two forms that RFC 5280 lets new certificates use. */
export function readText(reader: DerReader): string {
  if (reader.nextIs(tag.printableString)) {
    const text = reader.value(tag.printableString).toString('latin1');
    if (!printable.test(text)) reader.refuse('name-string');
    return text;
  }
  const bytes = reader.value(tag.utf8String);
  if (bytes.length === 0) reader.refuse('name-string');
  try {
    return utf8.decode(bytes);
  } catch {
    reader.refuse('name-string');
    return '';
  }
}

/** GeneralName of RFC 5280 §4.2.1.6, the forms that occur in the profile. */
export type GeneralName =
  | { readonly form: 'directoryName'; readonly name: Name }
  | { readonly form: 'otherName'; readonly type: string; readonly value: string }
  | { readonly form: 'uri'; readonly uri: string };

export function readGeneralNames(reader: DerReader, expected: number = tag.sequence): GeneralName[] {
  return reader.within(expected, (names) => names.many(readGeneralName));
}

export function readGeneralName(reader: DerReader): GeneralName {
  if (reader.nextIs(tag.contextConstructed(4))) {
    return { form: 'directoryName', name: reader.within(tag.contextConstructed(4), readName) };
  }
  if (reader.nextIs(tag.contextConstructed(0))) return reader.within(tag.contextConstructed(0), readOtherName);
  return { form: 'uri', uri: readIa5(reader, tag.context(6)) };
}

function readOtherName(reader: DerReader): GeneralName {
  return { form: 'otherName', type: reader.oid(), value: reader.within(tag.contextConstructed(0), readText) };
}

/** Visible ASCII only. */
export function readIa5(reader: DerReader, expected: number): string {
  const text = reader.value(expected).toString('latin1');
  if (!/^[\x21-\x7e]+$/.test(text)) reader.refuse('name-uri');
  return text;
}

export const attributeTypes = {
  C: oids.countryName,
  O: oids.organizationName,
  OU: oids.organizationalUnitName,
  L: oids.localityName,
  CN: oids.commonName,
} as const;
export type AttributeKey = keyof typeof attributeTypes;

/** `[['C', 'JP'], ['O', 'JPKI-TEST']]` → DER. C is a PrintableString, all others UTF8String (reference §10). */
export function writeName(attributes: readonly (readonly [AttributeKey, string])[]): Buffer {
  const rdns = attributes.map(([key, value]) =>
    setOf(sequence(oid(attributeTypes[key]), key === 'C' ? printableString(value) : utf8String(value))),
  );
  return sequence(...rdns);
}

/** The first value of an attribute type, null when it is absent. */
export function findAttribute(name: Name, type: string): string | null {
  return name.attributes.find((attribute) => attribute.type === type)?.value ?? null;
}
