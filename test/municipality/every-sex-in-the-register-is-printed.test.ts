// ISO/IEC 5218 has four codes, and whoever is registered under any of them gets a sheet: 男,
// 女, and 【空欄】 where nothing is known (0) or nothing applies (9).
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shiomidai } from '../../apps/demo/world/registers.js';
import type { Resident } from '#libs/contract/register.js';
import { Office } from './office.js';
import { textOf } from './pdf-text.js';
import { Visit } from './visit.js';

const codes: readonly Resident['sex'][] = ['0', '1', '2', '9'];
const numberOf = (sex: Resident['sex']): string => `97700${sex}`;
const [somebody] = shiomidai.residents;

let office: Office;
beforeAll(async () => {
  const people = codes.flatMap((sex): Resident[] =>
    somebody === undefined ? [] : [{ ...somebody, sex, residentNumber: numberOf(sex), household: numberOf(sex), formerName: '旧氏' }],
  );
  office = await Office.open({ register: { ...shiomidai, residents: people } });
}, 60_000);
afterAll(async () => office.close());

test.each([
  ['0', '【空欄】'],
  ['1', '男'],
  ['2', '女'],
  ['9', '【空欄】'],
] as const)('sex %s stands there as %s', async (sex, printed) => {
  const visit = new Visit(office, await office.linkedCard(numberOf(sex)));
  const { pdfs } = await visit.open(await visit.request(visit.requestStatement(await visit.login())));
  expect(textOf(pdfs[0] ?? Buffer.alloc(0))).toContain(`性別${printed}続柄`);
});
