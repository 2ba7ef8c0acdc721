// Puts the staff part together and listens.
import { Module, StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { frameworkAnswers, malformedBody, problemFilter } from '#libs/contract/edge.js';
import type { Running } from '#libs/contract/part.js';
import { systemClock } from '#libs/std/clock.js';
import { processLog } from '#libs/std/log.js';
import { Store } from '#libs/storage/store.js';
import type { StaffConfiguration } from './configuration.js';
import { clockToken, kiosksToken, MattersController } from './matters.controller.js';
import { entities, migrations } from './storage/schema.js';
import { MatterStore } from './storage/matter-store.js';

/** A case is a few hundred bytes. */
const bodyLimitBytes = 64 * 1024;

export async function start(configuration: StaffConfiguration): Promise<Running & { readonly url: string }> {
  const store = await Store.open({ database: configuration.database, entities, migrations });
  const root = {
    module: StaffModule,
    controllers: [MattersController],
    providers: [
      { provide: MatterStore, useValue: new MatterStore(store) },
      { provide: clockToken, useValue: systemClock },
      { provide: kiosksToken, useValue: configuration.kiosks },
    ],
  };
  const log = processLog('staff');
  const adapter = new FastifyAdapter({ ...frameworkAnswers(log), bodyLimit: bodyLimitBytes });
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, { forceCloseConnections: true, logger: false });
  app.useGlobalPipes(new StandardSchemaValidationPipe({ exceptionFactory: malformedBody }));
  app.useGlobalFilters(problemFilter(log));
  await app.listen(configuration.listen.port, configuration.listen.host);
  const url = await app.getUrl();
  const close = async (): Promise<void> => {
    await app.close();
    await store.close();
  };
  return { url, ready: url, close };
}

@Module({})
class StaffModule {}
