// What the frame around a screen shows: how far the person is, whose part it is (the My
// Number Card's or the bank's), and whether やめる is there. Stopping is possible until the
// money is reached; from then on the kiosk ends the matter one way or the other.
import type { ScreenName, ScreenView } from '#libs/contract/screen.js';

export type ViewOf<N extends ScreenName> = Extract<ScreenView, { screen: N }>;

export const stageNames = ['カード', '選ぶ', '確かめる', '支払う', '受け取る'] as const;

type Around = { readonly stage: 0 | 1 | 2 | 3 | 4 | null; readonly tone: 'card' | 'bank'; readonly canStop: boolean };

const card = (stage: Around['stage'], canStop: boolean): Around => ({ stage, tone: 'card', canStop });
const bank = (canStop: boolean): Around => ({ stage: 3, tone: 'bank', canStop });

export const around: Readonly<Record<ScreenName, Around>> = {
  welcome: card(null, false),
  'out-of-service': card(null, false),
  'reading-card': card(0, true),
  'enter-pin': card(0, true),
  'logging-in': card(0, true),
  choose: card(1, true),
  review: card(2, true),
  signing: card(2, true),
  'take-card': card(2, true),
  preparing: card(2, true),
  'insert-cash-card': bank(true),
  'enter-bank-pin': bank(true),
  charging: bank(false),
  'take-cash-card': bank(false),
  printing: card(4, false),
  'take-paper': card(4, false),
  ended: card(null, false),
  'thank-you': card(4, false),
};
