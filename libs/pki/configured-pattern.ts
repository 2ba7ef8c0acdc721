// A pattern that a configuration file corrects. It is matched against what a card brings,
// before any signature was checked: so it is anchored whole, stands in a frame that no file
// widens, and cannot keep the process busy by an oversight of whoever wrote it. Against
// malice of that person nothing here helps, nor has to.
import { z } from 'zod';
import { patternMaxChars, patternMaxOptional, patternMaxRepetitions } from './limits.js';

/** What stays certain of a text, whatever a pattern says. A lookahead that reaches the end. */
export const frames = {
  /** An identifier and nobody's name: no blank, no letter beyond ASCII, at least one digit; at most 64 (X.520, ub-common-name). */
  identifier: String.raw`(?=[0-9A-Za-z._-]{1,64}$)(?=.*\d)`,
  /** RFC 6960 A.1: OCSP is spoken over HTTP. Nobody's password in it. */
  httpUrl: String.raw`(?=https?:\/\/[\w[][!-?A-~]{0,246}$)`,
  /** An attribute of a name: at most 64 characters (X.520), none of them invisible. */
  attribute: String.raw`(?=[^\p{Cc}\p{Cf}]{1,64}$)`,
} as const;

/** ECMAScript (flag u) in the file; anchored at both ends and inside the frame here. */
export function configuredPattern(frame: keyof typeof frames): z.ZodType<RegExp, string> {
  return z.string().transform((text, context) => {
    const expected = findFault(text);
    if (expected === null) return new RegExp(`^${frames[frame]}(?:${text})$`, 'u');
    context.addIssue({ code: 'custom', message: expected });
    return z.NEVER;
  });
}

/** What was expected; null: nothing is wrong. */
function findFault(text: string): string | null {
  if (text.length === 0 || text.length > patternMaxChars) return `a regular expression of 1 to ${patternMaxChars} characters`;
  // Alone: what is no expression by itself could step out of the group that anchors it.
  if (!compiles(text)) return 'a regular expression (ECMAScript, flag u)';
  const tokens = text.match(/\\(?:[pPu]\{[^}]*\}|.)|\[(?:\\.|[^\]])*\]|./gsu) ?? [];
  if (tokens.some((token) => /^\\[1-9k]/.test(token))) return 'a regular expression without back references';
  const bare = tokens.map((token) => (token.length > 1 ? 'x' : token)).join('');
  if (/\)[*+{]/.test(bare)) return 'a regular expression that repeats no group (optional it may be)';
  const repetitions = bare.match(/[*+]|\{\d+,\d*\}/g) ?? [];
  const optional = bare.match(/[^(*+}?]\?/g) ?? [];
  if (repetitions.length > patternMaxRepetitions || optional.length > patternMaxOptional)
    return `a regular expression with at most ${patternMaxRepetitions} parts of open length and ${patternMaxOptional} optional ones`;
  return null;
}

function compiles(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
