// Configuration is read once per app, from one JSON file; all faults are named together,
// each with file, key, value and what was expected (house rule 5).
import { readFileSync } from 'node:fs';
import { z } from 'zod';
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
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? `cannot be read (${String(cause.code)})` : 'cannot be read';
    return err([{ file, key: '(file)', value: code, expected: 'a readable JSON file' }]);
  }
  const json = parse(text);
  if (!json.ok) return err([{ file, key: '(file)', value: findPlace(text), expected: 'JSON' }]);
  const parsed = schema.safeParse(json.value);
  if (parsed.success) return ok(parsed.data);
  return err(parsed.error.issues.flatMap((issue) => toFaults(file, json.value, issue)));
}

/** The parser's own words may quote the text around the fault, and that may be a key: only whether it came to the end. */
function parse(text: string): Result<unknown, { readonly isAtEnd: boolean }> {
  try {
    return ok(JSON.parse(text));
  } catch (cause) {
    const said = cause instanceof SyntaxError ? cause.message : '';
    const position = said.endsWith('is not valid JSON') ? undefined : /JSON at position (\d+)/.exec(said)?.[1];
    return err({ isAtEnd: said === 'Unexpected end of JSON input' || Number(position) >= text.length });
  }
}

/** Where it stops being JSON: after the longest beginning to which something could be added. */
function findPlace(text: string): string {
  if (text.trim() === '') return 'empty';
  if (text.startsWith('\uFEFF')) return 'not JSON: it begins with a byte order mark';
  const canGoOn = (length: number): boolean => {
    const begun = parse(text.slice(0, length));
    return begun.ok || begun.error.isAtEnd;
  };
  let [good, bad] = [0, text.length + 1];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (canGoOn(middle)) good = middle;
    else bad = middle;
  }
  if (good === text.length) return 'not JSON: it ends too early';
  const lines = text.slice(0, good).split('\n');
  return `not JSON: line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`;
}

function toFaults(file: string, json: unknown, issue: z.core.$ZodIssue): ConfigurationFault[] {
  if (issue.code !== 'unrecognized_keys') return [{ file, ...shown(json, issue.path), expected: issue.message }];
  return issue.keys.map((key) => ({ file, ...shown(json, [...issue.path, key]), expected: 'no key of this name here' }));
}

/** With the value that stands in the file, so that both kinds of fault read alike. */
export function startFaults(file: string, faults: readonly StartFault[]): readonly ConfigurationFault[] {
  const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return faults.map(({ key, expected }) => {
    const { value } = shown(json, (key.split(':')[0] ?? key).split('.'));
    return { file, key, value, expected };
  });
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
  return faults.map((fault) => `${fault.file}: ${fault.key} = ${fault.value}: ${fault.expected}`).join('\n');
}
