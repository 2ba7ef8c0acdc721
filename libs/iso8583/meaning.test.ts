// Profile, times and response codes: what a message means beyond its bytes.
import { describe, expect, it } from 'vitest';
import { fields } from './fields.js';
import { message } from './message.js';
import { answerMti, checkProfile, profiles } from './profile.js';
import { responseCodes, reversalReasons, reversalVerdict, sentenceOf } from './response-codes.js';
import { dateInJapan, messageTimes, retrievalReferenceNumber } from './times.js';

const morning = Date.UTC(2026, 10, 22, 1, 30, 0);

describe('times', () => {
  it('are those of the worked example', () => {
    expect(messageTimes(morning)).toEqual({ transmissionTime: '1122013000', localTime: '103000', localDate: '1122' });
    expect(retrievalReferenceNumber(morning, '000001')).toBe('632601000001');
  });

  it('cross the day in Japan nine hours before UTC does', () => {
    const evening = Date.UTC(2027, 11, 31, 15, 0, 1);
    expect(messageTimes(evening)).toEqual({ transmissionTime: '1231150001', localTime: '000001', localDate: '0101' });
    expect(dateInJapan(evening)).toBe('20280101');
    expect(retrievalReferenceNumber(evening, '999999')).toBe('736515999999');
    expect(retrievalReferenceNumber(Date.UTC(2028, 11, 31, 0, 0, 0), '999999')).toBe('836600999999');
  });
});

describe('the profile', () => {
  it('names only elements of the table', () => {
    for (const table of Object.values(profiles)) {
      for (const row of Object.values(table)) {
        for (const number of [...row.mandatory, ...row.optional, ...row.approved]) expect(fields.has(number)).toBe(true);
      }
    }
  });

  it('wants an approval code exactly when the answer approves', () => {
    const echo = { 2: '1', 3: '0', 4: '1', 7: '1', 11: '1', 12: '1', 13: '1', 15: '1', 32: '1', 37: '1', 41: '1', 42: '1', 49: '392' };
    expect(checkProfile(message('0210', { ...echo, 39: '00' }), 1)).toEqual({ ok: false, error: { code: 'missing-field', field: 38 } });
    expect(checkProfile(message('0210', { ...echo, 39: '00', 38: 'A00001' }), 1).ok).toBe(true);
    expect(checkProfile(message('0210', { ...echo, 39: '51', 38: 'A00001' }), 1)).toEqual({
      ok: false,
      error: { code: 'unexpected-field', field: 38 },
    });
  });

  it('refuses a MAC in version 1 and asks for it in version 2', () => {
    const echo = { 7: '1', 11: '1', 41: '1', 70: '301' };
    expect(checkProfile(message('0800', { ...echo, 128: Buffer.alloc(8) }), 1).ok).toBe(false);
    expect(checkProfile(message('0800', echo), 2).ok).toBe(false);
    expect(checkProfile(message('0100', {}), 1)).toEqual({ ok: false, error: { code: 'unknown-mti', field: 0 } });
  });

  it('answers a repeat as the first', () => {
    expect(answerMti('0421')).toBe(answerMti('0420'));
    expect(answerMti('0210')).toBeNull();
  });
});

describe('response codes', () => {
  it('each say in Japanese what happened, and leave the money to the screen, which says it once', () => {
    for (const { sentence } of responseCodes.values()) expect(sentence).toMatch(/。$/);
    const twice = [...responseCodes].filter(([, { sentence }]) => /料金|引き落と/.test(sentence));
    expect(twice.map(([code]) => code)).toEqual([]);
    expect(sentenceOf('77')).toBe(sentenceOf('05'));
  });

  it('end, repeat or pass on a reversal', () => {
    expect(['00', '25', '91', '96', '13', '57', '97'].map(reversalVerdict)).toEqual([
      'final',
      'final',
      'retry',
      'retry',
      'case',
      'case',
      'case',
    ]);
    expect(Object.keys(reversalReasons)).toEqual(['17', '21', '22', '68']);
  });
});
