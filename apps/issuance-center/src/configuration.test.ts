import { publicHalf } from '#libs/contract/sealed.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configurationSchema, type ConfigurationFile } from './configuration.js';
import { newKey, TrialBranch } from './trial/branch.js';

let branch: TrialBranch;
beforeAll(async () => {
  branch = await TrialBranch.start();
});
afterAll(() => branch.close());

function faults(change: Partial<ConfigurationFile>): string[] {
  const parsed = configurationSchema.safeParse({ ...branch.file(), ...change });
  return parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
}

test('a whole configuration of a demo is accepted, with its defaults', () => {
  expect(faults({})).toEqual([]);
  const parsed = configurationSchema.parse(branch.file());
  expect(parsed.ocsp.nonce).toBe('required');
  expect(parsed.listen.host).toBe('127.0.0.1');
});

test('whether it is a demo is said', () => {
  const { demo: _demo, ...silent } = branch.file();
  const parsed = configurationSchema.safeParse(silent);
  expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toContain('demo');
});

test('outside a demo a test CA is refused', () => {
  expect(faults({ demo: false })).toEqual(['trustAnchors.0: a CA of JPKI: only a demo trusts a test CA']);
});

test('all faults are named together', () => {
  const found = faults({ secret: 'AAAA', trustAnchors: ['AAAA'], listen: { port: 70_000 }, ocsp: { url: 'ftp://x' } });
  for (const key of ['secret', 'trustAnchors', 'listen.port', 'ocsp.url']) expect(found.some((fault) => fault.startsWith(key))).toBe(true);
});

test('anchors that are none, and parties that are there twice, are refused', () => {
  const expected = 'the DER certificate of a JPKI CA (der-tag)';
  const trustAnchors = ['AAAA', ...branch.file().trustAnchors, 'AAAA'];
  expect(faults({ trustAnchors })).toEqual([`trustAnchors.0: ${expected}`, `trustAnchors.2: ${expected}`]);
  const key = publicHalf(newKey());
  const twice = [
    { id: 'KIOSK001', key },
    { id: 'KIOSK001', key },
  ];
  const twin = (place: string): string => `${place}: another than ${place.replace('.1.', '.0.')}, which is the same`;
  expect(faults({ kiosks: twice })).toEqual([twin('kiosks.1.id'), twin('kiosks.1.key')]);
  const [one] = branch.file().municipalities;
  expect(faults({ municipalities: one === undefined ? [] : [one, one] })).toEqual([
    twin('municipalities.1.code'),
    twin('municipalities.1.key'),
  ]);
});
