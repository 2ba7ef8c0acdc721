// The kiosk without its HTTP: devices, stores, stages, workers and the runner, put together.
import type { StartFault } from '#libs/contract/configuration.js';
import type { NewEntry } from '#libs/journal/entry.js';
import type { Effect } from '#libs/session/effect.js';
import type { Event } from '#libs/session/event.js';
import type { Visit } from '#libs/session/state.js';
import { ok, type Result } from '#libs/std/result.js';
import { openCenterClock, type CenterClock } from './center-clock.js';
import { CenterClient } from './center-client.js';
import type { KioskConfiguration } from './configuration.js';
import { openDevices, type Devices } from './devices.js';
import { FeeWindow } from './fee-window.js';
import { openMoneySide, type MoneySide } from './money-side.js';
import { openOwnStores, type Stores, type World } from './parts.js';
import { Recovery } from './come-back.js';
import { Runner } from './runner.js';
import { StaffClient } from './staff-client.js';
import { BankStage } from './stages/bank-stage.js';
import { CardStage } from './stages/card-stage.js';
import { CenterStage } from './stages/center-stage.js';
import { PaperTrail } from './stages/paper-trail.js';
import { Stages } from './stages/perform.js';
import { PrintStage } from './stages/print-stage.js';
import { Watch } from './watch.js';
import { openOutbox, type Outbox } from './workers/outbox.js';

export type Kiosk = { readonly runner: Runner; canWrite(): Promise<boolean>; close(): Promise<void> };

type Assembled = {
  readonly configuration: KioskConfiguration;
  readonly world: World;
  readonly devices: Devices;
  readonly stores: Stores;
  readonly outbox: Outbox;
  readonly center: CenterClient;
};

export async function openKiosk(configuration: KioskConfiguration, world: World): Promise<Result<Kiosk, readonly StartFault[]>> {
  const opened = await openOwnStores(configuration.database.file);
  if (!opened.ok) return opened;
  const stores = opened.value;
  const plugged = await openDevices(configuration, world);
  if (!plugged.ok) {
    await stores.close();
    return plugged;
  }
  const devices = plugged.value;
  const center = new CenterClient(configuration.center.url);
  const outbox = openOutbox({ stores, center, staff: new StaffClient(configuration.staff.url), ...world });
  const assembled: Assembled = { configuration, world, devices, stores, outbox, center };
  let runner: Runner | null = null;
  let fees: FeeWindow | null = null;
  const money = openMoneySide({
    configuration,
    world,
    devices,
    stores,
    onReversed: (session, wasPosted) => void runner?.dispatch({ type: 'reversed', wasPosted }, session),
    onSignedOn: () => void fees?.look(),
  });
  const stages = stagesOf(assembled, { money, runner: () => runner });
  const perform = (effect: Effect, visit: Visit): Promise<Event | null> => stages.perform(effect, visit);
  const append = (entry: NewEntry): Promise<unknown> => stores.journal.append(entry);
  runner = new Runner({ ...world, perform, append, onBroken: (visit) => recovery.comeBack(visit) });
  const clock = watchedClock(configuration, { world, runner });
  const findUnready = async (): Promise<string | null> =>
    (await clock.findFault()) ?? (await money.findUnready({ withFee: false, sheets: 1 }));
  const watch = new Watch({ runner, devices, findUnready, ...world });
  const { hours = null } = configuration.bank;
  const window = new FeeWindow({ runner, hours, isSignedOn: () => money.host.isSignedOn(), clock: world.clock });
  fees = window;
  const recovery = new Recovery({
    ...world,
    ...stores,
    printer: devices.printer,
    cancelTimeoutMs: configuration.limits.cancelTimeoutMs,
    append,
    perform,
    runner,
    watch: startingBoth(window, watch),
    wake: () => outbox.wake(),
  });
  recovery.begin();
  const inOrder = [runner, window, recovery, watch, outbox, money, devices, stores];
  return ok({ runner, canWrite: () => stores.canWrite(), close: () => closeAll(inOrder) });
}

function watchedClock({ center }: KioskConfiguration, { world, runner }: { world: World; runner: Runner }): CenterClock {
  const clock = openCenterClock(center.url, world);
  runner.onShown(({ state }) => {
    if (state.name === 'ended' && state.ending?.code === 'clock-apart') clock.suspect();
  });
  return clock;
}

/** Nothing is looked at before recovery has written down what was open; then the bank first, so that nobody is offered what is closed. */
function startingBoth(window: FeeWindow, watch: Watch): Pick<Watch, 'start' | 'tellAgain'> {
  return {
    start: () => {
      window.begin();
      watch.start();
    },
    tellAgain: () => {
      void window.look();
      watch.tellAgain();
    },
  };
}

async function closeAll(parts: readonly { close(): Promise<void> | void }[]): Promise<void> {
  for (const part of parts) await part.close();
}

type StageLinks = { readonly money: MoneySide; readonly runner: () => Runner | null };

function stagesOf({ configuration, world, devices, stores, outbox, center }: Assembled, parts: StageLinks): Stages {
  const { kiosk, branch, key } = configuration;
  const municipalities = new Map(configuration.municipalities.map((one) => [one.code, one.key]));
  const tell = (event: Event): void => void parts.runner()?.dispatch(event);
  return new Stages({
    ...stores,
    card: new CardStage(devices.idCardReader),
    center: new CenterStage({ ...world, client: center, kiosk, key, center: configuration.center.id, municipalities }),
    bank: new BankStage({
      ...stores,
      reader: devices.cashCardReader,
      aids: configuration.cashCardAids.map((aid) => Buffer.from(aid, 'hex')),
      pinPad: devices.pinPad,
      host: parts.money.host,
      clock: world.clock,
      onDigits: (count) => tell({ type: 'pin-pad-digits', count }),
    }),
    print: new PrintStage({
      ...stores,
      printer: devices.printer,
      timeoutMs: configuration.limits.printTimeoutMs,
      cancelTimeoutMs: configuration.limits.cancelTimeoutMs,
      onStopped: (reason) => tell({ type: 'printer-stopped', reason }),
    }),
    trail: new PaperTrail({
      ...world,
      ...stores,
      kiosk,
      branch,
      collector: configuration.bank.name ?? `金融機関コード${configuration.bank.acquirer}`,
      key,
      receiptPrinter: devices.receiptPrinter,
      wake: () => void outbox.wake(),
    }),
    findUnready: (needed) => parts.money.findUnready(needed),
    wakeReversals: () => parts.money.wakeReversals(),
    clock: world.clock,
  });
}
