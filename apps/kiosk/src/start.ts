// Puts the kiosk behind HTTP: the screen's two doors, the built page, and its health.
import 'reflect-metadata';
import fastifyStatic from '@fastify/static';
import { Controller, Get, Inject, Module, StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { healthSchema } from '#libs/contract/center.js';
import { frameworkAnswers, malformedBody, problemFilter } from '#libs/contract/edge.js';
import type { StartFault } from '#libs/contract/configuration.js';
import { listenAsNamed } from '#libs/contract/listener.js';
import type { Running } from '#libs/contract/part.js';
import { systemClock, toInstant } from '#libs/std/clock.js';
import { processLog } from '#libs/std/log.js';
import { systemRandom } from '#libs/std/random.js';
import { err, type Err } from '#libs/std/result.js';
import type { KioskConfiguration } from './configuration.js';
import { openKiosk } from './kiosk.js';
import { limits } from './limits.js';
import type { World } from './parts.js';
import { Runner } from './runner.js';
import { findFolderFaults, screenFolderOf } from './start-faults.js';
import { clockToken, ScreenController } from './screen/screen.controller.js';

const canWriteToken = Symbol('can-write');

export type Started = Running & { readonly url: string };

export async function start(configuration: KioskConfiguration): Promise<Started | Err<readonly StartFault[]>> {
  const folders = findFolderFaults(configuration);
  if (folders.length > 0) return err(folders);
  const world: World = { clock: systemClock, random: systemRandom, log: processLog('kiosk') };
  const opened = await openKiosk(configuration, world);
  if (!opened.ok) return opened;
  const kiosk = opened.value;
  const root = {
    module: KioskModule,
    controllers: [ScreenController, HealthController],
    providers: [
      { provide: Runner, useValue: kiosk.runner },
      { provide: clockToken, useValue: world.clock },
      { provide: canWriteToken, useValue: () => kiosk.canWrite() },
    ],
  };
  const adapter = new FastifyAdapter({ ...frameworkAnswers(world.log), bodyLimit: limits.touchBytes });
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, { forceCloseConnections: true, logger: false });
  app.useGlobalPipes(new StandardSchemaValidationPipe({ exceptionFactory: malformedBody }));
  app.useGlobalFilters(problemFilter(world.log));
  const policy = contentSecurityPolicy(configuration.demo);
  await app.register(fastifyStatic, {
    root: screenFolderOf(configuration),
    setHeaders: (reply) => void reply.header('content-security-policy', policy),
  });
  const close = async (): Promise<void> => {
    await kiosk.close();
    await app.close();
  };
  const listening = await listenAsNamed(() => app.listen(configuration.listen.port, configuration.listen.host));
  if (!listening.ok) {
    await close();
    return err([listening.error]);
  }
  const url = await app.getUrl();
  return { url, ready: url, close };
}

/** The page talks to this kiosk and to nobody else; only a demo shows it inside another page. */
function contentSecurityPolicy(demo: boolean): string {
  const own = ['script-src', 'style-src', 'connect-src'].map((directive) => `${directive} 'self'`);
  const framed = demo ? [] : ["frame-ancestors 'none'"];
  return ["default-src 'none'", ...own, "img-src 'self' data:", "base-uri 'none'", "form-action 'none'", ...framed].join('; ');
}

@Controller()
class HealthController {
  constructor(
    @Inject(Runner) private readonly runner: Runner,
    @Inject(canWriteToken) private readonly canWrite: () => Promise<boolean>,
  ) {}

  /** `degraded`: nobody is served, or the next one would not be, because the journal cannot be written. */
  @Get('health')
  async health(): Promise<unknown> {
    const isServing = this.runner.shown.state.name !== 'out-of-service';
    const status = isServing && (await this.canWrite()) ? 'ok' : 'degraded';
    return healthSchema.parse({ status, part: 'kiosk', time: toInstant(systemClock.nowMs()) });
  }
}

@Module({})
class KioskModule {}
