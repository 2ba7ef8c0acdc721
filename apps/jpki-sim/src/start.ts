// Starts both listeners: the public one first, because certificates name its address.
import 'reflect-metadata';
import { StandardSchemaValidationPipe, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { StartFault } from '#libs/contract/configuration.js';
import { frameworkAnswers, malformedBody, problemFilter } from '#libs/contract/edge.js';
import { listenAsNamed } from '#libs/contract/listener.js';
import { assert } from '#libs/std/assert.js';
import { systemClock } from '#libs/std/clock.js';
import { processLog, type Log } from '#libs/std/log.js';
import { systemRandom } from '#libs/std/random.js';
import { err, ok, type Result } from '#libs/std/result.js';
import type { Outside } from './certificate-authority.js';
import type { Configuration } from './configuration.js';
import { managementBodyMaxBytes, requestMaxBytes } from './limits.js';
import { ManagementController } from './management.controller.js';
import { PublicController } from './public.controller.js';
import { createSimulation, simulation, type Simulation } from './simulation.js';

class PublicModule {}
class ManagementModule {}

export type RunningJpki = { readonly url: string; readonly managementUrl: string; close(): Promise<void> };
export type Surroundings = Outside & { readonly log: Log };

const ofThisMachine = (): Surroundings => ({ clock: systemClock, random: systemRandom, log: processLog('jpki-sim') });

/** For who gives it ports that are free. */
export async function start(configuration: Configuration, surroundings: Surroundings = ofThisMachine()): Promise<RunningJpki> {
  const started = await startAsNamed(configuration, surroundings);
  assert(started.ok, 'both addresses can be had');
  return started.value;
}

/** Faults: an address of the file that cannot be had. */
export async function startAsNamed(
  configuration: Configuration,
  surroundings: Surroundings = ofThisMachine(),
): Promise<Result<RunningJpki, readonly StartFault[]>> {
  let url = '';
  const jpki = await createSimulation(surroundings, () => configuration.ocspBaseUrl ?? url);
  const open = await createPublic(jpki, surroundings.log);
  const management = await createManagement(jpki, surroundings.log);
  const close = async (): Promise<void> => {
    await Promise.all([open.close(), management.close()]);
  };
  const { listen, management: managed } = configuration;
  const listening = await listenAsNamed(() => open.listen(listen.port, listen.host));
  if (!listening.ok) {
    await close();
    return err([listening.error]);
  }
  url = addressOf(await open.getUrl());
  const managing = await listenAsNamed(() => management.listen(managed.port, managed.host), 'management');
  if (!managing.ok) {
    await close();
    return err([managing.error]);
  }
  return ok({ url, managementUrl: addressOf(await management.getUrl()), close });
}

async function createPublic(jpki: Simulation, log: Log): Promise<NestFastifyApplication> {
  const module = moduleOf(PublicModule, { controller: PublicController, jpki });
  const app = await createApp(module, { log, bodyLimit: requestMaxBytes });
  const bytes = (_request: unknown, body: Buffer, done: (error: Error | null, body: Buffer) => void): void => done(null, body);
  app.useBodyParser('application/ocsp-request', { bodyLimit: requestMaxBytes }, bytes);
  app.useGlobalFilters(problemFilter(log));
  return app;
}

async function createManagement(jpki: Simulation, log: Log): Promise<NestFastifyApplication> {
  const module = moduleOf(ManagementModule, { controller: ManagementController, jpki });
  const app = await createApp(module, { log, bodyLimit: managementBodyMaxBytes });
  app.useGlobalPipes(new StandardSchemaValidationPipe({ exceptionFactory: malformedBody }));
  app.useGlobalFilters(problemFilter(log));
  return app;
}

function moduleOf(module: Type, parts: { controller: Type; jpki: Simulation }): DynamicModule {
  return { module, controllers: [parts.controller], providers: [{ provide: simulation, useValue: parts.jpki }] };
}

async function createApp(module: DynamicModule, given: { readonly log: Log; readonly bodyLimit: number }): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ ...frameworkAnswers(given.log), bodyLimit: given.bodyLimit });
  return NestFactory.create<NestFastifyApplication>(module, adapter, { forceCloseConnections: true, logger: false });
}

function addressOf(url: string): string {
  return url.replace(/\/$/, '');
}
