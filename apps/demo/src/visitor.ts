// A person at the kiosk, for `npm run issue` and the tests of the whole: looks at the
// screen, puts cards in and out, types on screen and PIN pad, and takes the paper. Decides
// by what the screen says and by nothing else.
import type { ScreenAction, ScreenView } from '#libs/contract/screen.js';
import type { Clock } from '#libs/std/clock.js';
import type { Citizen } from '../world/citizen-schema.js';
import type { Bench } from './bench.js';
import { untilLeaving } from './leaving.js';
import { limits } from './limits.js';
import { Patience } from './patience.js';
import { openScreen, type ScreenClient } from './screen-client.js';
import { typeWhenAsked } from './type-bank-pin.js';
import { VisitBroken, type Visit } from './visit.js';
import { choose, type Wish } from './wish.js';

export type Visiting = {
  readonly kioskUrl: string;
  readonly bench: Bench;
  readonly citizen: Citizen;
  readonly wish: Wish;
  readonly clock: Clock;
  /** Called at each new screen, before the person does anything: where faults are injected. */
  readonly onScreen?: (view: ScreenView) => Promise<void> | void;
  /** How long the person waits for the word that the money is back. */
  readonly settleTimeoutMs?: number;
  /** Aborted: the person walks away, whatever the screen shows. */
  readonly leaving?: AbortSignal;
};

/** However it ends, both slots are empty afterwards. Rejects with `VisitBroken`. */
export async function visit(visiting: Visiting): Promise<Visit> {
  const screen = await openScreen(visiting.kioskUrl);
  try {
    return await new Person(visiting, screen).visit();
  } finally {
    screen.close();
    await visiting.bench.remove('1');
    await visiting.bench.remove('2');
  }
}

type Ended = NonNullable<Visit['end']>;

class Person {
  private readonly screens: string[] = [];
  private sheets: Visit['sheets'] = [];
  private hasChosen = false;
  private notOffered: string | null = null;
  private bill: Visit['bill'] = null;
  private hasGone = false;
  private stopWaitingForPad: () => void = () => undefined;
  /** Of the word that the money is back. A timer may fire before its time by the other clock: it is not asked twice. */
  private patience: 'not-asked-for' | 'waiting' | 'over' = 'not-asked-for';
  private lookAgain: () => void = () => undefined;

  constructor(
    private readonly visiting: Visiting,
    private readonly screen: ScreenClient,
  ) {}

  async visit(): Promise<Visit> {
    try {
      return this.seen(await this.untilEnd());
    } catch (cause) {
      throw new VisitBroken(cause, this.seen(null));
    }
  }

  private seen(end: Ended | null): Visit {
    const { screens, sheets, notOffered, bill } = this;
    return { end, states: this.screen.states, screens, sheets, notOffered, bill };
  }

  private untilEnd(): Promise<Ended | null> {
    const { leaving } = this.visiting;
    return new Promise((resolve, reject) => {
      const patience = new Patience(limits.stillScreenTimeoutMs, () => go(() => resolve(null)));
      const over = new AbortController();
      const go = (tell: () => void): void => {
        this.hasGone = true;
        over.abort();
        patience.end();
        tell();
      };
      let acting = Promise.resolve();
      let begun = false;
      const look = (view: ScreenView): void => {
        patience.renew();
        begun ||= view.screen === 'welcome';
        if (!begun) return;
        acting = acting
          .then(async () => {
            // Who has gone does not put the card in once more when the kiosk says welcome to the next person.
            if (this.hasGone || (await this.answer(view))) return;
            go(() => resolve(isEnd(view) ? view : null));
          })
          .catch((cause: unknown) => go(() => reject(cause)));
      };
      this.screen.onView(look);
      if (leaving !== undefined) void untilLeaving(leaving, over.signal).then(() => go(() => resolve(null)));
      // A dark screen: what is being done is done first, and then nobody waits in front of it.
      void this.screen.ended.then(() => acting).then(() => this.hasGone || go(() => resolve(null)));
      this.lookAgain = () => {
        const view = this.screen.view();
        if (view !== null) look(view);
      };
    });
  }

  /** False when this is the end. */
  private async answer(view: ScreenView): Promise<boolean> {
    const isNew = this.screens.at(-1) !== view.screen;
    if (isNew) this.screens.push(view.screen);
    if (view.screen === 'insert-cash-card') this.bill = { feeYen: view.data.feeYen, inquiryNumber: view.data.inquiryNumber };
    // Older than what is shown by now: the newer one is answered.
    if (view.sequence !== this.screen.view()?.sequence && view.screen === this.screen.view()?.screen) return true;
    if (isNew) await this.visiting.onScreen?.(view);
    return this.act(view, isNew);
  }

