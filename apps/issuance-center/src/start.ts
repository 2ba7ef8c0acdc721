// Starts the issuance center: everything that can be wrong with the configuration is found
// before it listens.
import 'reflect-metadata';
import { StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { StartFault } from '#libs/contract/configuration.js';
import { frameworkAnswers, malformedBody, problemFilter } from '#libs/contract/edge.js';
import { listenAsNamed } from '#libs/contract/listener.js';
import { profileSha256 } from '#libs/pki/profile-correction.js';
import { readTrustAnchors, type TrustAnchors } from '#libs/pki/trust-list.js';
import { assert } from '#libs/std/assert.js';
import { systemClock, type Clock } from '#libs/std/clock.js';
import { processLog, type Log } from '#libs/std/log.js';
import { systemRandom, type Random } from '#libs/std/random.js';
import { err, ok, type Err, type Result } from '#libs/std/result.js';
import { openNamedStore } from '#libs/storage/open-fault.js';
import type { Wake } from '#libs/wake/wake.js';
import type { Configuration } from './configuration.js';
import { CenterModule } from './http/center-module.js';
import { keyedHash } from './keyed-hash.js';
import { limits } from './limits.js';
import { WAKE, type Parts } from './parts.js';
import { Registry } from './routing/registry.js';
import { entities, migrations } from './storage/schema.js';
import { CrlShelf } from './verification/crl-shelf.js';
import { ocspPolicyOf, profileOf } from './verification/judged-by.js';
import { startWorkers } from './workers/workers.js';

export type Started = { readonly url: string; readonly ready: string; close(): Promise<void> };
/** For tests: what a process takes from the machine. */
export type Surroundings = { readonly clock?: Clock; readonly random?: Random; readonly log?: Log };

export async function start(configuration: Configuration, surroundings: Surroundings = {}): Promise<Started | Err<readonly StartFault[]>> {
  const opened = await openParts(configuration, surroundings);
  if (!opened.ok) return err([opened.error]);
  const parts = opened.value;
  const app = await createApp(parts);
  const wake = app.get<Wake>(WAKE);
  const close = async (): Promise<void> => {
    // In this order: no worker any more, no caller any more, and only then the database.
    await wake.close();
    await app.close();
    parts.crlShelf?.close();
    await parts.store.close();
  };
  const listening = await listenAsNamed(() => app.listen(configuration.listen.port, configuration.listen.host));
  if (!listening.ok) {
    await close();
    return err([listening.error]);
  }
  // The municipalities say the same digest, or they refuse cards that pass here.
  parts.log.info('certificate-profile', { sha256: profileSha256(parts.profile) });
  startWorkers(parts, wake);
  await wake.wake('outcomes');
  const url = await app.getUrl();
  return { url, ready: url, close };
}

async function openParts(configuration: Configuration, surroundings: Surroundings): Promise<Result<Parts, StartFault>> {
  const anchors = readAnchors(configuration);
  const clock = surroundings.clock ?? systemClock;
  const log = surroundings.log ?? processLog('issuance-center');
  const crlShelf = configuration.crl === undefined ? null : new CrlShelf({ crl: configuration.crl, anchors, clock, log });
  const opened = await openNamedStore({ database: configuration.database, entities, migrations });
  if (!opened.ok) return opened;
  await crlShelf?.open();
  return ok({
    configuration,
    store: opened.value,
    anchors,
    profile: profileOf(configuration),
    ocspPolicy: ocspPolicyOf(configuration),
    crlShelf,
    registry: await Registry.of(configuration),
    keyedHash: keyedHash(Buffer.from(configuration.secret, 'base64')),
    clock,
    random: surroundings.random ?? systemRandom,
    log,
  });
}

function readAnchors(configuration: Configuration): TrustAnchors {
  const anchors = readTrustAnchors(configuration.trustAnchors.map((der) => Buffer.from(der, 'base64')));
  assert(anchors.ok, 'the configuration was checked');
  return anchors.value;
}

async function createApp(parts: Parts): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ ...frameworkAnswers(parts.log), bodyLimit: limits.bodyBytes });
  adapter.getInstance().addHook('onRoute', (route) => {
    if (route.url.endsWith('/card-links')) route.bodyLimit = limits.cardLinksBodyBytes;
  });
  const app = await NestFactory.create<NestFastifyApplication>(CenterModule.of(parts), adapter, {
    forceCloseConnections: true,
    logger: false,
    abortOnError: false,
  });
  app.useGlobalPipes(new StandardSchemaValidationPipe({ exceptionFactory: malformedBody }));
  app.useGlobalFilters(problemFilter(parts.log));
  return app;
}
