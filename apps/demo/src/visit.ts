// What somebody has seen of their visit when they leave.
import type { ScreenView, StateEvent } from '#libs/contract/screen.js';

export type Visit = {
  /** How it ended on the screen; null when that stood still or went dark, or the person was called away. */
  readonly end: Extract<ScreenView, { screen: 'ended' | 'thank-you' | 'out-of-service' }> | null;
  readonly states: readonly StateEvent[];
  /** Every different screen, in order. */
  readonly screens: readonly string[];
  readonly sheets: readonly { readonly file: string; readonly pages: readonly number[] }[];
  /** What the person wanted and the screen did not offer; they pressed stop. */
  readonly notOffered: string | null;
  /** What the screen asked for, with 控えの番号; null: no money can have moved. */
  readonly bill: { readonly feeYen: number; readonly inquiryNumber: string } | null;
};

/** The person could not do what the screen asked for, or the demo is broken; `visit` is what they had seen until then. */
export class VisitBroken extends Error {
  override readonly name = 'VisitBroken';

  constructor(
    cause: unknown,
    readonly visit: Visit,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
