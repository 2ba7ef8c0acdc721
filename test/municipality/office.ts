// One municipality as it runs in a branch, with a database of its own on disk, and the
// other ends of its lines: a center that signs verdicts and takes card links, a kiosk that
// opens what was encrypted to it. Nothing inside the municipality is replaced; its clock
// can be moved, and what it logs is kept.
import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { configurationSchema, type ConfigurationFile } from '../../apps/municipality/src/configuration.js';
import { start, type Started } from '../../apps/municipality/src/start.js';
import { readRefusals, type RefusalRow } from '../../apps/municipality/src/storage/issuance.js';
import { entities, migrations } from '../../apps/municipality/src/storage/schema.js';
import type { EcPrivateJwk, EcPublicJwk } from '#libs/contract/base.js';
import { cardLinksBodySchema, cardLinksSchema, type CardLinks } from '#libs/contract/municipality.js';
import type { RegisterFile } from '#libs/contract/register.js';
import { publicHalf, verify } from '#libs/contract/sealed.js';
import { systemClock, toInstant } from '#libs/std/clock.js';
import type { Log, LogFields } from '#libs/std/log.js';
import type { Database } from '#libs/storage/source.js';
import { Store } from '#libs/storage/store.js';
import { CardDesk, type Card } from './cards.js';
import { makeKey } from './keys.js';

export const kioskKey = makeKey();
export const otherKioskKey = makeKey();
export const centerKey = makeKey();
export const kiosk = 'KIOSK001';
export const otherKiosk = 'KIOSK002';

export type OfficeOptions = {
  readonly register: RegisterFile;
  readonly desk?: CardDesk;
  readonly limits?: ConfigurationFile['limits'];
  /** Absent: SQLite in a folder of its own. */
  readonly database?: Database;
  /** For a second node of the same municipality. */
  readonly key?: EcPrivateJwk;
};

/** A center's answer to a push of card links. */
type TakeLinks = (links: CardLinks) => number;

