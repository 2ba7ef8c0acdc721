// One HTTP server of ours: Nest on Fastify with the pipe and the filter that every server has.
import 'reflect-metadata';
import { Module, StandardSchemaValidationPipe, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { frameworkAnswers, malformedBody, problemFilter } from '#libs/contract/edge.js';
import type { Log } from '#libs/std/log.js';

@Module({})
class HttpModule {}

export type Listener = {
  readonly controller: Type;
  /** What the controller's constructor asks for. */
  readonly provide: { readonly token: symbol; readonly value: object };
  readonly at: { readonly host: string; readonly port: number };
  readonly bodyBytes: number;
  readonly log: Log;
};

export type Listening = { readonly url: string; close(): Promise<void> };

export async function listen(listener: Listener): Promise<Listening> {
  const module: DynamicModule = {
    module: HttpModule,
    controllers: [listener.controller],
    providers: [{ provide: listener.provide.token, useValue: listener.provide.value }],
  };
  const adapter = new FastifyAdapter({ ...frameworkAnswers(listener.log), bodyLimit: listener.bodyBytes });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    forceCloseConnections: true,
    logger: false,
    abortOnError: false,
  });
  app.useGlobalPipes(new StandardSchemaValidationPipe({ exceptionFactory: malformedBody }));
  app.useGlobalFilters(problemFilter(listener.log));
  await app.listen(listener.at.port, listener.at.host);
  return { url: await app.getUrl(), close: () => app.close() };
}
