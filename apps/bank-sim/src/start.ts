// Wires the bank and starts its two listeners: ISO 8583 over TCP, management over HTTP.
import 'reflect-metadata';
import { StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { StartFault } from '#libs/contract/configuration.js';
import { frameworkAnswers, malformedBody, problemFilter } from '#libs/contract/edge.js';
import { listenAsNamed } from '#libs/contract/listener.js';
import { assert } from '#libs/std/assert.js';
import { wipe } from '#libs/std/bytes.js';
import { systemClock, type Clock } from '#libs/std/clock.js';
import { processLog, type Log } from '#libs/std/log.js';
import { systemRandom, type Random } from '#libs/std/random.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { Books } from './books/books.js';
import type { Configuration } from './configuration.js';
import { Host } from './host/host.js';
import { limits } from './limits.js';
import { bankToken, ManagementController, type Bank } from './management/management.controller.js';
import { FaultSwitch } from './wire/fault-switch.js';
import { TcpServer } from './wire/tcp-server.js';

class ManagementModule {}

export type Surroundings = { readonly clock: Clock; readonly random: Random; readonly log: Log };
export type RunningBank = {
  /** Of the ISO 8583 listener. */
  readonly host: string;
  readonly port: number;
  readonly managementUrl: string;
  close(): Promise<void>;
};

const ofThisMachine = (): Surroundings => ({ clock: systemClock, random: systemRandom, log: processLog('bank-sim') });

/** For who gives it ports that are free. */
export async function start(configuration: Configuration, surroundings: Surroundings = ofThisMachine()): Promise<RunningBank> {
  const started = await startAsNamed(configuration, surroundings);
  assert(started.ok, 'both addresses can be had');
  return started.value;
}

/** Faults: an address of the file that cannot be had. */
export async function startAsNamed(
  configuration: Configuration,
  { clock, random, log }: Surroundings = ofThisMachine(),
): Promise<Result<RunningBank, readonly StartFault[]>> {
  const bdk = Buffer.from(configuration.bdk, 'hex');
  const books = new Books({ bdk, random, stateFile: configuration.stateFile });
  wipe(bdk);
  const faults = new FaultSwitch();
  const host = new Host({ books, clock, log, holidays: new Set(configuration.holidays) });
  const server = new TcpServer({ host, faults, clock, log });
  const management = await createManagement({ books, faults }, log);
  const close = async (): Promise<void> => {
    await Promise.all([server.close(), management.close()]);
  };
  const { listen, management: managed } = configuration;
  const listening = await listenAsNamed(() => server.listen(listen.host, listen.port));
  if (!listening.ok) {
    await close();
    return err([listening.error]);
  }
  const managing = await listenAsNamed(() => management.listen(managed.port, managed.host), 'management');
  if (!managing.ok) {
    await close();
    return err([managing.error]);
  }
  const { address, port } = listening.value;
  return ok({ host: address, port, managementUrl: (await management.getUrl()).replace(/\/$/, ''), close });
}

async function createManagement(bank: Bank, log: Log): Promise<NestFastifyApplication> {
  const module = { module: ManagementModule, controllers: [ManagementController], providers: [{ provide: bankToken, useValue: bank }] };
  const adapter = new FastifyAdapter({ ...frameworkAnswers(log), bodyLimit: limits.managementBodyBytes });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { forceCloseConnections: true, logger: false });
  app.useGlobalPipes(new StandardSchemaValidationPipe({ exceptionFactory: malformedBody }));
  app.useGlobalFilters(problemFilter(log));
  return app;
}
