// An IPP message (RFC 8010 §3.1): version, operation-id or status-code, request-id,
// attribute groups, document data. Requests and responses have the same shape.
import type { GroupTag, LanguageSyntax, OutOfBand, StringSyntax } from './tags.js';

export type IppValue =
  | { readonly type: 'out-of-band'; readonly value: OutOfBand }
  | { readonly type: 'integer' | 'enum'; readonly value: number }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'octetString'; readonly value: Buffer }
  /** The eleven octets of RFC 2579 DateAndTime. */
  | { readonly type: 'dateTime'; readonly value: Buffer }
  | { readonly type: 'resolution'; readonly crossFeed: number; readonly feed: number; readonly units: 'dpi' | 'dpcm' }
  | { readonly type: 'rangeOfInteger'; readonly lower: number; readonly upper: number }
  | { readonly type: StringSyntax; readonly value: string }
  | { readonly type: LanguageSyntax; readonly language: string; readonly value: string }
  | { readonly type: 'collection'; readonly members: readonly IppAttribute[] }
  /** A tag that this table does not know: kept as bytes, as RFC 8010 §3.5.2 asks. */
  | { readonly type: 'other'; readonly tag: number; readonly value: Buffer };

/** At least one value. Names are unique in their group. */
export type IppAttribute = { readonly name: string; readonly values: readonly IppValue[] };

export type IppGroup = { readonly tag: GroupTag; readonly attributes: readonly IppAttribute[] };

export type IppMessage = {
  readonly version: { readonly major: number; readonly minor: number };
  /** operation-id of a request, status-code of a response; see operations.ts. */
  readonly code: number;
  readonly requestId: number;
  readonly groups: readonly IppGroup[];
  readonly data: Buffer;
};

export type IppFaultCode =
  | 'truncated'
  | 'too-large'
  | 'too-many-values'
  | 'too-deep'
  | 'bad-tag'
  | 'bad-length'
  | 'bad-name'
  | 'bad-text'
  | 'bad-value'
  | 'repeated-attribute';

/** `offset` is where in the message the reader stood. */
export type IppFault = { readonly code: IppFaultCode; readonly offset: number };

export const keyword = (value: string): IppValue => ({ type: 'keyword', value });
export const uri = (value: string): IppValue => ({ type: 'uri', value });
export const name = (value: string): IppValue => ({ type: 'nameWithoutLanguage', value });
export const text = (value: string): IppValue => ({ type: 'textWithoutLanguage', value });
export const charset = (value: string): IppValue => ({ type: 'charset', value });
export const naturalLanguage = (value: string): IppValue => ({ type: 'naturalLanguage', value });
export const mimeMediaType = (value: string): IppValue => ({ type: 'mimeMediaType', value });
export const integer = (value: number): IppValue => ({ type: 'integer', value });
export const enumeration = (value: number): IppValue => ({ type: 'enum', value });
export const boolean = (value: boolean): IppValue => ({ type: 'boolean', value });
export const outOfBand = (value: OutOfBand): IppValue => ({ type: 'out-of-band', value });
export const collection = (...members: readonly IppAttribute[]): IppValue => ({ type: 'collection', members });
export const attribute = (attributeName: string, ...values: readonly IppValue[]): IppAttribute => ({ name: attributeName, values });
