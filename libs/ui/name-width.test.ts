import { describe, expect, it } from 'vitest';
import { isLongName, nameWidth } from './name-width.js';

describe('the width of a name', () => {
  it.each([
    ['潮見　太郎', 10],
    ['SANTOS MARIA', 12],
    ['渡邊\u{e0104}', 4],
    ['ｼｵﾐ', 3],
    ['𠮷田', 4],
  ])('of %s is %i', (name, width) => {
    expect(nameWidth(name)).toBe(width);
  });

  it('tells a long name from an ordinary one', () => {
    expect(isLongName('SANTOS DE OLIVEIRA MARIA FERNANDA')).toBe(false);
    expect(isLongName('SANTOS DE OLIVEIRA CAVALCANTI MARIA FERNANDA')).toBe(true);
  });
});
