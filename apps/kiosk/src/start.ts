// Puts the kiosk behind HTTP: the screen's two doors, the built page, and its health.
import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import { Controller, Get, Inject, Module, StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { healthSchema } from '#libs/contract/center.js';
import { frameworkAnswers, malformedBody, problemFilter } from '#libs/contract/edge.js';
import type { Running } from '#libs/contract/part.js';
import { systemClock, toInstant } from '#libs/std/clock.js';
import { processLog } from '#libs/std/log.js';
import { systemRandom } from '#libs/std/random.js';
import type { KioskConfiguration } from './configuration.js';
import { openKiosk } from './kiosk.js';
import type { World } from './parts.js';
import { Runner } from './runner.js';
import { clockToken, ScreenController } from './screen/screen.controller.js';

/** A touch is a few hundred bytes; a household of twenty a few thousand. */
const bodyLimitBytes = 16 * 1024;

export async function start(configuration: KioskConfiguration): Promise<Running & { readonly url: string }> {
  const world: World = { clock: systemClock, random: systemRandom, log: processLog('kiosk') };
  const kiosk = await openKiosk(configuration, world);
  const root = {
    module: KioskModule,
    controllers: [ScreenController, HealthController],
    providers: [
      { provide: Runner, useValue: kiosk.runner },
      { provide: clockToken, useValue: world.clock },
    ],
  };
  const adapter = new FastifyAdapter({ ...frameworkAnswers(world.log), bodyLimit: bodyLimitBytes });
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, { forceCloseConnections: true, logger: false });
  app.useGlobalPipes(new StandardSchemaValidationPipe({ exceptionFactory: malformedBody }));
  app.useGlobalFilters(problemFilter(world.log));
  const policy = contentSecurityPolicy(configuration.demo);
  await app.register(fastifyStatic, {
    root: screenFolder(configuration),
    setHeaders: (reply) => void reply.header('content-security-policy', policy),
  });
  await app.listen(configuration.listen.port, configuration.listen.host);
  const url = await app.getUrl();
  const close = async (): Promise<void> => {
    await kiosk.close();
    await app.close();
  };
  return { url, ready: url, close };
}

/** The page talks to this kiosk and to nobody else; only a demo shows it inside another page. */
function contentSecurityPolicy(demo: boolean): string {
  const own = ['script-src', 'style-src', 'connect-src'].map((directive) => `${directive} 'self'`);
  const framed = demo ? [] : ["frame-ancestors 'none'"];
  return ["default-src 'none'", ...own, "img-src 'self' data:", "base-uri 'none'", "form-action 'none'", ...framed].join('; ');
}

function screenFolder(configuration: KioskConfiguration): string {
  const built = join(dirname(fileURLToPath(import.meta.url)), '..', 'screen');
  const folder = configuration.screenFolder ?? built;
  if (!existsSync(join(folder, 'index.html'))) throw new Error(`no built screen in ${folder}; run the set-up`);
  return folder;
}

@Controller()
class HealthController {
  constructor(@Inject(Runner) private readonly runner: Runner) {}

  @Get('health')
  health(): unknown {
    const status = this.runner.shown.state.name === 'out-of-service' ? 'degraded' : 'ok';
    return healthSchema.parse({ status, part: 'kiosk', time: toInstant(systemClock.nowMs()) });
  }
}

@Module({})
class KioskModule {}
