// The frame of a screen, without dialogs: where I am, what to do, the one decision, and
// the four actions (back, next, stop, call), each always at its own place. A place that
// has no action on this screen stays empty; nothing else moves into it.
import { useEffect, useRef, type ReactNode } from 'react';
import { Button } from './button.js';
import { Bell } from './signs.js';
import { words } from './words.js';

export type Action = {
  readonly words: string;
  readonly onPress: () => void;
  readonly off?: boolean;
  /** It has been done and its words say so; pressing again does nothing. */
  readonly done?: boolean;
};

type Props = {
  readonly tone: 'card' | 'bank';
  readonly top: ReactNode;
  readonly title: string;
  readonly lead: ReactNode;
  /** A small picture at the heading, where the page has no room for a large one. */
  readonly badge?: ReactNode;
  readonly picture?: ReactNode;
  readonly children?: ReactNode;
  readonly back: Action | null;
  readonly next: Action | null;
  readonly stop: Action | null;
  readonly call: Action;
};

export function Frame(props: Props): ReactNode {
  const hasPicture = props.picture !== undefined && props.picture !== null;
  return (
    <div className="frame" data-tone={props.tone}>
      <header className="frame-top">{props.top}</header>
      <Heading title={props.title} lead={props.lead} badge={props.badge} />
      <main className={`frame-middle ${hasPicture ? 'with-picture' : ''}`}>
        {hasPicture ? <figure className="frame-picture">{props.picture}</figure> : null}
        <div className={`frame-content ${hasPicture ? '' : 'at-end'}`}>{props.children}</div>
      </main>
      <footer className="frame-actions">
        <div className="place-back">
          <At action={props.back} look="plain" />
        </div>
        <div className="place-next">
          <At action={props.next} look="main" />
        </div>
        <div className="place-stop">
          <At action={props.stop} look="quiet" />
        </div>
        <div className="place-call">
          <At action={props.call} look="call" />
        </div>
      </footer>
    </div>
  );
}

/** A new heading takes the focus, so that it is read out and Tab goes on from here. */
function Heading({ title, lead, badge }: Pick<Props, 'title' | 'lead' | 'badge'>): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [title]);
  return (
    <div className="frame-heading">
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead === null ? null : <p aria-live="polite">{lead}</p>}
      </div>
      {badge === undefined ? null : <figure className="frame-badge">{badge}</figure>}
    </div>
  );
}

function At({ action, look }: { readonly action: Action | null; readonly look: 'plain' | 'main' | 'quiet' | 'call' }): ReactNode {
  if (action === null) return null;
  const done = action.done ?? false;
  return (
    <Button look={look} off={done || (action.off ?? false)} className={done ? 'button-done' : ''} onPress={action.onPress}>
      <span className="button-sign" role={done ? 'status' : undefined}>
        {look === 'call' && !done ? <Bell /> : null}
        {action.words}
      </span>
    </Button>
  );
}

/** Over everything while the program cannot be reached: calm, nothing to press. */
export function WaitOver(): ReactNode {
  return (
    <div className="wait-over" role="alert">
      <p className="wait-over-title">{words.wait}</p>
      <p>機械の準備をしています。このままお待ちください。</p>
      <p>長くかかるときは、お近くの係員に声をおかけください。</p>
    </div>
  );
}
