import { expect, it } from 'vitest';
import { databaseSchema, httpUrl, listenAsNamed } from './listener.js';

const failing = (code: string) => (): Promise<never> => Promise.reject(Object.assign(new Error('listen'), { code }));

it.each([
  ['EADDRINUSE', 'management.port', true],
  ['EACCES', 'management.port', undefined],
  ['EADDRNOTAVAIL', 'management.host', undefined],
  ['ENOTFOUND', 'management.host', undefined],
  ['EAI_AGAIN', 'management.host', true],
])('%s is a fault of the address in the file', async (code, key, isPassing) => {
  const listened = await listenAsNamed(failing(code), 'management');
  expect(listened.ok ? null : [listened.error.key, listened.error.isPassing]).toEqual([key, isPassing]);
});

it('gives what listen gave, and throws what is no fault of the address', async () => {
  expect(await listenAsNamed(() => Promise.resolve('http://127.0.0.1:1'))).toEqual({ ok: true, value: 'http://127.0.0.1:1' });
  await expect(listenAsNamed(failing('ERR_BUG'))).rejects.toMatchObject({ code: 'ERR_BUG' });
});

it('says how a database is addressed', () => {
  const parsed = databaseSchema.safeParse({ kind: 'postgresql', url: 'postgresx' });
  expect(parsed.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)).toEqual([
    'url: postgresql://user:password@host:port/database',
  ]);
});

it.each([
  'http://u:pw@127.0.0.1:8080',
  'http://u@127.0.0.1:8080',
  'http://127.0.0.1:8080/?a=b',
  'https://center.example/#b',
  'https://center.example?',
])('whom a part calls is an address and nothing else: not %s', (url) => {
  expect(httpUrl.safeParse(url).error?.issues.map(({ message }) => message)).toEqual([
    'an http:// or https:// address without user, password, ? and #',
  ]);
});

it('takes an address with and without a path', () => {
  expect(['http://127.0.0.1:8080', 'https://center.example/kiosks'].filter((url) => !httpUrl.safeParse(url).success)).toEqual([]);
});