  private async act(view: ScreenView, isNew: boolean): Promise<boolean> {
    const { bench, citizen } = this.visiting;
    const { sequence } = view;
    switch (view.screen) {
      case 'welcome':
        // The kiosk may have been out of service for a moment with the card in the slot already.
        if (isNew && bench.slot('1').card() === null) await this.put('1');
        return true;
      case 'enter-pin':
        await this.typePin(view);
        return true;
      case 'choose':
        return this.choose(view, isNew);
      case 'review':
        return this.say({ type: 'confirm', sequence });
      case 'take-card':
        await bench.remove('1');
        return true;
      case 'insert-cash-card':
        // While it is read, the problem is still the one of the try before.
        return view.data.reading || this.putCashCard(view.data.problem);
      case 'enter-bank-pin':
        if (view.data.digits === 0 && bench.slot('2').card() !== null) this.typeBankPin(citizen.bankAccount.typedPin);
        return true;
      case 'take-cash-card':
        await bench.remove('2');
        return true;
      case 'take-paper':
        this.takeSheets();
        return this.say({ type: 'done', sequence });
      case 'thank-you':
        await this.say({ type: 'done', sequence });
        return false;
      case 'ended':
        return this.leave(view);
      case 'out-of-service':
        return false;
      case 'reading-card':
      case 'logging-in':
      case 'signing':
      case 'preparing':
      case 'charging':
      case 'printing':
        return true;
    }
  }

  /** The same screen may be shown twice: what was taken stays in the hand. */
  private takeSheets(): void {
    const taken = this.visiting.bench.printer.takeSheets().map(({ file, pages }) => ({ file, pages }));
    this.sheets = [...this.sheets, ...taken];
  }

  private async put(slot: '1' | '2'): Promise<void> {
    const insert = (): ReturnType<Bench['insert']> => this.visiting.bench.insert(slot, this.visiting.citizen.id);
    // A card that the reader did not notice is put in once more, as people do.
    const first = await insert();
    const inserted = first.ok || this.visiting.bench.slot(slot).card() !== null ? first : await insert();
    if (!inserted.ok) throw new Error(`slot ${slot}: ${inserted.error.code} ${inserted.error.detail}`);
  }

  private async typePin({ sequence }: ScreenView): Promise<void> {
    await this.say({ type: 'enter-pin', sequence, pin: this.visiting.citizen.typedPin });
  }

  /** Once, and again when the screen had changed under the finger. */
  private async choose(view: Extract<ScreenView, { screen: 'choose' }>, isNew: boolean): Promise<true> {
    if (this.hasChosen && !isNew) return true;
    const chosen = choose(view, this.visiting.wish);
    const { sequence } = view;
    if (chosen.ok) {
      this.hasChosen = (await this.screen.act({ type: 'choose', sequence, ...chosen.value })) === 202;
      return true;
    }
    this.notOffered = chosen.error.option;
    return this.say({ type: 'stop', sequence });
  }

  /** Once: a person whose card was refused goes away. */
  private async putCashCard(problem: string | null): Promise<boolean> {
    const { bench } = this.visiting;
    if (problem !== null) {
      await bench.remove('2');
      return this.say({ type: 'stop', sequence: this.screen.view()?.sequence ?? 0 });
    }
    if (bench.slot('2').card() === null) await this.put('2');
    return true;
  }

  private typeBankPin(pin: string): void {
    this.stopWaitingForPad();
    this.stopWaitingForPad = typeWhenAsked(this.visiting.bench, pin);
  }

  /** Takes both cards and whatever came out, and waits a while for what becomes of the money. True: still waiting. */
  private async leave({ data }: Extract<ScreenView, { screen: 'ended' }>): Promise<boolean> {
    const { bench, clock } = this.visiting;
    await bench.remove('1');
    await bench.remove('2');
    // The kiosk says so when it has noticed that the slots are empty.
    if (data.cardInside) return true;
    if (data.money.state === 'being-checked' && this.patience === 'not-asked-for') {
      this.patience = 'waiting';
      void clock.sleep(this.visiting.settleTimeoutMs ?? limits.settleTimeoutMs).then(() => {
        this.patience = 'over';
        this.lookAgain();
      });
    }
    if (data.money.state === 'being-checked' && this.patience === 'waiting') return true;
    this.takeSheets();
    const { sequence, screen } = this.screen.view() ?? {};
    // The screen may have changed under the finger: then the newer one is answered.
    return screen === 'ended' && (await this.screen.act({ type: 'done', sequence: sequence ?? 0 })) === 409;
  }

  private async say(action: ScreenAction): Promise<true> {
    await this.screen.act(action);
    return true;
  }
}

function isEnd(view: ScreenView): view is Ended {
  return view.screen === 'ended' || view.screen === 'thank-you' || view.screen === 'out-of-service';
}
