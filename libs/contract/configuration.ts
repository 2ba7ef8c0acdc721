// Configuration is read once per app, from one JSON file; all faults are named together,
// each with file, key, value and what was expected (house rule 5).
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { err, ok, type Result } from '#libs/std/result.js';

export type ConfigurationFault = { readonly file: string; readonly key: string; readonly value: string; readonly expected: string };

const secretKey = /(^|\.)(d|bdk|token|secret|password|key)$/i;

export function readConfiguration<T>(file: string, schema: z.ZodType<T>): Result<T, readonly ConfigurationFault[]> {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? cause.message : 'cannot be read';
    return err([{ file, key: '(file)', value: reason, expected: 'a readable JSON file' }]);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  return err(parsed.error.issues.map((issue) => toFault(file, json, issue)));
}

function toFault(file: string, json: unknown, issue: z.core.$ZodIssue): ConfigurationFault {
  const key = issue.path.map(String).join('.') || '(top level)';
  const found = lookUp(json, issue.path);
  // A whole object may hold a key of somebody's under any name.
  const shown = typeof found === 'object' && found !== null ? '(an object)' : (JSON.stringify(found) ?? '(missing)');
  const value = secretKey.test(key) ? '(not shown)' : shown;
  return { file, key, value: value.slice(0, 80), expected: issue.message };
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
