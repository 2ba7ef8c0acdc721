import { createServer, type AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import { shiomidai, TrialBranch } from '../trial/branch.js';

async function deadPort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

test('a Redis that was never there: the center starts, outcomes go out, and it stops', async () => {
  const branch = await TrialBranch.start({ redisUrl: `redis://127.0.0.1:${await deadPort()}` });
  const card = await branch.resident(shiomidai);
  const session = await branch.open();
  await session.logIn(card);
  const statement = session.requestStatement();
  await session.ask(card, statement);
  expect((await session.tell(session.outcome(statement.request))).status).toBe(200);
  await vi.waitFor(() => expect(branch.shiomidai.outcomes.length).toBe(1), { timeout: 3_000 });
  expect(branch.codes().filter((code) => code === 'redis-lost')).toHaveLength(1);
  const startedMs = performance.now();
  await branch.close();
  expect(performance.now() - startedMs).toBeLessThan(6_000);
}, 20_000);
