import { expect, it } from 'vitest';
import { sentenceOf } from './print-stage.js';

it('says that the printer has stopped for what stops it, and for nothing that only warns', () => {
  expect(sentenceOf([])).toBeNull();
  expect(sentenceOf(['toner-low-warning', 'marker-waste-almost-full-report'])).toBeNull();
  expect(sentenceOf(['toner-low-warning', 'media-jam-error'])).toContain('つまりました');
  // Without a suffix it is an error (RFC 8011 §5.4.12).
  expect(sentenceOf(['media-empty'])).toContain('用紙がなくなりました');
  expect(sentenceOf(['cover-open-error'])).toContain('止まっています');
});
