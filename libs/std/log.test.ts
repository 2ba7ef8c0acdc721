import { closeSync, openSync } from 'node:fs';
import { expect, test } from 'vitest';
import { jsonLog, openLines } from './log.js';

function written(write: (log: ReturnType<typeof jsonLog>) => void): readonly string[] {
  const lines: string[] = [];
  write(jsonLog('trial', { write: (line) => void lines.push(line) }));
  return lines;
}
const countOf = (line: string | undefined, name: string): number => (line?.split(`"${name}":`).length ?? 1) - 1;

test('a line is its code, its part and its fields', () => {
  const [line, ...more] = written((log) => log.warn('card-refused', { refusal: 'certificate-expired', attempts: 2 }));
  expect(JSON.parse(line ?? '')).toMatchObject({ part: 'trial', code: 'card-refused', refusal: 'certificate-expired', attempts: 2 });
  expect(more).toEqual([]);
});

test('a field never takes the name of what a line says of itself: the line keeps its own code, and a second line tells', () => {
  const fields = Object.fromEntries([
    ['code', 'certificate-expired'],
    ['level', 'high'],
    ['time', 5],
    ['part', 'other'],
    ['session', 's'],
  ]);
  const [line, ...told] = written((log) => log.info('card-refused', fields));
  expect(['code', 'level', 'time', 'part'].map((name) => countOf(line, name))).toEqual([1, 1, 1, 1]);
  const kept = { 'field.code': 'certificate-expired', 'field.level': 'high', 'field.time': 5, 'field.part': 'other', session: 's' };
  expect(JSON.parse(line ?? '')).toMatchObject({ code: 'card-refused', part: 'trial', level: 30, ...kept });
  const fieldsTold = told.map((one) => JSON.parse(one) as Record<string, unknown>);
  expect(fieldsTold.map((one) => [one['code'], one['line'], one['field'], one['level']])).toEqual(
    ['level', 'time', 'part', 'code'].map((field) => ['log-field-reserved', 'card-refused', field, 50]),
  );
});

test('what is personal is not written, whoever hands it over', () => {
  const [line] = written((log) => log.error('broken', { name: '汐見 太郎', serial: '0A01', session: 's' }));
  expect(line).not.toMatch(/汐見|0A01/);
  expect(JSON.parse(line ?? '')).toMatchObject({ name: '[redacted]', serial: '[redacted]', session: 's' });
});

test('a log on a full disk ends nobody who writes to it', async () => {
  const full = openSync('/dev/full', 'w');
  const log = jsonLog('trial', openLines(full));
  const write = async (): Promise<string> => {
    for (let line = 0; line < 2_000; line++) log.error('disk-full', { filler: 'x'.repeat(500) });
    // What a stream has to say about a failure, it may say after the call.
    await new Promise((resolve) => setImmediate(resolve));
    return 'done';
  };
  expect(await write()).toBe('done');
  closeSync(full);
});