export class Office {
  readonly key: EcPrivateJwk;
  readonly logged: string[] = [];
  /** Added to the wall clock. */
  aheadMs = 0;
  takeLinks: TakeLinks = () => 200;
  readonly taken: CardLinks[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), 'madoguchi-municipality-'));
  private started: Started | null = null;
  private center: Server | null = null;
  private centerUrl = '';

  readonly register: RegisterFile;

  private constructor(
    private readonly options: OfficeOptions,
    readonly desk: CardDesk,
  ) {
    this.register = options.register;
    this.key = options.key ?? makeKey();
  }

  static async open(options: OfficeOptions): Promise<Office> {
    const office = new Office(options, options.desk ?? (await CardDesk.open()));
    await office.openCenter();
    await office.start();
    await office.importRegister(options.register);
    return office;
  }

  async importRegister(file: RegisterFile): Promise<void> {
    const answer = await supertest(this.managementUrl).post('/register').send(file);
    if (answer.status !== 200) throw new Error(`register: ${answer.text}`);
  }

  async setStopped(stopped: boolean): Promise<void> {
    const answer = await supertest(this.managementUrl).put('/emergency-stop').send({ stopped });
    if (answer.status !== 200) throw new Error(`emergency-stop: ${answer.text}`);
  }

  get url(): string {
    return this.running.url;
  }

  get managementUrl(): string {
    return this.running.managementUrl ?? '';
  }

  nowMs(): number {
    return Date.now() + this.aheadMs;
  }

  now(): string {
    return toInstant(this.nowMs());
  }

  /** With less than all of its kiosks: the others were taken off the list. */
  async start(kiosks = [kiosk, otherKiosk]): Promise<void> {
    const whole = this.configuration();
    const configuration = { ...whole, kiosks: whole.kiosks.filter(({ id }) => kiosks.includes(id)) };
    const started = await start(configuration, {
      clock: { ...systemClock, nowMs: () => this.nowMs() },
      log: this.log(),
    });
    if (!started.ok) throw new Error(started.error.map(({ key, expected }) => `${key}: ${expected}`).join());
    this.started = started.value;
  }

  async stop(): Promise<void> {
    await this.started?.close();
    this.started = null;
  }

  async close(): Promise<void> {
    await this.stop();
    await new Promise((resolve) => (this.center === null ? resolve(null) : this.center.close(resolve)));
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A card that this municipality says is this resident's. */
  async linkedCard(residentNumber: string, usableFrom = toInstant(Date.now() - 60_000)): Promise<Card> {
    const card = this.desk.issue();
    const link = { caKeyId: card.caKeyId, serial: card.serial, residentNumber, usableFrom };
    const answer = await supertest(this.managementUrl).post('/card-links').send(link);
    if (answer.status !== 200) throw new Error(`card-links: ${answer.text}`);
    return card;
  }

  /** The audited table, as an officer with a reason reads it. */
  async refusals(): Promise<readonly RefusalRow[]> {
    return this.inDatabase((store) => readRefusals(store.read));
  }

  async inDatabase<T>(look: (store: Store) => Promise<T>): Promise<T> {
    const store = await Store.open({ database: this.database, entities, migrations });
    try {
      return await look(store);
    } finally {
      await store.close();
    }
  }

  private get running(): Started {
    if (this.started === null) throw new Error('this municipality is not running');
    return this.started;
  }

  private get database(): Database {
    return this.options.database ?? { kind: 'sqlite', file: join(this.folder, 'municipality.sqlite') };
  }

  private configuration(): ReturnType<typeof configurationSchema.parse> {
    const { code, name } = this.register.municipality;
    const file: ConfigurationFile = {
      demo: true,
      listen: { port: 0 },
      management: { port: 0 },
      code,
      key: this.key,
      pseudonymSecret: Buffer.alloc(32, code).toString('base64'),
      database: this.database,
      centerKey: publicHalf(centerKey),
      centerUrl: this.centerUrl,
      kiosks: [
        { id: kiosk, key: publicHalf(kioskKey) },
        { id: otherKiosk, key: publicHalf(otherKioskKey) },
      ],
      trustAnchors: [this.desk.authority.certificate.toString('base64')],
      seal: { kind: 'fictional', columns: ['窓口県', name, '長之印'], sideMm: 21 },
      limits: this.options.limits ?? { refusalAfterMs: 100 },
    };
    return configurationSchema.parse(file);
  }

  private log(): Log {
    const keep = (code: string, fields?: LogFields): void => void this.logged.push(JSON.stringify({ code, ...fields }));
    return { info: keep, warn: keep, error: keep };
  }

  /** The center's end of `PUT /v1/municipalities/:code/card-links`. */
  private async openCenter(): Promise<void> {
    const keys: EcPublicJwk[] = [publicHalf(this.key)];
    this.center = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on(
        'end',
        () =>
          void this.answerPush(Buffer.concat(chunks), keys).then(({ status, body }) => {
            response.writeHead(status, { 'content-type': 'application/json' });
            response.end(JSON.stringify(body));
          }),
      );
    });
    const center = this.center;
    await new Promise<void>((resolve) => center.listen(0, '127.0.0.1', resolve));
    this.centerUrl = `http://127.0.0.1:${(center.address() as AddressInfo).port}`;
  }

  private async answerPush(bytes: Buffer, keys: EcPublicJwk[]): Promise<{ readonly status: number; readonly body: object }> {
    const { cardLinks } = cardLinksBodySchema.parse(JSON.parse(bytes.toString('utf8')));
    const read = await verify(cardLinks, { typ: 'madoguchi-card-links+jws', schema: cardLinksSchema, keys });
    if (!read.ok) return { status: 401, body: {} };
    const { links, all } = read.value;
    if (links.length === 0 && all === undefined) {
      return { status: 200, body: { sequence: this.taken.at(-1)?.sequence ?? 0, time: this.now() } };
    }
    const status = this.takeLinks(read.value);
    if (status === 200) this.taken.push(read.value);
    return { status, body: { sequence: read.value.sequence, time: this.now() } };
  }
}
