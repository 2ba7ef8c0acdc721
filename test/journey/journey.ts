// One branch of real processes, and people who come one after the other. What a story asks
// afterwards is asked where it is true: at the bank's ledger, in the tray, in the slot of the
// slip printer, in the municipality's register and on the staff's list. The kiosk is not asked.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { z } from 'zod';
import type { ScreenView } from '#libs/contract/screen.js';
import { ledgerSchema } from '#libs/contract/simulators.js';
import { openListSchema, type Call, type Case } from '#libs/contract/staff.js';
import { assert } from '#libs/std/assert.js';
import { systemClock } from '#libs/std/clock.js';
import type { BranchOptions } from '../../apps/demo/src/branch-options.js';
import { manage } from '../../apps/demo/src/management.js';
import { openScreen } from '../../apps/demo/src/screen-client.js';
import type { Visit } from '../../apps/demo/src/visit.js';
import { visit } from '../../apps/demo/src/visitor.js';
import { plainWish, type Wish } from '../../apps/demo/src/wish.js';
import type { Citizen } from '../../apps/demo/world/citizen-schema.js';
import { findCitizen } from '../../apps/demo/world/citizens.js';
import { issuancesSchema } from '../../apps/municipality/src/http/management-schema.js';
import { openBranch, type TestBranch } from '../world/branch.js';
import { limits } from './limits.js';

export type LedgerLine = z.infer<typeof ledgerSchema>['lines'][number];
export type IssuedCopy = z.infer<typeof issuancesSchema>['copies'][number];

export type Going = {
  readonly wish?: Wish;
  readonly onScreen?: (view: ScreenView) => Promise<void> | void;
  /** How long they wait for the word that the money is back. */
  readonly settleTimeoutMs?: number;
};

/** A visit and what it left in the world. */
export type Gone = Visit & {
  readonly request: string | null;
  /** What the bank's ledger gained, opening of the account aside. */
  readonly ledger: readonly LedgerLine[];
  /** What the citizen's account lost; integer yen. */
  readonly takenYen: number;
  readonly pages: number;
};

export class Journey {
  private constructor(readonly branch: TestBranch) {}

  static async open(options: Omit<BranchOptions, 'folder'> = {}): Promise<Journey> {
    return new Journey(await openBranch(options));
  }

  close(): Promise<void> {
    return this.branch.stop();
  }

  /** Comes in when the kiosk is ready, and goes when the screen says that it is over. */
  async visit(who: string | Citizen, going: Going = {}): Promise<Gone> {
    const citizen = typeof who === 'string' ? findCitizen(who) : who;
    assert(citizen !== null, 'a citizen of the demo');
    const { bench, kioskUrl } = this.branch;
    const before = await this.ledger();
    bench.receipt.takeSlips();
    const { wish = plainWish, ...rest } = going;
    const visited = await visit({ kioskUrl, bench, citizen, wish, clock: systemClock, ...rest });
    const request = visited.states.findLast((event) => event.request !== null)?.request ?? null;
    // A bank that is down shows nothing yet.
    const ledger = await this.ledgerSince(before).catch(() => []);
    return {
      ...visited,
      request,
      ledger,
      takenYen: takenYenBy(ledger),
      pages: visited.sheets.reduce((sum, sheet) => sum + sheet.pages.length, 0),
    };
  }

  /** What the slip printer has put out since the last visit began. */
  slips(): readonly string[] {
    return this.branch.bench.receipt.state().slips.map((slip) => slip.lines.map((line) => line.text).join('\n'));
  }

  async untilOneSlip(): Promise<string> {
    await this.until(
      () => `one slip; there are ${this.slips().length}: ${this.slips().join('; ')}`,
      async () => this.slips().length === 1,
    );
    return this.slips()[0] ?? '';
  }

  /** The kiosk stands open for the next person. */
  async untilWelcome(): Promise<void> {
    await this.until('the kiosk to be open', async () => (await this.shown()) === 'welcome');
  }

