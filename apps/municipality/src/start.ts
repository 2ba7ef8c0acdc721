// Starts one municipality: everything that can be wrong with the configuration is found
// before it listens.
import type { StartFault } from '#libs/contract/configuration.js';
import { listenAsNamed } from '#libs/contract/listener.js';
import { layOutResidentRecord, renderResidentRecord } from '#libs/paper/render-resident-record.js';
import { userAuthenticationProfile } from '#libs/pki/certificate-profile.js';
import { corrected, profileSha256 } from '#libs/pki/profile-correction.js';
import { systemClock, type Clock } from '#libs/std/clock.js';
import { processLog, type Log } from '#libs/std/log.js';
import { systemRandom, type Random } from '#libs/std/random.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { openNamedStore } from '#libs/storage/open-fault.js';
import type { Configuration } from './configuration.js';
import { IssuanceController, PARTS } from './http/issuance-controller.js';
import { listen, type Listener, type Listening } from './http/listen.js';
import { ManagementController, MANAGED, type Managed } from './http/management-controller.js';
import { CertificateNumbers } from './issuance/certificate-numbers.js';
import type { Parts } from './issuance/parts.js';
import { limits } from './limits.js';
import { readMaterial, type Material } from './material.js';
import { importRegister, readRegisterFile } from './registers/import.js';
import { wantPushAll } from './storage/pushes.js';
import { entities, migrations } from './storage/schema.js';
import { startWorkers } from './workers.js';

export type Started = { readonly url: string; readonly managementUrl: string | null; close(): Promise<void> };
/** For tests: what a process takes from the machine. */
export type Surroundings = { readonly clock?: Clock; readonly random?: Random; readonly log?: Log };

export type StartOrders = { /** Tell the center all card links anew. */ readonly pushAllLinks?: boolean };

export async function start(
  configuration: Configuration,
  surroundings: Surroundings = {},
  orders: StartOrders = {},
): Promise<Result<Started, readonly StartFault[]>> {
  const material = readMaterial(configuration);
  if (!material.ok) return material;
  const opened = await openParts(configuration, material.value, surroundings);
  if (!opened.ok) return opened;
  const parts = opened.value;
  const imported = await importFile(parts, configuration.registerFile);
  if (!imported.ok) {
    await parts.store.close();
    return imported;
  }
  if (orders.pushAllLinks === true) await parts.store.write(wantPushAll);
  return serve(parts, configuration);
}

type Opened = Result<Parts, readonly StartFault[]>;

async function openParts(configuration: Configuration, material: Material, surroundings: Surroundings): Promise<Opened> {
  const opened = await openNamedStore({ database: configuration.database, entities, migrations });
  if (!opened.ok) return err([opened.error]);
  const store = opened.value;
  return ok({
    code: configuration.code,
    key: configuration.key,
    pseudonymSecret: Buffer.from(configuration.pseudonymSecret, 'base64'),
    centerKey: configuration.centerKey,
    kiosks: new Map(configuration.kiosks.map(({ id, key }) => [id, key])),
    anchors: material.anchors,
    profile: corrected(userAuthenticationProfile, configuration.certificateProfile),
    store,
    certificateNumbers: new CertificateNumbers(store, configuration.code),
    findUndrawable: (record) => {
      const laidOut = layOutResidentRecord(record, material.fonts);
      return laidOut.ok ? null : laidOut.error;
    },
    draw: (record) => renderResidentRecord(record, { fonts: material.fonts, seal: material.seal }),
    limits: configuration.limits,
    clock: surroundings.clock ?? systemClock,
    random: surroundings.random ?? systemRandom,
    log: surroundings.log ?? processLog(`municipality-${configuration.code}`),
  });
}

function fault(key: string, expected: string): Result<never, readonly StartFault[]> {
  return err([{ key, expected }]);
}

async function importFile(parts: Parts, registerFile: string | undefined): Promise<Result<null, readonly StartFault[]>> {
  if (registerFile === undefined) return ok(null);
  const file = readRegisterFile(registerFile);
  if (!file.ok) return err(file.error.map(({ key, expected }) => ({ key: `registerFile: ${key}`, expected })));
  const imported = await importRegister(parts, file.value);
  if (imported.ok) return ok(null);
  const { code, detail } = imported.error;
  if (code === 'other-municipality') return fault('registerFile', `the register of ${parts.code}`);
  if (code === 'issuer-undrawable') return fault('registerFile: settings.head', `what the form can print (${detail ?? ''})`);
  if (code === 'event-number-used') return fault('registerFile: eventNumber', 'a new one: other entries are stored under it');
  // What is stored has gone on since that file was written: it stays.
  parts.log.warn('register-file-older-than-stored');
  return ok(null);
}

async function serve(parts: Parts, configuration: Configuration): Promise<Result<Started, readonly StartFault[]>> {
  const workers = startWorkers({ ...parts, centerUrl: configuration.centerUrl }, configuration.redisUrl);
  const managed: Managed = { ...parts, centerUrl: configuration.centerUrl, wake: () => workers.wakePusher() };
  const open: Listening[] = [];
  const close = async (): Promise<void> => {
    for (const listening of open) await listening.close();
    await workers.close();
    await parts.store.close();
  };
  for (const { key, listener } of listenersOf(parts, managed, configuration)) {
    const listening = await listenAsNamed(() => listen(listener), key);
    if (!listening.ok) {
      await close();
      return err([listening.error]);
    }
    open.push(listening.value);
  }
  // The center says the same digest, or cards that pass there are refused here.
  parts.log.info('certificate-profile', { sha256: profileSha256(parts.profile) });
  await workers.wakePusher();
  return ok({ url: open[0]?.url ?? '', managementUrl: open[1]?.url ?? null, close });
}

type Named = { readonly key: string; readonly listener: Listener };

function listenersOf(parts: Parts, managed: Managed, configuration: Configuration): readonly Named[] {
  const { log } = parts;
  const issuance = { controller: IssuanceController, provide: { token: PARTS, value: parts } };
  const open: Named[] = [{ key: 'listen', listener: { ...issuance, at: configuration.listen, bodyBytes: limits.bodyBytes, log } }];
  if (configuration.management === undefined) return open;
  const management = { controller: ManagementController, provide: { token: MANAGED, value: managed } };
  const listener = { ...management, at: configuration.management, bodyBytes: limits.managementBodyBytes, log };
  return [...open, { key: 'management', listener }];
}
