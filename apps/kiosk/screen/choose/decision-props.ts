// What each screen of the choice is given.
import type { Action } from '#libs/ui/frame.js';
import type { Draft, Offered } from './draft.js';

export type DecisionProps = {
  readonly offered: Offered;
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
  readonly way: { readonly back?: Action; readonly next: Action };
  /** 次へ was pressed before anything was chosen. */
  readonly missing: boolean;
};