  /** The kiosk's line to the bank: it pauses between two attempts, and says in its log how it stands. */
  async untilSignedOn(): Promise<void> {
    const logFile = this.branch.processes.get('kiosk')?.logFile ?? '';
    await this.until('the bank to have signed the kiosk on', async () => {
      const log = readFileSync(logFile, 'utf8');
      return log.lastIndexOf('host-signed-on') > log.lastIndexOf('host-connection-ended');
    });
  }

  async shown(): Promise<ScreenView['screen'] | null> {
    const screen = await openScreen(this.branch.kioskUrl).catch(() => null);
    if (screen === null) return null;
    const view = await new Promise<ScreenView>((resolve) => screen.onView(resolve));
    screen.close();
    return view.screen;
  }

  /** The kiosk's intention stands on its disk: from here on a 0200 may leave at any moment. */
  async untilChargeIsWritten(): Promise<void> {
    const isPending = async (): Promise<boolean> => {
      const database = new Database(join(this.branch.folder, 'kiosk.db'), { readonly: true });
      const row = database.prepare("SELECT 1 FROM charge WHERE state = 'pending'").get();
      database.close();
      return row !== undefined;
    };
    await this.until('the charge to be written down', isPending);
  }

  /** The lines of all books of the bank; rejects while it is down. */
  async ledger(): Promise<readonly LedgerLine[]> {
    const { lines, sumYen } = ledgerSchema.parse(await this.read(`${this.branch.addresses.bankManagement}/ledger`));
    assert(sumYen === 0, 'debits and credits of the ledger are the same');
    return lines;
  }

  async ledgerSince(before: readonly LedgerLine[]): Promise<readonly LedgerLine[]> {
    return (await this.ledger()).slice(before.length).filter((line) => line.kind !== 'opening');
  }

  /** The copies of a request in the municipality's issuance register. */
  async copies(request: string | null, municipality = '991015'): Promise<readonly IssuedCopy[]> {
    const url = `${this.branch.addresses.municipalityManagement.get(municipality) ?? ''}/issuances`;
    return issuancesSchema.parse(await this.read(url)).copies.filter((copy) => copy.request === request);
  }

  async untilCopiesAre(request: string | null, state: IssuedCopy['state'], municipality?: string): Promise<void> {
    await this.until(`copies to be ${state}`, async () => {
      const copies = await this.copies(request, municipality);
      return copies.length > 0 && copies.every((copy) => copy.state === state);
    });
  }

  async casesOf(request: string | null): Promise<readonly Case[]> {
    return (await this.open()).cases.filter((matter) => matter.request === request);
  }

  async calls(): Promise<readonly Call[]> {
    return (await this.open()).calls;
  }

  async until(what: string | (() => string), isSo: () => Promise<boolean>): Promise<void> {
    const deadlineMs = performance.now() + limits.untilTimeoutMs;
    while (!(await isSo())) {
      if (performance.now() > deadlineMs) throw new Error(`waited in vain for ${typeof what === 'string' ? what : what()}`);
      await systemClock.sleep(limits.pollMs);
    }
  }

  private async open(): Promise<z.infer<typeof openListSchema>> {
    return openListSchema.parse(await this.read(`${this.branch.addresses.staff}/v1/open`));
  }

  private read(url: string): Promise<unknown> {
    return manage({ method: 'GET', url });
  }
}

/** Debits of deposits are positive; a citizen's account is a deposit of the bank 9999. */
export function takenYenBy(lines: readonly LedgerLine[]): number {
  return lines.filter((line) => line.account.startsWith('9999-')).reduce((sum, line) => sum + line.amountYen, 0);
}

/** Of a visit that ended before its time. */
export function endOf({ end }: Visit): Extract<ScreenView, { screen: 'ended' }>['data'] {
  assert(end?.screen === 'ended', `the visit has ended early, not with ${end?.screen ?? 'nothing'}`);
  return end.data;
}
