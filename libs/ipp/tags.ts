// Delimiter tags and value tags of RFC 8010 §3.5 with the longest value of each
// syntax (RFC 8011 §5.1). The table is the documentation; codec and tests read it.

/** RFC 8010 §3.5.1; 0x06 to 0x0a from RFC 3995, PWG 5100.5 and PWG 5100.22. */
export const groupTags = {
  operation: 0x01,
  job: 0x02,
  printer: 0x04,
  unsupported: 0x05,
  subscription: 0x06,
  'event-notification': 0x07,
  resource: 0x08,
  document: 0x09,
  system: 0x0a,
} as const;

export type GroupTag = keyof typeof groupTags;

export const endOfAttributesTag = 0x03;
/** Every tag below this one delimits, every other one opens a value (RFC 8010 §3.5). */
export const firstValueTag = 0x10;

/** RFC 8010 §3.5.2 out-of-band values: they carry no bytes. */
export const outOfBandTags = {
  unsupported: 0x10,
  unknown: 0x12,
  'no-value': 0x13,
  'not-settable': 0x15,
  'delete-attribute': 0x16,
  'admin-define': 0x17,
} as const;

export type OutOfBand = keyof typeof outOfBandTags;

/** Character syntaxes: tag, longest value in octets, and what the octets are. */
export const stringSyntaxes = {
  textWithoutLanguage: { tag: 0x41, maxBytes: 1023, octets: 'utf-8' },
  nameWithoutLanguage: { tag: 0x42, maxBytes: 255, octets: 'utf-8' },
  keyword: { tag: 0x44, maxBytes: 255, octets: 'us-ascii' },
  uri: { tag: 0x45, maxBytes: 1023, octets: 'us-ascii' },
  uriScheme: { tag: 0x46, maxBytes: 63, octets: 'us-ascii' },
  charset: { tag: 0x47, maxBytes: 63, octets: 'us-ascii' },
  naturalLanguage: { tag: 0x48, maxBytes: 63, octets: 'us-ascii' },
  mimeMediaType: { tag: 0x49, maxBytes: 255, octets: 'us-ascii' },
} as const;

export type StringSyntax = keyof typeof stringSyntaxes;

/** Syntaxes whose value has two parts, language and string (RFC 8010 §3.9). */
export const languageSyntaxes = {
  textWithLanguage: { tag: 0x35, maxBytes: 1023 },
  nameWithLanguage: { tag: 0x36, maxBytes: 255 },
} as const;

export type LanguageSyntax = keyof typeof languageSyntaxes;

/** The remaining tags, each with a form of its own (RFC 8010 §3.9). */
export const valueTags = {
  integer: 0x21,
  boolean: 0x22,
  enum: 0x23,
  octetString: 0x30,
  dateTime: 0x31,
  resolution: 0x32,
  rangeOfInteger: 0x33,
  begCollection: 0x34,
  endCollection: 0x37,
  memberAttrName: 0x4a,
} as const;

/** The key of `table` whose tag is `tag`; null when there is none. */
function findByTag<Key extends string>(table: Readonly<Record<Key, number>>, tag: number): Key | null {
  for (const key in table) if (table[key] === tag) return key;
  return null;
}

export const findGroupTag = (tag: number): GroupTag | null => findByTag(groupTags, tag);
export const findOutOfBand = (tag: number): OutOfBand | null => findByTag(outOfBandTags, tag);

export function findStringSyntax(tag: number): StringSyntax | null {
  for (const key in stringSyntaxes) {
    const syntax = key as StringSyntax;
    if (stringSyntaxes[syntax].tag === tag) return syntax;
  }
  return null;
}

export function findLanguageSyntax(tag: number): LanguageSyntax | null {
  if (tag === languageSyntaxes.textWithLanguage.tag) return 'textWithLanguage';
  if (tag === languageSyntaxes.nameWithLanguage.tag) return 'nameWithLanguage';
  return null;
}
