// What a touch means to the engine. `more-time` is none of its matters: the runner gives it.
import type { ScreenAction } from '#libs/contract/screen.js';
import type { Event } from '#libs/session/event.js';
import { unreachable } from '#libs/std/assert.js';

export function toEvent(action: Exclude<ScreenAction, { type: 'more-time' }>): Event {
  switch (action.type) {
    case 'enter-pin':
      return { type: 'pin-entered', pin: Buffer.from(action.pin, 'ascii') };
    case 'choose':
      return { type: 'chosen', choice: action.choice, copies: action.copies };
    case 'confirm':
      return { type: 'confirmed' };
    case 'back':
      return { type: 'back' };
    case 'stop':
      return { type: 'stop' };
    case 'call-staff':
      return { type: 'staff-called' };
    case 'done':
      return { type: 'done' };
    default:
      return unreachable(action);
  }
}
