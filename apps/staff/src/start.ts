// Puts the staff part together and listens.
import { Module, StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { frameworkAnswers, malformedBody, problemFilter } from '#libs/contract/edge.js';
import type { StartFault } from '#libs/contract/configuration.js';
import { listenAsNamed } from '#libs/contract/listener.js';
import type { Running } from '#libs/contract/part.js';
import { systemClock } from '#libs/std/clock.js';
import { processLog } from '#libs/std/log.js';
import { err, type Err } from '#libs/std/result.js';
import { openNamedStore } from '#libs/storage/open-fault.js';
import type { StaffConfiguration } from './configuration.js';
import { limits } from './limits.js';
import { clockToken, kiosksToken, MattersController } from './matters.controller.js';
import { entities, migrations } from './storage/schema.js';
import { MatterStore } from './storage/matter-store.js';

export type Started = Running & { readonly url: string };

export async function start(configuration: StaffConfiguration): Promise<Started | Err<readonly StartFault[]>> {
  const opened = await openNamedStore({ database: configuration.database, entities, migrations });
  if (!opened.ok) return err([opened.error]);
  const store = opened.value;
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
  const adapter = new FastifyAdapter({ ...frameworkAnswers(log), bodyLimit: limits.bodyBytes });
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, { forceCloseConnections: true, logger: false });
  app.useGlobalPipes(new StandardSchemaValidationPipe({ exceptionFactory: malformedBody }));
  app.useGlobalFilters(problemFilter(log));
  const close = async (): Promise<void> => {
    await app.close();
    await store.close();
  };
  const listening = await listenAsNamed(() => app.listen(configuration.listen.port, configuration.listen.host));
  if (!listening.ok) {
    await close();
    return err([listening.error]);
  }
  const url = await app.getUrl();
  return { url, ready: url, close };
}

@Module({})
class StaffModule {}
