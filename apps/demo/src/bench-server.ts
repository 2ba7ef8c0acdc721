// Serves the bench page and its doors on loopback.
import 'reflect-metadata';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import { Module, StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { malformedBody, problemFilter } from '#libs/contract/edge.js';
import { processLog } from '#libs/std/log.js';
import { Bench } from './bench.js';
import { BenchController, kioskUrlToken } from './bench.controller.js';

export type BenchServer = { readonly url: string; close(): Promise<void> };

export async function startBenchServer(bench: Bench, options: { readonly kioskUrl: string; readonly port: number }): Promise<BenchServer> {
  const root = {
    module: BenchModule,
    controllers: [BenchController],
    providers: [
      { provide: Bench, useValue: bench },
      { provide: kioskUrlToken, useValue: options.kioskUrl },
    ],
  };
  const app = await NestFactory.create<NestFastifyApplication>(root, new FastifyAdapter(), { forceCloseConnections: true, logger: false });
  app.useGlobalPipes(new StandardSchemaValidationPipe({ exceptionFactory: malformedBody }));
  app.useGlobalFilters(problemFilter(processLog('demo')));
  await app.register(fastifyStatic, { root: join(dirname(fileURLToPath(import.meta.url)), '..', 'bench') });
  await app.listen(options.port, '127.0.0.1');
  return { url: await app.getUrl(), close: () => app.close() };
}

@Module({})
class BenchModule {}
