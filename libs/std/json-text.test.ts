import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findJsonFaults } from './json-text.js';

it('names both lines of a name that stands twice in one object, however it is spelt', () => {
  expect(findJsonFaults('{\n  "a": 1,\n  "b": { "a": 2 },\n  "\\u0061": 3\n}')).toEqual([{ code: 'name-twice', path: 'a', lines: [2, 4] }]);
  expect(findJsonFaults('[{ "p": 1, "p": 2, "p": 3 }, { "p": 1 }]')).toEqual([
    { code: 'name-twice', path: '0.p', lines: [1, 1] },
    { code: 'name-twice', path: '0.p', lines: [1, 1] },
  ]);
  expect(findJsonFaults('{ "__proto__": 1, "__proto__": 2, "constructor": 3 }')).toHaveLength(1);
});

it.each(['1e999', '-1e999', '9007199254740992', '12345678901234567890'])(
  'names a number that would not be kept as it is written: %s',
  (written) => {
    expect(findJsonFaults(`{\n"a": [0, ${written}]}`)).toEqual([{ code: 'number-too-large', path: 'a.1', line: 2, written }]);
  },
);

it('lets the largest numbers through that are kept', () => {
  expect(findJsonFaults('[9007199254740991, -9007199254740991, 1e15, 0.1, 1E-400, -0]')).toEqual([]);
});

it('goes on behind a name that stands twice, and stops at what is no JSON', () => {
  expect(findJsonFaults('{ "a": 1, "a": 2, b }')).toEqual([
    { code: 'name-twice', path: 'a', lines: [1, 1] },
    { code: 'not-json', line: 1, column: 19 },
  ]);
});

it('does not end where the call stack does', () => {
  expect(findJsonFaults('['.repeat(1_000_000))).toEqual([{ code: 'not-json', line: 1, column: 101 }]);
  expect(findJsonFaults(`${'['.repeat(100)}${']'.repeat(100)}`)).toEqual([]);
});

/** Of its own grammar: what JSON.parse takes, and nothing else. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
const isTaken = (text: string): boolean => !findJsonFaults(text).some(({ code }) => code === 'not-json' || code === 'ends-too-early');

it('takes what JSON.parse takes: texts of any value, and texts with one character changed', () => {
  const values = fc.json({ maxDepth: 5 });
  const spaced = fc.tuple(fc.jsonValue(), fc.constantFrom('', ' ', '\t', '\n')).map(([value, space]) => JSON.stringify(value, null, space));
  const pieces = fc.string({ unit: fc.constantFrom(...'{}[]":,.-+0123eE\\unl truefas/\n\t\u0000é'.split('')), maxLength: 12 });
  const changed = fc
    .tuple(
      fc.oneof(values, spaced),
      fc.nat(),
      fc.string({ unit: fc.constantFrom(...'{}[]":,.-+09eE\\u tn\n\u0001'.split('')), maxLength: 2 }),
      fc.nat(2),
    )
    .map(([text, at, piece, cut]) => text.slice(0, at % (text.length + 1)) + piece + text.slice((at % (text.length + 1)) + cut));
  fc.assert(
    fc.property(fc.oneof(values, spaced, pieces, changed), (text) => isTaken(text) === isJson(text)),
    { numRuns: 3_000 },
  );
});

it('says that a text ends too early only where something could follow', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.constant('["\\u00e9\\n", -1.5e-3, null]')), fc.nat(), (text, at) => {
      const begun = text.slice(0, at % text.length);
      if (!isJson(begun)) expect(findJsonFaults(begun).at(-1)).toEqual({ code: 'ends-too-early' });
    }),
  );
});
