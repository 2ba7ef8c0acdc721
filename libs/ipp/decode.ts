// Bytes to message (RFC 8010 §3.1 to §3.5). Strict where a doubt could change what we
// believe of a job: lengths must fit their syntax, names are unique in their group,
// text is well-formed, nothing is read past the end. What is unknown but well-formed
// (a value tag of a later standard) is kept, not guessed.
import { err, ok, type Result } from '../std/result.js';
import { decodeValue } from './decode-value.js';
import { limits } from './limits.js';
import type { IppAttribute, IppFault, IppGroup, IppMessage, IppValue } from './message.js';
import { Reader } from './reader.js';
import { endOfAttributesTag, findGroupTag, firstValueTag, valueTags } from './tags.js';

/** Never throws. The buffers in the message are views of `bytes`. */
export function decodeMessage(bytes: Buffer): Result<IppMessage, IppFault> {
  const reader = new Reader(bytes);
  const version = { major: reader.u8(), minor: reader.u8() };
  const code = reader.u16();
  const requestId = reader.i32();
  const groups: IppGroup[] = [];
  while (reader.fault === null) {
    const tag = reader.u8();
    if (tag === endOfAttributesTag) break;
    const group = findGroupTag(tag);
    if (group === null) reader.fail('bad-tag');
    else groups.push({ tag: group, attributes: decodeAttributes(reader) });
  }
  if (reader.fault !== null) return err(reader.fault);
  return ok({ version, code, requestId, groups, data: reader.rest() });
}

function decodeAttributes(reader: Reader): readonly IppAttribute[] {
  const attributes: IppAttribute[] = [];
  const names = new Set<string>();
  for (let tag = reader.peek(); tag !== null && tag >= firstValueTag; tag = reader.peek()) {
    if (tag === valueTags.memberAttrName || tag === valueTags.endCollection) {
      reader.fail('bad-tag');
      break;
    }
    reader.u8();
    const name = decodeName(reader.counted(), reader);
    addOnce({ name, values: decodeValues(tag, reader, 0) }, { attributes, names, reader });
  }
  return attributes;
}

type Collected = { readonly attributes: IppAttribute[]; readonly names: Set<string>; readonly reader: Reader };

/** RFC 8011 §4.1.3 forbids an attribute twice: which of two job-states would be true? */
function addOnce(attribute: IppAttribute, into: Collected): void {
  if (into.reader.fault !== null) return;
  if (into.names.has(attribute.name)) return into.reader.fail('repeated-attribute');
  into.names.add(attribute.name);
  into.attributes.push(attribute);
}

function decodeName(octets: Buffer, reader: Reader): string {
  const name = octets.toString('latin1');
  if (octets.length > limits.nameBytes || !/^[\x21-\x7e]+$/.test(name)) reader.fail('bad-name');
  return name;
}

/** The value of `tag` and all that follow with an empty name (RFC 8010 §3.1.5). */
function decodeValues(tag: number, reader: Reader, depth: number): readonly IppValue[] {
  const values = [decodeOne(tag, reader, depth)];
  for (let next = reader.peek(); isAdditional(next, reader); next = reader.peek()) {
    const additional = reader.u8();
    reader.counted();
    values.push(decodeOne(additional, reader, depth));
  }
  return values;
}

function isAdditional(tag: number | null, reader: Reader): boolean {
  if (tag === null || tag < firstValueTag) return false;
  if (tag === valueTags.memberAttrName || tag === valueTags.endCollection) return false;
  return reader.peekNameLength() === 0;
}

function decodeOne(tag: number, reader: Reader, depth: number): IppValue {
  reader.countValue();
  const octets = reader.counted();
  // RFC 8010 §3.1.6: what stands in the value of a begCollection is to be ignored.
  if (tag === valueTags.begCollection) return { type: 'collection', members: decodeMembers(reader, depth + 1) };
  const value = decodeValue(tag, octets);
  if (typeof value === 'string') reader.fail(value);
  return typeof value === 'string' ? { type: 'other', tag, value: octets } : value;
}

/** RFC 8010 §3.1.6 and §3.1.7: memberAttrName, its values, …, endCollection. */
function decodeMembers(reader: Reader, depth: number): readonly IppAttribute[] {
  const attributes: IppAttribute[] = [];
  const names = new Set<string>();
  if (depth > limits.collectionDepth) reader.fail('too-deep');
  while (reader.fault === null) {
    const tag = reader.u8();
    if (reader.counted().length !== 0) reader.fail('bad-name');
    const octets = reader.counted();
    if (tag === valueTags.endCollection) break;
    if (tag !== valueTags.memberAttrName) reader.fail('bad-tag');
    const name = decodeName(octets, reader);
    const valueTag = reader.u8();
    if (reader.counted().length !== 0) reader.fail('bad-name');
    if (valueTag < firstValueTag || valueTag === valueTags.memberAttrName || valueTag === valueTags.endCollection) {
      reader.fail('bad-tag');
    }
    // The check comes before the recursion, so a fault cannot open another level.
    if (reader.fault === null) addOnce({ name, values: decodeValues(valueTag, reader, depth) }, { attributes, names, reader });
  }
  return attributes;
}
