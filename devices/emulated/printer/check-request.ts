// Whether a request is one that RFC 8011 allows: the operation attributes every request
// must open with (§4.1.4, §4.1.5), the target, and the Job Template (§4.2.1.2).
import { findAttribute, findBoolean, findGroup, findString } from '#libs/ipp/attributes.js';
import { outOfBand, type IppAttribute, type IppMessage, type IppValue } from '#libs/ipp/message.js';
import { findOperation, type Operation, type StatusName } from '#libs/ipp/operations.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { a4, documentFormats, supportedKeywords } from './attributes.js';

/** The operation, or the status with which the request is refused. */
export function checkRequest(request: IppMessage, path: string): Result<Operation, StatusName> {
  const { major, minor } = request.version;
  if (!(major === 1 && minor <= 1) && !(major === 2 && minor === 0)) return err('server-error-version-not-supported');
  if (request.requestId < 1) return err('client-error-bad-request');
  const [first, ...others] = request.groups;
  if (first?.tag !== 'operation' || others.some((group) => group.tag !== 'job') || others.length > 1)
    return err('client-error-bad-request');
  const [charset, language, target] = first.attributes;
  const isLed =
    charset?.name === 'attributes-charset' &&
    charset.values[0]?.type === 'charset' &&
    language?.name === 'attributes-natural-language' &&
    language.values[0]?.type === 'naturalLanguage' &&
    (target?.name === 'printer-uri' || target?.name === 'job-uri') &&
    target.values[0]?.type === 'uri';
  if (!isLed) return err('client-error-bad-request');
  if (findString(first, 'attributes-charset') !== 'utf-8') return err('client-error-charset-not-supported');
  const operation = findOperation(request.code);
  if (operation === null) return err('server-error-operation-not-supported');
  const uri = findString(first, target.name) ?? '';
  if (!URL.canParse(uri)) return err('client-error-bad-request');
  const { pathname } = new URL(uri);
  const isOurs = target.name === 'printer-uri' ? pathname === path : pathname.startsWith(`${path}/`);
  return isOurs ? ok(operation) : err('client-error-not-found');
}

/** Operation attributes of Print-Job, Validate-Job, Create-Job and Send-Document. */
export function checkDocument(request: IppMessage): StatusName | null {
  const group = findGroup(request, 'operation');
  const format = findAttribute(group, 'document-format');
  if (format !== null && !documentFormats.some((known) => known === findString(group, 'document-format'))) {
    return 'client-error-document-format-not-supported';
  }
  const compression = findAttribute(group, 'compression');
  if (compression !== null && findString(group, 'compression') !== 'none') return 'client-error-compression-not-supported';
  const jobName = findAttribute(group, 'job-name');
  const [value] = jobName?.values ?? [];
  const isName = value === undefined || value.type === 'nameWithoutLanguage' || value.type === 'nameWithLanguage';
  return isName ? null : 'client-error-bad-request';
}

export type TemplateCheck = { readonly status: StatusName; readonly unsupported: readonly IppAttribute[] };

/** RFC 8011 §4.1.7: unsupported attributes come back, and with fidelity the job is refused. */
export function checkTemplate(request: IppMessage): TemplateCheck {
  const attributes = findGroup(request, 'job')?.attributes ?? [];
  const names = attributes.map((given) => given.name);
  if (names.includes('media') && names.includes('media-col')) return { status: 'client-error-conflicting-attributes', unsupported: [] };
  const unsupported = attributes.flatMap((given) => {
    const support = supports(given);
    if (support === 'value') return [given];
    return support === 'attribute' ? [{ name: given.name, values: [outOfBand('unsupported')] }] : [];
  });
  const isFaithful = findBoolean(findGroup(request, 'operation'), 'ipp-attribute-fidelity') === true;
  if (unsupported.length === 0) return { status: 'successful-ok', unsupported };
  return {
    status: isFaithful ? 'client-error-attributes-or-values-not-supported' : 'successful-ok-ignored-or-substituted-attributes',
    unsupported,
  };
}

/** Null when it is supported, else what is not: the attribute or only this value of it. */
function supports(given: IppAttribute): 'attribute' | 'value' | null {
  const [value, ...others] = given.values;
  if (value === undefined || others.length > 0) return 'value';
  if (given.name === 'copies') return value.type === 'integer' && value.value === 1 ? null : 'value';
  if (given.name === 'job-sheets') return isWord(value, ['none']) ? null : 'value';
  if (given.name === 'media-col') return isMediaCol(value) ? null : 'value';
  const known = given.name === 'media-source' ? undefined : supportedKeywords[given.name];
  if (known === undefined) return 'attribute';
  return isWord(value, known) ? null : 'value';
}

function isWord(value: IppValue, known: readonly string[]): boolean {
  return (value.type === 'keyword' || value.type === 'nameWithoutLanguage') && known.includes(value.value);
}

function isMediaCol(value: IppValue): boolean {
  if (value.type !== 'collection') return false;
  return value.members.every(({ name, values: [member] }) => {
    if (member === undefined) return false;
    if (name === 'media-source') return isWord(member, supportedKeywords['media-source'] ?? []);
    return name === 'media-size' && isA4(member);
  });
}

function isA4(value: IppValue): boolean {
  if (value.type !== 'collection') return false;
  const dimension = (wanted: string): number | null => {
    const [found] = value.members.find(({ name }) => name === wanted)?.values ?? [];
    return found?.type === 'integer' ? found.value : null;
  };
  return dimension('x-dimension') === a4.xDimension && dimension('y-dimension') === a4.yDimension;
}
