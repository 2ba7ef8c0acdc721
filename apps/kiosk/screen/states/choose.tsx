// Step 5: certificate, scope, members, options, copies: one decision a screen, as inner
// steps of this one state. Only the whole choice is sent.
import { useState, type ReactNode } from 'react';
import { assert, unreachable } from '#libs/std/assert.js';
import { words } from '#libs/ui/words.js';
import { ChooseCertificate } from '../choose/certificate.js';
import { ChooseCopies } from '../choose/copies.js';
import type { DecisionProps } from '../choose/decision-props.js';
import type { Decision, Draft, Reviewed } from '../choose/draft.js';
import { decisions, emptyDraft, isDecided, toChoice, toDraft } from '../choose/draft.js';
import { ChooseInclusion } from '../choose/inclusion.js';
import { ChooseMembers } from '../choose/members.js';
import { ChooseReach } from '../choose/reach.js';
import { useRenewal } from '../renewal.js';
import { useSession } from '../session.js';
import type { ViewOf } from '../stages.js';

export function Choose({ view, reviewed }: { readonly view: ViewOf<'choose'>; readonly reviewed: Reviewed | null }): ReactNode {
  const { send } = useSession();
  const touched = useRenewal();
  const offered = view.data;
  const [draft, setDraft] = useState<Draft>(() => (reviewed === null ? emptyDraft : toDraft(offered, reviewed)));
  const [reached, setReached] = useState(() => (reviewed === null ? 0 : decisions(offered, draft).length - 1));
  const [missing, setMissing] = useState(false);
  const all = decisions(offered, draft);
  // A newer offer may have fewer decisions.
  const at = Math.min(reached, all.length - 1);
  const decision = all[at];
  assert(decision !== undefined, 'there is always the certificate to be chosen');
  const go = (to: number): void => {
    touched();
    setMissing(false);
    setReached(to);
  };
  const onward = (): void => {
    if (!isDecided(decision, draft)) return setMissing(true);
    if (at + 1 < all.length) return go(at + 1);
    const choice = toChoice(offered, draft);
    if (choice !== null) send({ type: 'choose', choice, copies: draft.copies });
    return undefined;
  };
  const change = (to: Draft): void => {
    touched();
    setMissing(false);
    setDraft(to);
  };
  const back = at === 0 ? {} : { back: { words: words.back, onPress: () => go(at - 1) } };
  const props = { offered, draft, onDraft: change, missing, way: { ...back, next: { words: words.next, onPress: onward } } };
  return <TheDecision decision={decision} props={props} />;
}

function TheDecision({ decision, props }: { readonly decision: Decision; readonly props: DecisionProps }): ReactNode {
  switch (decision.name) {
    case 'certificate':
      return <ChooseCertificate {...props} />;
    case 'reach':
      return <ChooseReach {...props} reaches={decision.reaches} />;
    case 'members':
      return <ChooseMembers {...props} page={decision} />;
    case 'inclusion':
      return <ChooseInclusion {...props} inclusion={decision.inclusion} />;
    case 'copies':
      return <ChooseCopies {...props} item={decision.item} />;
    default:
      return unreachable(decision);
  }
}
