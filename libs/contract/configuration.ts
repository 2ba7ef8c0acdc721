// Configuration is read once per app, from one JSON file; all faults are named together,
// each with file, key, value and what was expected (house rule 5).
import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { findJsonFaults, type JsonFault } from '#libs/std/json-text.js';
import { err, ok, type Result } from '#libs/std/result.js';

export type ConfigurationFault = { readonly file: string; readonly key: string; readonly value: string; readonly expected: string };

/** A fault that only shows when what the file names is opened: `key` as in the file, e.g. `seal.file`. */
export type StartFault = {
  readonly key: string;
  readonly expected: string;
  /** Not the file's fault but the moment's: starting again later may do, so it is no EX_CONFIG. */
  readonly isPassing?: true;
};

const secretKey = /(^|\.)(d|bdk)$|(token|secret|password|key)(\.|$)/i;

export function readConfiguration<T>(file: string, schema: z.ZodType<T>): Result<T, readonly ConfigurationFault[]> {
  const text = readText(file);
  if (!text.ok) return err([{ file, key: '(file)', ...text.error }]);
  const written = findJsonFaults(text.value).map((fault) => ofText(file, fault));
  if (written.some(({ key }) => key === '(file)')) return err(written);
  const json: unknown = JSON.parse(text.value);
  const parsed = schema.safeParse(json);
  if (parsed.success && written.length === 0) return ok(parsed.data);
  const meant = parsed.success ? [] : parsed.error.issues.flatMap((issue) => toFaults(file, json, issue));
  return err([...written, ...meant.filter(({ key }) => !written.some((fault) => fault.key === key))]);
}

type Unreadable = Pick<ConfigurationFault, 'value' | 'expected'>;

/** Only a regular file ends by itself: without O_NONBLOCK, opening a FIFO waits for somebody to write into it. */
function readText(file: string): Result<string, Unreadable> {
  let bytes: Buffer;
  try {
    const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const kind = fstatSync(descriptor);
      if (!kind.isFile()) return err({ value: kind.isDirectory() ? 'a folder' : 'no regular file', expected: 'a readable JSON file' });
      bytes = readFileSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? `cannot be read (${String(cause.code)})` : 'cannot be read';
    return err({ value: code, expected: 'a readable JSON file' });
  }
  if (!isUtf8(bytes)) return err({ value: `not UTF-8: line ${lineOutsideUtf8(bytes)}`, expected: 'JSON in UTF-8' });
  const text = bytes.toString('utf8');
  if (text.trim() === '') return err({ value: 'empty', expected: 'JSON' });
  if (text.startsWith('\uFEFF')) return err({ value: 'not JSON: it begins with a byte order mark', expected: 'JSON' });
  return ok(text);
}

/** No octet of a longer character is a line feed, so each line can be looked at alone. */
function lineOutsideUtf8(bytes: Buffer): number {
  let line = 1;
  for (let from = 0; from < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, from);
    const next = end < 0 ? bytes.length : end + 1;
    if (!isUtf8(bytes.subarray(from, next))) return line;
    from = next;
  }
  return line;
}

function ofText(file: string, fault: JsonFault): ConfigurationFault {
  switch (fault.code) {
    case 'not-json':
      return { file, key: '(file)', value: `not JSON: line ${fault.line}, column ${fault.column}`, expected: 'JSON' };
    case 'ends-too-early':
      return { file, key: '(file)', value: 'not JSON: it ends too early', expected: 'JSON' };
    case 'name-twice':
      return { file, key: fault.path, value: `twice, on lines ${fault.lines.join(' and ')}`, expected: 'each key once' };
    case 'number-too-large': {
      const value = secretKey.test(fault.path) ? '(not shown)' : fault.written.slice(0, 80);
      return {
        file,
        key: fault.path || '(top level)',
        value,
        expected: `a number of at most ${Number.MAX_SAFE_INTEGER} (line ${fault.line})`,
      };
    }
  }
}

function toFaults(file: string, json: unknown, issue: z.core.$ZodIssue): ConfigurationFault[] {
  if (issue.code !== 'unrecognized_keys') return [{ file, ...shown(json, issue.path), expected: issue.message }];
  return issue.keys.map((key) => ({ file, ...shown(json, [...issue.path, key]), expected: 'no key of this name here' }));
}

/** With the value that stands in the file, so that both kinds of fault read alike. */
export function startFaults(file: string, faults: readonly StartFault[]): readonly ConfigurationFault[] {
  const json = readAgain(file);
  return faults.map(({ key, expected }) => {
    const { value } = shown(json, (key.split(':')[0] ?? key).split('.'));
    return { file, key, value, expected };
  });
}

/** It was right when the part read it; who changed it since has only the values missing. */
export function readAgain(file: string): unknown {
  const read = readConfiguration(file, z.unknown());
  return read.ok ? read.value : undefined;
}

/** Neither a secret nor what may hold one: of an object or a list only that it is one, of an address no password. */
function shown(json: unknown, path: readonly PropertyKey[]): { key: string; value: string } {
  const key = path.map(String).join('.') || '(top level)';
  const value = lookUp(json, path);
  if (value === undefined) return { key, value: '(missing)' };
  if (secretKey.test(key)) return { key, value: '(not shown)' };
  if (Array.isArray(value)) return { key, value: '(a list)' };
  if (typeof value === 'object' && value !== null) return { key, value: '(an object)' };
  const withoutPassword = withoutUser(JSON.stringify(value)).replace(/([?&]password=)[^&"]*/i, '$1(not shown)');
  return { key, value: withoutPassword.slice(0, 80) };
}

/** A password with a `/` or an `@` that should have been escaped is just what makes an address malformed. */
function withoutUser(text: string): string {
  return text.replace(/:\/\/.*@/, '://(not shown)@');
}

function lookUp(json: unknown, path: readonly PropertyKey[]): unknown {
  let at: unknown = json;
  for (const step of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = Reflect.get(at, step);
  }
  return at;
}

export function describeFaults(faults: readonly ConfigurationFault[]): string {
  // A key may be anything that stands between quotes: one fault stays one line.
  const plain = (key: string): string => key.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '\uFFFD');
  return faults.map((fault) => `${fault.file}: ${plain(fault.key)} = ${fault.value}: ${fault.expected}`).join('\n');
}
