import { verify, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createIdCard } from '#devices/emulated/id-card/id-card.js';
import type { IdCard } from '#devices/emulated/id-card/id-card.js';
import { fixtureOptions } from '#devices/emulated/id-card/fixture.js';
import { selectJpkiApplication } from '#libs/jpki/application.js';
import { authPinTries, verifyAuthPin } from '#libs/jpki/auth-pin.js';
import { readCertificate, readTokenKind } from '#libs/jpki/files.js';
import { signWithAuthKey } from '#libs/jpki/sign.js';
import { ok } from '#libs/std/result.js';
import { connectTo, openCardBranch, untilPresence } from './branch.js';
import type { CardBranch } from './branch.js';
import { makeCardWithOpenssl } from './openssl-cards.js';

let branch: CardBranch;
let card: IdCard;

beforeAll(async () => {
  card = createIdCard(fixtureOptions({ issued: await makeCardWithOpenssl() }));
  branch = await openCardBranch();
}, 20_000);
afterAll(() => branch.close());

it('reads, verifies and signs through pcscd, and leaves no PIN behind', async () => {
  const [reader] = branch.readers;
  expect(await branch.slots[0].insert(card)).toEqual(ok(undefined));
  await untilPresence(reader, 'present');
  const first = await connectTo(reader);
  expect(first.atr).toEqual(card.atr);
  expect(await selectJpkiApplication(first)).toEqual(ok(undefined));
  expect(await readTokenKind(first)).toEqual(ok('my-number-card'));
  const der = await readCertificate(first, 'authentication-certificate');
  const certificate = new X509Certificate(der.ok ? der.value : Buffer.alloc(0));
  expect(certificate.subject).toBe('C=JP\nCN=997794E9AGCIEG99101003A');
  expect(await signWithAuthKey(first, Buffer.from('statement'))).toMatchObject({ error: { code: 'pin-required' } });
  expect(await verifyAuthPin(first, Buffer.from('9999'))).toEqual(ok({ outcome: 'wrong', triesLeft: 2 }));
  expect(await authPinTries(first)).toEqual(ok({ outcome: 'open', triesLeft: 2 }));
  expect(await verifyAuthPin(first, Buffer.from('1234'))).toEqual(ok({ outcome: 'verified' }));
  const signature = await signWithAuthKey(first, Buffer.from('statement'));
  expect(signature.ok && verify('sha256', Buffer.from('statement'), certificate.publicKey, signature.value)).toBe(true);
  expect(await reader.connect()).toMatchObject({ error: { code: 'sharing-violation' } });
  await first.disconnect('reset');
  await first.disconnect('reset');
  expect(await first.transmit(Buffer.from('00200080', 'hex'))).toMatchObject({ ok: false });

  const second = await connectTo(reader);
  expect(await selectJpkiApplication(second)).toEqual(ok(undefined));
  expect(await signWithAuthKey(second, Buffer.from('statement'))).toMatchObject({ error: { code: 'pin-required' } });
  await second.disconnect('unpower');
  await branch.slots[0].remove();
  await untilPresence(reader, 'absent');
  expect(await reader.connect()).toMatchObject({ error: { code: 'no-card' } });
}, 20_000);

it('serves both slots at once, each command in its turn', async () => {
  const other = createIdCard(fixtureOptions({ label: 'second', interface: 'contactless' }));
  await Promise.all([branch.slots[0].insert(card), branch.slots[1].insert(other)]);
  await Promise.all(branch.readers.map((reader) => untilPresence(reader, 'present')));
  const connections = await Promise.all(branch.readers.map((reader) => connectTo(reader)));
  expect(connections.map((connection) => connection.atr)).toEqual([card.atr, other.atr]);
  const challenges = connections.flatMap((connection) =>
    [4, 8, 16, 32].map((length) => connection.transmit(Buffer.from([0x00, 0x84, 0x00, 0x00, length]))),
  );
  const lengths = (await Promise.all(challenges)).map((answer) => answer.ok && answer.value.length - 2);
  expect(lengths).toEqual([4, 8, 16, 32, 4, 8, 16, 32]);
  await Promise.all(connections.map((connection) => connection.disconnect('reset')));
  await Promise.all(branch.slots.map((slot) => slot.remove()));
}, 20_000);
