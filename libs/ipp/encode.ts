// Message to bytes (RFC 8010 §3.1). What we send is ours to get right, so a value that
// does not fit its syntax is a broken invariant, not an expected failure.
import { assert } from '../std/assert.js';
import { limits } from './limits.js';
import type { IppAttribute, IppMessage, IppValue } from './message.js';
import { endOfAttributesTag, groupTags, languageSyntaxes, outOfBandTags, stringSyntaxes, valueTags } from './tags.js';

export function encodeMessage(message: IppMessage): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt8(message.version.major, 0);
  header.writeUInt8(message.version.minor, 1);
  header.writeUInt16BE(message.code, 2);
  header.writeInt32BE(message.requestId, 4);
  const parts: Buffer[] = [header];
  for (const group of message.groups) {
    parts.push(Buffer.of(groupTags[group.tag]));
    for (const attribute of group.attributes) encodeAttribute(attribute, parts);
  }
  parts.push(Buffer.of(endOfAttributesTag), message.data);
  return Buffer.concat(parts);
}

function encodeAttribute(attribute: IppAttribute, parts: Buffer[]): void {
  const name = Buffer.from(attribute.name, 'latin1');
  assert(name.length > 0 && name.length <= limits.nameBytes, 'an IPP attribute name has 1 to 255 octets');
  assert(attribute.values.length > 0, 'an IPP attribute has a value');
  attribute.values.forEach((value, index) => encodeValue(value, index === 0 ? name : Buffer.alloc(0), parts));
}

function encodeValue(value: IppValue, name: Buffer, parts: Buffer[]): void {
  if (value.type !== 'collection') {
    parts.push(...field(tagOf(value), name, octetsOf(value)));
    return;
  }
  const none = Buffer.alloc(0);
  parts.push(...field(valueTags.begCollection, name, none));
  for (const member of value.members) {
    parts.push(...field(valueTags.memberAttrName, none, Buffer.from(member.name, 'latin1')));
    assert(member.values.length > 0, 'a member of a collection has a value');
    for (const memberValue of member.values) encodeValue(memberValue, none, parts);
  }
  parts.push(...field(valueTags.endCollection, none, none));
}

function field(tag: number, name: Buffer, octets: Buffer): readonly Buffer[] {
  assert(octets.length <= limits.valueBytes, 'an IPP value has at most 32767 octets');
  return [Buffer.of(tag), unsigned16(name.length), name, unsigned16(octets.length), octets];
}

type Plain = Exclude<IppValue, { readonly type: 'collection' }>;

function tagOf(value: Plain): number {
  switch (value.type) {
    case 'out-of-band':
      return outOfBandTags[value.value];
    case 'integer':
    case 'enum':
    case 'boolean':
    case 'octetString':
    case 'dateTime':
    case 'resolution':
    case 'rangeOfInteger':
      return valueTags[value.type];
    case 'textWithLanguage':
    case 'nameWithLanguage':
      return languageSyntaxes[value.type].tag;
    case 'other':
      return value.tag;
    case 'textWithoutLanguage':
    case 'nameWithoutLanguage':
    case 'keyword':
    case 'uri':
    case 'uriScheme':
    case 'charset':
    case 'naturalLanguage':
    case 'mimeMediaType':
      return stringSyntaxes[value.type].tag;
  }
}

function octetsOf(value: Plain): Buffer {
  switch (value.type) {
    case 'out-of-band':
      return Buffer.alloc(0);
    case 'integer':
    case 'enum':
      return signed32(value.value);
    case 'boolean':
      return Buffer.of(value.value ? 1 : 0);
    case 'octetString':
    case 'other':
      return value.value;
    case 'dateTime':
      assert(value.value.length === 11, 'DateAndTime has 11 octets');
      return value.value;
    case 'resolution':
      return Buffer.concat([signed32(value.crossFeed), signed32(value.feed), Buffer.of(value.units === 'dpi' ? 3 : 4)]);
    case 'rangeOfInteger':
      return Buffer.concat([signed32(value.lower), signed32(value.upper)]);
    case 'textWithLanguage':
    case 'nameWithLanguage':
      return withLanguage(value);
    case 'textWithoutLanguage':
    case 'nameWithoutLanguage':
    case 'keyword':
    case 'uri':
    case 'uriScheme':
    case 'charset':
    case 'naturalLanguage':
    case 'mimeMediaType':
      return stringOctets(value.value, stringSyntaxes[value.type]);
  }
}

function withLanguage(value: Extract<IppValue, { readonly language: string }>): Buffer {
  const language = stringOctets(value.language, stringSyntaxes.naturalLanguage);
  const { maxBytes } = languageSyntaxes[value.type];
  const string = stringOctets(value.value, { maxBytes, octets: 'utf-8' });
  return Buffer.concat([unsigned16(language.length), language, unsigned16(string.length), string]);
}

function stringOctets(value: string, syntax: { readonly maxBytes: number; readonly octets: string }): Buffer {
  const octets = Buffer.from(value, 'utf8');
  assert(octets.length <= syntax.maxBytes, `an IPP string of this syntax has at most ${syntax.maxBytes} octets`);
  assert(syntax.octets === 'utf-8' || /^[\x20-\x7e]*$/.test(value), 'an IPP string of this syntax is US-ASCII');
  return octets;
}

function signed32(value: number): Buffer {
  assert(Number.isInteger(value) && value >= -0x8000_0000 && value <= 0x7fff_ffff, 'an IPP integer is signed, 32 bits');
  const octets = Buffer.alloc(4);
  octets.writeInt32BE(value);
  return octets;
}

function unsigned16(value: number): Buffer {
  const octets = Buffer.alloc(2);
  octets.writeUInt16BE(value);
  return octets;
}
