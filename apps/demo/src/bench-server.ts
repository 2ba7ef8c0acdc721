// Serves the bench page and its doors on loopback.
import 'reflect-metadata';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { Module, StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { frameworkAnswers, malformedBody, problemFilter } from '#libs/contract/edge.js';
import { processLog } from '#libs/std/log.js';
import { Bench } from './bench.js';
import { BenchController, kioskUrlToken } from './bench.controller.js';
import { root } from './part-process.js';

export type BenchServer = { readonly url: string; close(): Promise<void> };

export async function startBenchServer(bench: Bench, options: { readonly kioskUrl: string; readonly port: number }): Promise<BenchServer> {
  const module = {
    module: BenchModule,
    controllers: [BenchController],
    providers: [
      { provide: Bench, useValue: bench },
      { provide: kioskUrlToken, useValue: options.kioskUrl },
    ],
  };
  const log = processLog('demo');
  const adapter = new FastifyAdapter(frameworkAnswers(log));
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { forceCloseConnections: true, logger: false });
  app.useGlobalPipes(new StandardSchemaValidationPipe({ exceptionFactory: malformedBody }));
  app.useGlobalFilters(problemFilter(log));
  await app.register(fastifyStatic, { root: join(root(), 'dist', 'apps', 'demo', 'bench') });
  await app.listen(options.port, '127.0.0.1');
  return { url: await app.getUrl(), close: () => app.close() };
}

@Module({})
class BenchModule {}
