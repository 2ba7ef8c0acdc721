import { parseArgs } from 'node:util';
import { expect, it } from 'vitest';
import { findArgumentFault } from './arguments.js';

const options = { config: { type: 'string' }, json: { type: 'boolean' }, option: { type: 'string', multiple: true } } as const;

it.each([
  ['none at all', []],
  ['each once', ['--config', 'A', '--json']],
  ['a value after the sign', ['--config=-A']],
  ['what may come twice', ['--option', 'a=1', '--option', 'b=2']],
])('lets in: %s', (_what, args) => {
  expect(findArgumentFault({ args, options })).toBeNull();
  expect(() => parseArgs({ args, options })).not.toThrow();
});

it.each([
  ['an option that there is not', ['--config', 'A', '--bogus'], '--bogus: an argument that there is not'],
  ['a short one', ['-c', 'A'], '-c: an argument that there is not'],
  ['a name of every object', ['--constructor'], '--constructor: an argument that there is not'],
  ['a word too many', ['--config', 'A', 'extra'], 'extra: an argument that there is not'],
  ['a word of two lines', ['a\nb'], '"a\\nb": an argument that there is not'],
  ['an option twice', ['--config', 'A', '--config', 'B'], '--config: only once'],
  ['a flag twice', ['--json', '--json'], '--json: only once'],
  ['no value at the end', ['--config'], '--config: a value was expected after it'],
  ['an option for a value', ['--config', '--json'], '--config: a value was expected after it'],
  ['a value for a flag', ['--json=yes'], '--json: it takes no value'],
])('refuses %s', (_what, args, fault) => {
  expect(findArgumentFault({ args, options })).toBe(fault);
});

it('counts the words that there may be', () => {
  expect(findArgumentFault({ args: ['insert', '--json'], options, words: 1 })).toBeNull();
  expect(findArgumentFault({ args: ['insert', 'remove'], options, words: 1 })).toBe('remove: an argument that there is not');
});
