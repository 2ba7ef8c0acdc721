// The screen's two doors (libs/contract/screen.ts): views out, touches in.
import { Body, Controller, HttpCode, Inject, Post, Sse, type MessageEvent } from '@nestjs/common';
import { Observable } from 'rxjs';
import { httpProblem } from '#libs/contract/edge.js';
import { screenActionSchema, type ScreenAction, type ScreenView, type StateEvent } from '#libs/contract/screen.js';
import type { Clock } from '#libs/std/clock.js';
import { Runner, type Shown } from '../runner.js';
import { toEvent } from './to-event.js';
import { toView } from './view.js';

export const clockToken = Symbol('clock');

@Controller('screen')
export class ScreenController {
  constructor(
    @Inject(Runner) private readonly runner: Runner,
    @Inject(clockToken) private readonly clock: Clock,
  ) {}

  @Sse('events')
  events(): Observable<MessageEvent> {
    return new Observable((subscriber) => {
      let state: string | null = null;
      const send = (shown: Shown): void => {
        if (shown.state.name !== state) subscriber.next({ type: 'state', data: this.entered(shown) });
        state = shown.state.name;
        subscriber.next({ data: this.view(shown) });
      };
      send(this.runner.shown);
      return this.runner.onShown(send);
    });
  }

  /** A touch counts only for the view that it was made on. */
  @Post('actions')
  @HttpCode(202)
  async act(@Body({ schema: screenActionSchema }) action: ScreenAction): Promise<{ readonly taken: true }> {
    const { sequence, state } = this.runner.shown;
    if (action.sequence !== sequence) throw httpProblem(409, 'stale-screen', '画面が変わりました。もう一度操作してください。');
    if (!(await this.take(action, state.visit.ids?.session ?? null))) {
      throw httpProblem(409, 'not-now', 'この画面では、その操作はできません。');
    }
    return { taken: true };
  }

  private async take(action: ScreenAction, visit: string | null): Promise<boolean> {
    return action.type === 'more-time' ? this.runner.extend() : this.runner.dispatch(toEvent(action), visit);
  }

  private entered({ state: { name, visit } }: Shown): StateEvent {
    return { state: name, atMs: this.clock.monotonicMs(), request: visit.ids?.request ?? null, prepareMs: visit.prepareMs };
  }

  private view({ state, sequence, deadlineMs, moreTime }: Shown): ScreenView {
    const leftMs = deadlineMs === null ? null : Math.max(0, deadlineMs - this.clock.monotonicMs());
    return toView(state, { sequence, secondsLeft: leftMs === null ? null : Math.ceil(leftMs / 1000), moreTime });
  }
}
