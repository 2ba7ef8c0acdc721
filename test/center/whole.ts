// A center between a real JPKI simulator and two real municipalities of the demo's world,
// all in this process: nothing inside any of them is replaced.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { configurationSchema as centerSchema, type ConfigurationFile as CenterFile } from '../../apps/issuance-center/src/configuration.js';
import { start as startCenter, type Started as Center } from '../../apps/issuance-center/src/start.js';
import { start as startJpki, type RunningJpki } from '../../apps/jpki-sim/src/start.js';
import { municipalities as towns } from '../../apps/demo/world/registers.js';
import { configurationSchema as townSchema } from '../../apps/municipality/src/configuration.js';
import { start as startTown, type StartOrders, type Started as Town } from '../../apps/municipality/src/start.js';
import { openSessionAnswerSchema } from '#libs/contract/center.js';
import type { EcPrivateJwk } from '#libs/contract/base.js';
import type { RegisterFile } from '#libs/contract/register.js';
import { publicHalf, sign } from '#libs/contract/sealed.js';
import { issuedCardSchema, trustAnchorsSchema, type IssuedCard } from '#libs/contract/simulators.js';
import { assert } from '#libs/std/assert.js';
import { toInstant } from '#libs/std/clock.js';
import { silentLog, type Log, type LogFields } from '#libs/std/log.js';
import { systemRandom } from '#libs/std/random.js';
import { makeKey } from '../municipality/keys.js';
import { freePort } from '../world/databases.js';
import { clock, kiosk, now } from './now.js';
import { Visit } from './visit.js';

const loopback = { host: '127.0.0.1' as const, port: 0 };

export type WholeOptions = {
  readonly databaseOf?: (part: string) => Promise<CenterFile['database']>;
  readonly redisUrl?: string;
  readonly refusalClassMs?: number;
};

export class Whole {
  readonly kioskKey = makeKey();
  readonly centerKey = makeKey();
  readonly townKeys = new Map(towns.map(({ register }) => [register.municipality.code, makeKey()]));
  readonly logged: string[] = [];
  readonly towns = new Map<string, Town>();
  private readonly folder = mkdtempSync(join(tmpdir(), 'madoguchi-whole-'));
  private readonly townPorts = new Map<string, number>();
  private readonly databases = new Map<string, CenterFile['database']>();
  private centerPort = 0;
  center: Center | null = null;

  private constructor(
    private readonly options: WholeOptions,
    readonly jpki: RunningJpki,
    private readonly anchor: string,
  ) {}

  static async open(options: WholeOptions = {}): Promise<Whole> {
    const jpki = await startJpki({ demo: true, listen: loopback, management: loopback }, { clock, random: systemRandom, log: silentLog });
    const anchors = trustAnchorsSchema.parse((await supertest(jpki.managementUrl).get('/trust-anchors')).body);
    const whole = new Whole(options, jpki, anchors.authenticationCa);
    whole.centerPort = await freePort();
    for (const { register } of towns) {
      const { code } = register.municipality;
      whole.townPorts.set(code, await freePort());
      await whole.openTown(code);
      await whole.import(register);
    }
    await whole.openCenter();
    return whole;
  }

