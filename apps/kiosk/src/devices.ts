// Which adapter stands behind each port: the only place that knows.
import type { CardReader } from '#devices/card-reader/port.js';
import { createPcscReaders } from '#devices/card-reader/pcsc-reader.js';
import { createDirectReader } from '#devices/emulated/direct-reader.js';
import type { PinPad } from '#devices/pin-pad/port.js';
import { createTcpPinPad } from '#devices/pin-pad/tcp-pin-pad.js';
import { createIppPrinter } from '#devices/printer/ipp-printer.js';
import type { Printer } from '#devices/printer/port.js';
import { createEscposPrinter } from '#devices/receipt-printer/escpos-tcp.js';
import type { ReceiptPrinter } from '#devices/receipt-printer/port.js';
import type { StartFault } from '#libs/contract/configuration.js';
import { assert } from '#libs/std/assert.js';
import type { Clock } from '#libs/std/clock.js';
import type { Log } from '#libs/std/log.js';
import type { Random } from '#libs/std/random.js';
import { err, ok, type Result } from '#libs/std/result.js';
import type { KioskConfiguration } from './configuration.js';

export type Devices = {
  readonly idCardReader: CardReader;
  readonly cashCardReader: CardReader;
  readonly pinPad: PinPad;
  readonly printer: Printer;
  readonly receiptPrinter: ReceiptPrinter;
  close(): Promise<void>;
};

type World = { readonly clock: Clock; readonly random: Random; readonly log: Log };

export async function openDevices(configuration: KioskConfiguration, world: World): Promise<Result<Devices, readonly StartFault[]>> {
  const opened = await openReaders(configuration, world);
  if (!opened.ok) return opened;
  const readers = opened.value;
  const pinPad = createTcpPinPad({ ...configuration.pinPad, ...world });
  const { uri, tls, tray } = configuration.printer;
  const printer = createIppPrinter({ uri, clock: world.clock, ...(tls && { tls }), ...(tray !== undefined && { tray }) });
  const receiptPrinter = createEscposPrinter({ ...configuration.receiptPrinter, clock: world.clock });
  const close = async (): Promise<void> => {
    await Promise.all([readers.close(), pinPad.close(), printer.close(), receiptPrinter.close()]);
  };
  const [idCardReader, cashCardReader] = readers.pair;
  return ok({ idCardReader, cashCardReader, pinPad, printer, receiptPrinter, close });
}

type Readers = { readonly pair: readonly [CardReader, CardReader]; close(): Promise<void> };

async function openReaders({ cardReader }: KioskConfiguration, { clock, log }: World): Promise<Result<Readers, readonly StartFault[]>> {
  if (cardReader.kind === 'direct') {
    const one = await createDirectReader({ port: cardReader.idCardPort, clock });
    if (!one.ok) return portInUse('cardReader.idCardPort');
    const two = await createDirectReader({ port: cardReader.cashCardPort, clock });
    if (!two.ok) {
      await one.value.close();
      return portInUse('cardReader.cashCardPort');
    }
    const pair = [one.value, two.value] as const;
    return ok({ pair, close: async () => void (await Promise.all(pair.map((reader) => reader.close()))) });
  }
  const pcsc = createPcscReaders({ readerNames: [cardReader.idCardReader, cardReader.cashCardReader], clock, log });
  const [one, two] = pcsc.readers;
  assert(one !== undefined && two !== undefined, 'one reader a name');
  return ok({ pair: [one, two], close: () => pcsc.close() });
}

function portInUse(key: string): Result<never, readonly StartFault[]> {
  return err([{ key, expected: 'a port of 127.0.0.1 on which nobody else listens', isPassing: true }]);
}
