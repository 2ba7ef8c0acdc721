// Reading attributes by name and syntax. Each function answers null for an attribute
// that is absent, out of band or of another syntax: the caller then does not know.
import type { IppAttribute, IppGroup, IppMessage, IppValue } from './message.js';
import type { GroupTag } from './tags.js';

export function findGroup(message: IppMessage, tag: GroupTag): IppGroup | null {
  return message.groups.find((group) => group.tag === tag) ?? null;
}

export function findGroups(message: IppMessage, tag: GroupTag): readonly IppGroup[] {
  return message.groups.filter((group) => group.tag === tag);
}

export function findAttribute(group: IppGroup | null, name: string): IppAttribute | null {
  return group?.attributes.find((attribute) => attribute.name === name) ?? null;
}

/** The value of a single-valued attribute; null when it has several. */
function findSingle(group: IppGroup | null, name: string): IppValue | null {
  const values = findAttribute(group, name)?.values ?? [];
  return values.length === 1 ? (values[0] ?? null) : null;
}

/** An integer or an enum. */
export function findInteger(group: IppGroup | null, name: string): number | null {
  const value = findSingle(group, name);
  return value?.type === 'integer' || value?.type === 'enum' ? value.value : null;
}

export function findBoolean(group: IppGroup | null, name: string): boolean | null {
  const value = findSingle(group, name);
  return value?.type === 'boolean' ? value.value : null;
}

/** Any character syntax, the language left out. */
export function findString(group: IppGroup | null, name: string): string | null {
  const value = findSingle(group, name);
  return value === null ? null : stringOf(value);
}

/** All values of a 1setOf of any character syntax; null when one of them is no string. */
export function findStrings(group: IppGroup | null, name: string): readonly string[] | null {
  return findAll(group, name, stringOf);
}

/** All values of a 1setOf integer or enum. */
export function findIntegers(group: IppGroup | null, name: string): readonly number[] | null {
  return findAll(group, name, (value) => (value.type === 'integer' || value.type === 'enum' ? value.value : null));
}

function findAll<T>(group: IppGroup | null, name: string, read: (value: IppValue) => T | null): readonly T[] | null {
  const found: T[] = [];
  const attribute = findAttribute(group, name);
  if (attribute === null) return null;
  for (const value of attribute.values) {
    const one = read(value);
    if (one === null) return null;
    found.push(one);
  }
  return found;
}

function stringOf(value: IppValue): string | null {
  switch (value.type) {
    case 'textWithoutLanguage':
    case 'nameWithoutLanguage':
    case 'textWithLanguage':
    case 'nameWithLanguage':
    case 'keyword':
    case 'uri':
    case 'uriScheme':
    case 'charset':
    case 'naturalLanguage':
    case 'mimeMediaType':
      return value.value;
    case 'out-of-band':
    case 'integer':
    case 'enum':
    case 'boolean':
    case 'octetString':
    case 'dateTime':
    case 'resolution':
    case 'rangeOfInteger':
    case 'collection':
    case 'other':
      return null;
  }
}
