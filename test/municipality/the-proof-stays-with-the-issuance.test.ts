// The center's word about revocation is the one thing that is not checked here; so it is kept,
// with the OCSP response that it rests on, for as long as the issuance is.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shiomidai } from '../../apps/demo/world/registers.js';
import { findRequest, eraseExpired } from '../../apps/municipality/src/storage/issuance.js';
import { centerVerdictSchema } from '#libs/contract/municipality.js';
import { publicHalf, verify } from '#libs/contract/sealed.js';
import { centerKey, Office } from './office.js';
import { Visit } from './visit.js';

let office: Office;
beforeAll(async () => {
  office = await Office.open({ register: shiomidai });
}, 60_000);
afterAll(async () => office.close());

test('verdict and evidence are there after the bundle was erased, and still fit the statement and each other', async () => {
  const visit = new Visit(office, await office.linkedCard('910101'));
  const statement = visit.requestStatement(await visit.login());
  const evidence = Buffer.from('the OCSP response of this request').toString('base64');
  const opened = await visit.open(await visit.postRequest(await visit.forward(statement, { evidence })));
  await visit.tell(opened, ['delivered']);
  const row = await office.inDatabase(async (store) => {
    await store.write((manager) => eraseExpired(manager, Date.now() + 365 * 86_400_000, 100));
    return findRequest(store.read, statement.request);
  });
  expect(row).toMatchObject({ state: 'prepared', bundle: null, evidence });
  const keys = [publicHalf(centerKey)];
  const verdict = await verify(row?.verdict ?? '', { typ: 'madoguchi-verdict+jws', schema: centerVerdictSchema, keys });
  expect(verdict).toMatchObject({ value: { request: statement.request, statementSha256: row?.statementSha256 } });
  const evidenceSha256 = createHash('sha256').update(Buffer.from(evidence, 'base64')).digest('hex');
  expect(verdict).toMatchObject({ value: { revocation: { source: 'ocsp', evidenceSha256 } } });
});
