// One screen in its frame. What is the same on all of them is decided here and nowhere
// else: the steps at the top, the remaining time, やめる and 係員を呼ぶ.
import type { ReactNode } from 'react';
import { Frame, type Action } from '#libs/ui/frame.js';
import { Steps } from '#libs/ui/steps.js';
import { words } from '#libs/ui/words.js';
import { RemainingTime } from './remaining-time.js';
import { useSession } from './session.js';
import { around, stageNames } from './stages.js';

type Props = {
  readonly title: string;
  /** One short sentence: what to do now. Null where the title says it all. */
  readonly lead: ReactNode;
  readonly badge?: ReactNode;
  readonly picture?: ReactNode;
  readonly children?: ReactNode;
  readonly next?: Action;
  readonly back?: Action;
};

export function Page({ title, lead, badge, picture, children, next, back }: Props): ReactNode {
  const { view, busy, send } = useSession();
  const { stage, tone, canStop } = around[view.screen];
  const waiting = (action: Action | undefined): Action | null =>
    action === undefined ? null : { ...action, off: busy || (action.off ?? false) };
  return (
    <Frame
      tone={tone}
      title={title}
      lead={lead}
      badge={badge}
      picture={picture}
      top={
        <>
          {stage === null ? null : <Steps names={stageNames} now={stage} />}
          <div className={`frame-second ${stage === null ? 'alone' : ''}`}>
            <p className="service-name">証明書サービス</p>
            <RemainingTime />
          </div>
        </>
      }
      back={waiting(back)}
      next={waiting(next)}
      stop={canStop ? { words: words.stop, off: busy, onPress: () => send({ type: 'stop' }) } : null}
      call={{
        words: view.staffCalled ? words.called : words.call,
        done: view.staffCalled,
        onPress: () => send({ type: 'call-staff' }),
      }}
    >
      {children}
    </Frame>
  );
}
