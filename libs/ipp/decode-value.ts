// The octets of one value, by its tag (RFC 8010 §3.9). Collections are not here:
// their members are values of their own and belong to the decoder.
import { type IppFaultCode, type IppValue } from './message.js';
import {
  findLanguageSyntax,
  findOutOfBand,
  findStringSyntax,
  languageSyntaxes,
  stringSyntaxes,
  valueTags,
  type LanguageSyntax,
  type StringSyntax,
} from './tags.js';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The value, or what is wrong with it. */
export function decodeValue(tag: number, octets: Buffer): IppValue | IppFaultCode {
  const outOfBand = findOutOfBand(tag);
  if (outOfBand !== null) return octets.length === 0 ? { type: 'out-of-band', value: outOfBand } : 'bad-length';
  const string = findStringSyntax(tag);
  if (string !== null) return decodeString(string, octets);
  const language = findLanguageSyntax(tag);
  if (language !== null) return decodeWithLanguage(language, octets);
  switch (tag) {
    case valueTags.integer:
      return octets.length === 4 ? { type: 'integer', value: octets.readInt32BE() } : 'bad-length';
    case valueTags.enum:
      return octets.length === 4 ? { type: 'enum', value: octets.readInt32BE() } : 'bad-length';
    case valueTags.boolean:
      return decodeBoolean(octets);
    case valueTags.octetString:
      return { type: 'octetString', value: octets };
    case valueTags.dateTime:
      return octets.length === 11 ? { type: 'dateTime', value: octets } : 'bad-length';
    case valueTags.resolution:
      return decodeResolution(octets);
    case valueTags.rangeOfInteger:
      return octets.length === 8 ? { type: 'rangeOfInteger', lower: octets.readInt32BE(), upper: octets.readInt32BE(4) } : 'bad-length';
    case valueTags.memberAttrName:
    case valueTags.endCollection:
      return 'bad-tag';
    default:
      return { type: 'other', tag, value: octets };
  }
}

function decodeBoolean(octets: Buffer): IppValue | IppFaultCode {
  if (octets.length !== 1) return 'bad-length';
  const octet = octets.readUInt8();
  return octet > 1 ? 'bad-value' : { type: 'boolean', value: octet === 1 };
}

function decodeResolution(octets: Buffer): IppValue | IppFaultCode {
  if (octets.length !== 9) return 'bad-length';
  const units = octets.readUInt8(8);
  if (units !== 3 && units !== 4) return 'bad-value';
  return { type: 'resolution', crossFeed: octets.readInt32BE(), feed: octets.readInt32BE(4), units: units === 3 ? 'dpi' : 'dpcm' };
}

function decodeString(type: StringSyntax, octets: Buffer): IppValue | IppFaultCode {
  const { maxBytes, octets: encoding } = stringSyntaxes[type];
  if (octets.length > maxBytes) return 'bad-length';
  const value = decodeText(octets, encoding);
  return value === null ? 'bad-text' : { type, value };
}

function decodeText(octets: Buffer, encoding: 'utf-8' | 'us-ascii'): string | null {
  if (encoding === 'us-ascii') return octets.every((octet) => octet >= 0x20 && octet <= 0x7e) ? octets.toString('latin1') : null;
  try {
    return utf8.decode(octets);
  } catch {
    return null;
  }
}

function decodeWithLanguage(type: LanguageSyntax, octets: Buffer): IppValue | IppFaultCode {
  if (octets.length < 4) return 'bad-length';
  const languageLength = octets.readUInt16BE();
  if (languageLength > stringSyntaxes.naturalLanguage.maxBytes || octets.length < 4 + languageLength) return 'bad-length';
  const valueLength = octets.readUInt16BE(2 + languageLength);
  if (valueLength > languageSyntaxes[type].maxBytes || octets.length !== 4 + languageLength + valueLength) return 'bad-length';
  const language = decodeText(octets.subarray(2, 2 + languageLength), 'us-ascii');
  const value = decodeText(octets.subarray(4 + languageLength), 'utf-8');
  return language === null || value === null ? 'bad-text' : { type, language, value };
}
