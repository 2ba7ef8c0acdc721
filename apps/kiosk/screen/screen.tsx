// One file a session state; the compiler refuses a state without one.
import type { ReactNode } from 'react';
import type { ScreenView } from '#libs/contract/screen.js';
import { unreachable } from '#libs/std/assert.js';
import type { Reviewed } from './choose/draft.js';
import { Charging } from './states/charging.js';
import { Choose } from './states/choose.js';
import { Ended } from './states/ended.js';
import { EnterBankPin } from './states/enter-bank-pin.js';
import { EnterPin } from './states/enter-pin.js';
import { InsertCashCard } from './states/insert-cash-card.js';
import { LoggingIn } from './states/logging-in.js';
import { OutOfService } from './states/out-of-service.js';
import { Preparing } from './states/preparing.js';
import { Printing } from './states/printing.js';
import { ReadingCard } from './states/reading-card.js';
import { Review } from './states/review.js';
import { Signing } from './states/signing.js';
import { TakeCard } from './states/take-card.js';
import { TakeCashCard } from './states/take-cash-card.js';
import { TakePaper } from './states/take-paper.js';
import { ThankYou } from './states/thank-you.js';
import { Welcome } from './states/welcome.js';

export function Screen({ view, reviewed }: { readonly view: ScreenView; readonly reviewed: Reviewed | null }): ReactNode {
  switch (view.screen) {
    case 'welcome':
      return <Welcome />;
    case 'out-of-service':
      return <OutOfService view={view} />;
    case 'reading-card':
      return <ReadingCard />;
    case 'enter-pin':
      return <EnterPin view={view} />;
    case 'logging-in':
      return <LoggingIn />;
    case 'choose':
      return <Choose view={view} reviewed={reviewed} />;
    case 'review':
      return <Review view={view} />;
    case 'signing':
      return <Signing />;
    case 'take-card':
      return <TakeCard view={view} />;
    case 'preparing':
      return <Preparing />;
    case 'insert-cash-card':
      return <InsertCashCard view={view} />;
    case 'enter-bank-pin':
      return <EnterBankPin view={view} />;
    case 'charging':
      return <Charging view={view} />;
    case 'take-cash-card':
      return <TakeCashCard />;
    case 'printing':
      return <Printing view={view} />;
    case 'take-paper':
      return <TakePaper view={view} />;
    case 'ended':
      return <Ended view={view} />;
    case 'thank-you':
      return <ThankYou view={view} />;
    default:
      return unreachable(view);
  }
}
