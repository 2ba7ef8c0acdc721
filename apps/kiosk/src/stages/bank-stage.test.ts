// やめる at the moment of the last digit: the PIN block of a visit that is over is kept by nobody.
import { expect, it } from 'vitest';
import type { CardReader } from '#devices/card-reader/port.js';
import { virtualCashCardAid } from '#devices/emulated/cash-card/files.js';
import { createVirtualCashCard } from '#devices/emulated/cash-card/virtual-cash-card.js';
import type { PinPad } from '#devices/pin-pad/port.js';
import { systemClock } from '#libs/std/clock.js';
import { ok } from '#libs/std/result.js';
import type { HostLink } from '../host-link/host-link.js';
import type { ChargeStore } from '../storage/charge-store.js';
import { BankStage } from './bank-stage.js';

const card = createVirtualCashCard({ label: 'cash-card', pan: '9392999900000019', panSequence: '00', expires: '301231' });
const reader: Pick<CardReader, 'connect'> = {
  connect: async () =>
    ok({
      atr: Buffer.alloc(0),
      transmit: async (command) => ok(card.transmit(Buffer.from(command))),
      disconnect: async () => undefined,
    }),
};

it('a PIN block that comes after the citizen has stopped is overwritten, and nothing is charged with it', async () => {
  const pinBlock = Buffer.from('0123456789abcdef', 'hex');
  let type = (): void => undefined;
  const pinPad: Pick<PinPad, 'enterPin'> = {
    enterPin: () => new Promise((resolve) => (type = () => resolve(ok({ pinBlock, ksn: Buffer.alloc(10) })))),
  };
  const stage = new BankStage({
    reader: reader as CardReader,
    aids: [virtualCashCardAid],
    pinPad: pinPad as PinPad,
    host: {} as HostLink,
    charges: {} as ChargeStore,
    clock: systemClock,
    onDigits: () => undefined,
  });
  expect(await stage.readCard()).toEqual({ type: 'cash-card-read' });
  const asked = stage.askPin(300);
  stage.cancelPin();
  await stage.release();
  type();
  expect(await asked).toMatchObject({ type: 'failed', code: 'bank-pin-cancelled' });
  expect(pinBlock.equals(Buffer.alloc(8))).toBe(true);
});
