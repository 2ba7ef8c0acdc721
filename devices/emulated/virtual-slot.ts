// A slot of a reader that exists only as bytes: the card side of vpcd's protocol
// (card-and-pki §9). Putting a card in opens a line, taking it out closes it. When the
// reader goes away (pcscd restarted) the card stays in the slot and finds it again.
import type { Clock } from '#libs/std/clock.js';
import { err, ok } from '#libs/std/result.js';
import type { Result } from '#libs/std/result.js';
import { control, createFrameReader, encodeFrame } from './pcsc/frame.js';
import { limits } from './pcsc/limits.js';
import { openLine } from './pcsc/line.js';
import type { Line, SlotEndpoint } from './pcsc/line.js';
import type { VirtualCard } from './virtual-card.js';

export type SlotFault = { readonly code: 'slot-occupied' | 'card-not-noticed'; readonly detail: string };

export type VirtualSlot = {
  /** Null: the slot is empty. */
  card(): VirtualCard | null;
  /** Resolves when the reader has asked for the ATR; a card that nobody notices is out again. */
  insert(card: VirtualCard): Promise<Result<void, SlotFault>>;
  /** Resolves when the line is closed; pcscd sees it at its next look. */
  remove(): Promise<void>;
  /** Command APDUs that the card now in the slot has been sent. */
  commandCount(): number;
  /**
   * Pulls the card at a later command: 1 is the next one. `executed`: the card has done the
   * command and only its answer is lost; otherwise the command never reached it.
   */
  pullAt(command: { readonly index: number; readonly executed: boolean }): void;
};

type Insertion = {
  readonly card: VirtualCard;
  readonly abort: AbortController;
  line: Line | null;
  commands: number;
  onNoticed: () => void;
};

export function createVirtualSlot(options: { readonly endpoint: SlotEndpoint; readonly clock: Clock }): VirtualSlot {
  let inserted: Insertion | null = null;
  let pull: { countdown: number; executed: boolean } | null = null;
  /** Of every card that was ever in. */
  let linesEnded: Promise<unknown> = Promise.resolve();

  /** Whoever else takes it out at the same time waits as well until its line is closed. */
  const takeOut = async (): Promise<void> => {
    const leaving = inserted;
    inserted = null;
    if (leaving !== null) pull = null;
    leaving?.abort.abort();
    leaving?.line?.close();
    await linesEnded;
  };

  /** Null: the card was pulled and does not answer. */
  const answer = (insertion: Insertion, command: Buffer): Buffer | null => {
    insertion.commands++;
    const isPulled = pull !== null && --pull.countdown <= 0;
    if (!isPulled) return insertion.card.transmit(command);
    if (pull?.executed === true) insertion.card.transmit(command);
    void takeOut();
    return null;
  };

  return {
    card: () => inserted?.card ?? null,
    commandCount: () => inserted?.commands ?? 0,
    remove: takeOut,
    pullAt: ({ index, executed }) => {
      pull = { countdown: index, executed };
    },
    insert: async (card) => {
      if (inserted !== null) return err({ code: 'slot-occupied', detail: inserted.card.label });
      const nothing = (): void => undefined;
      const insertion: Insertion = { card, abort: new AbortController(), line: null, commands: 0, onNoticed: nothing };
      inserted = insertion;
      const noticed = new Promise<boolean>((resolve) => (insertion.onNoticed = () => resolve(true)));
      linesEnded = Promise.all([linesEnded, keepLine(options, insertion, answer)]);
      const late = options.clock.sleep(limits.noticedTimeoutMs, insertion.abort.signal).then(() => false);
      if (await Promise.race([noticed, late])) return ok(undefined);
      if (inserted === insertion) await takeOut();
      return err({ code: 'card-not-noticed', detail: `no reader on ${options.endpoint.kind} port ${options.endpoint.port}` });
    },
  };
}

type AnswerCommand = (insertion: Insertion, command: Buffer) => Buffer | null;

/** Opens the line again and again for as long as the card is in the slot. */
async function keepLine(
  options: { readonly endpoint: SlotEndpoint; readonly clock: Clock },
  insertion: Insertion,
  answer: AnswerCommand,
): Promise<void> {
  const { signal } = insertion.abort;
  while (!signal.aborted) {
    await holdLine(options.endpoint, insertion, answer);
    await options.clock.sleep(limits.reconnectMs, signal);
  }
}

/** One line from its opening to its end; an unreachable reader ends at once. */
async function holdLine(endpoint: SlotEndpoint, insertion: Insertion, answer: AnswerCommand): Promise<void> {
  const { signal } = insertion.abort;
  insertion.card.reset();
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const read = createFrameReader((payload) => {
    if (signal.aborted || insertion.line === null) return;
    const reply = answerPayload(insertion, payload, answer);
    if (reply !== null) insertion.line.write(encodeFrame(reply));
  });
  const early: Buffer[] = [];
  const onData = (chunk: Buffer): void => void (insertion.line === null ? early.push(chunk) : read(chunk));
  const opened = await openLine(endpoint, { onData, onClose: end }, signal);
  if (!opened.ok) return;
  insertion.line = opened.value;
  if (signal.aborted) opened.value.close();
  for (const chunk of early) read(chunk);
  await ended;
  insertion.line = null;
}

function answerPayload(insertion: Insertion, payload: Buffer, answer: AnswerCommand): Buffer | null {
  if (payload.length === 0) return null;
  if (payload.length > 1) return answer(insertion, payload);
  if (payload[0] === control.atr) {
    insertion.onNoticed();
    return insertion.card.atr;
  }
  if (payload[0] === control.powerOff || payload[0] === control.powerOn || payload[0] === control.reset) insertion.card.reset();
  return null;
}
