import { expect, it } from 'vitest';
import { endingCodes, wordsOf } from './endings.js';

it('never sends to the staff whom the other side sends to the counter or home', () => {
  const theirs = 'このカードの電子証明書は失効しています。お住まいの市区町村の窓口で手続きをしてください。';
  const words = wordsOf({ code: 'certificate-revoked', sentence: theirs });
  expect(words).toEqual({ sentence: theirs, next: 'ご不明な点は、係員にお声がけください。' });
});

it('has a sentence and a next step for every code of its own', () => {
  for (const code of endingCodes.filter((known) => known !== 'starting')) {
    for (const slip of ['none', 'asked', 'missing'] as const) {
      const { sentence, next } = wordsOf({ code, sentence: null }, slip);
      expect([code, sentence]).toEqual([code, expect.stringMatching(/。$/)]);
      expect([code, next]).toEqual([code, expect.stringMatching(/。$/)]);
    }
  }
});

it('says something for a code that nobody foresaw', () => {
  expect(wordsOf({ code: 'no-such-code', sentence: null }).sentence).toMatch(/。$/);
});
