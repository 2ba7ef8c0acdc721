import { expect, it } from 'vitest';
import { describeStatusWord, findStatusWordName, statusWord, triesLeftOf, triesLeftWord } from './status-word.js';

it('names every word of its table, once', () => {
  const words = Object.values(statusWord);
  expect(new Set(words).size).toBe(words.length);
  for (const word of words) expect(findStatusWordName(word)).not.toBeNull();
});

it('reads the tries of 63CX only', () => {
  expect(triesLeftOf(0x63c2)).toBe(2);
  expect(triesLeftOf(0x63c0)).toBe(0);
  expect(triesLeftOf(0x6300)).toBeNull();
  expect(triesLeftOf(0x9000)).toBeNull();
  expect(triesLeftWord(3)).toBe(0x63c3);
});

it('speaks to an engineer', () => {
  expect(describeStatusWord(0x6984)).toBe('6984 Referenced PIN or key is blocked.');
  expect(describeStatusWord(0x63c1)).toBe('63C1 Comparison failed; 1 tries left.');
  expect(describeStatusWord(0x9f01)).toBe('9F01 (not in the tables)');
});