  async close(): Promise<void> {
    await this.center?.close();
    await Promise.all([...this.towns.values()].map((town) => town.close()));
    await this.jpki.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get http(): ReturnType<typeof supertest> {
    return supertest(`http://127.0.0.1:${this.centerPort}`);
  }

  get jpkiManagement(): ReturnType<typeof supertest> {
    return supertest(this.jpki.managementUrl);
  }

  management(code: string): ReturnType<typeof supertest> {
    return supertest(this.towns.get(code)?.managementUrl ?? '');
  }

  /** A fresh card from JPKI, linked by the municipality to this resident. */
  async card(code: string, residentNumber: string): Promise<IssuedCard> {
    const citizen = { name: '試験 太郎', address: '窓口県汐見台市', birthDate: '19800217', sex: '1' };
    const card = issuedCardSchema.parse((await this.jpkiManagement.post('/cards').send(citizen)).body);
    const usableFrom = toInstant(clock.nowMs() - 86_400_000);
    const link = { residentNumber, caKeyId: card.caKeyId, serial: card.serial, usableFrom };
    const answer = await this.management(code).post('/card-links').send(link);
    if (answer.status !== 200) throw new Error(`card-links: ${answer.status} ${answer.text}`);
    return card;
  }

  async visit(card: IssuedCard): Promise<Visit> {
    const key = makeKey();
    const opening = { kiosk, session: randomUUID(), sessionPublicKey: publicHalf(key), time: now() };
    const answer = await this.http.post('/v1/sessions').send({ opening: await sign('madoguchi-session+jws', opening, this.kioskKey) });
    return new Visit(
      { http: this.http, kioskKey: this.kioskKey, keyOf: (code) => this.keyOf(code) },
      { card, key, opened: openSessionAnswerSchema.parse(answer.body) },
    );
  }

  /** Closes this municipality, and opens it again on its port and database when `meanwhile` is done. */
  async withoutTown(code: string, meanwhile: () => Promise<void>, orders: StartOrders = {}): Promise<void> {
    await this.towns.get(code)?.close();
    await meanwhile();
    await this.openTown(code, orders);
  }

  /** Closes the center, and opens it again on its port when `meanwhile` is done. */
  async withoutCenter(meanwhile: () => Promise<void> | void): Promise<void> {
    await this.center?.close();
    await meanwhile();
    await this.openCenter();
  }

  /** The next opening of `center` or `municipality-CODE` finds an empty database. */
  loseDatabase(part: string): void {
    this.databases.delete(part);
  }

  async import(register: RegisterFile): Promise<void> {
    const imported = await this.management(register.municipality.code).post('/register').send(register);
    if (imported.status !== 200) throw new Error(`register: ${imported.text}`);
  }

  private async openTown(code: string, orders: StartOrders = {}): Promise<void> {
    const town = towns.find(({ register }) => register.municipality.code === code);
    const configuration = townSchema.parse({
      demo: true,
      listen: { ...loopback, port: this.townPorts.get(code) },
      management: loopback,
      code,
      key: this.townKeys.get(code),
      pseudonymSecret: Buffer.alloc(32, code).toString('base64'),
      database: await this.database(`municipality-${code}`),
      centerKey: publicHalf(this.centerKey),
      centerUrl: `http://127.0.0.1:${this.centerPort}`,
      kiosks: [{ id: kiosk, key: publicHalf(this.kioskKey) }],
      trustAnchors: [this.anchor],
      seal: { kind: 'fictional', columns: [...(town?.sealColumns ?? [])], sideMm: 24 },
      limits: { refusalAfterMs: 200 },
    });
    const started = await startTown(configuration, { clock, log: this.log() }, orders);
    if (!started.ok) throw new Error(JSON.stringify(started.error));
    this.towns.set(code, started.value);
  }

  async openCenter(): Promise<void> {
    const configuration = centerSchema.parse({
      demo: true,
      listen: { ...loopback, port: this.centerPort },
      center: 'whole-center',
      key: this.centerKey,
      secret: Buffer.alloc(32, 1).toString('base64'),
      database: await this.database('center'),
      ...(this.options.redisUrl === undefined ? {} : { redisUrl: this.options.redisUrl }),
      trustAnchors: [this.anchor],
      ocsp: { url: `${this.jpki.url}/ocsp/authentication`, timeoutMs: 1_000 },
      crl: { urls: [`${this.jpki.url}/crl/authentication/madoguchi-ken`], kinds: ['resident-record'] },
      kiosks: [{ id: kiosk, key: publicHalf(this.kioskKey) }],
      municipalities: [...this.towns].map(([code, { url }]) => ({ code, url, key: publicHalf(this.keyOf(code)) })),
      limits: { refusalClassMs: this.options.refusalClassMs ?? 600 },
    } satisfies CenterFile);
    const started = await startCenter(configuration, { clock, log: this.log() });
    assert(!('error' in started), 'the center starts');
    this.center = started;
  }

  keyOf(code: string): EcPrivateJwk {
    const key = this.townKeys.get(code);
    if (key === undefined) throw new Error(`no municipality ${code}`);
    return key;
  }

  private async database(part: string): Promise<CenterFile['database']> {
    const made = this.databases.get(part) ??
      (await this.options.databaseOf?.(part)) ?? { kind: 'sqlite' as const, file: join(this.folder, `${part}-${randomUUID()}.sqlite`) };
    this.databases.set(part, made);
    return made;
  }

  private log(): Log {
    const keep = (code: string, fields?: LogFields): void => void this.logged.push(JSON.stringify({ code, ...fields }));
    return { info: keep, warn: keep, error: keep };
  }
}
