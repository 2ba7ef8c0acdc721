// A screen without glass: the same two doors of the kiosk as the touch screen uses
// (libs/contract/screen.ts).
import { screenViewSchema, stateEventSchema, type ScreenAction, type ScreenView, type StateEvent } from '#libs/contract/screen.js';

export type ScreenClient = {
  /** The newest view. */
  readonly view: () => ScreenView | null;
  readonly states: readonly StateEvent[];
  onView(listener: (view: ScreenView) => void): () => void;
  /** Resolves when the kiosk says no more: it is gone, or `close` was called. */
  readonly ended: Promise<void>;
  /** 202: taken; 409: a newer view is coming. */
  act(action: ScreenAction): Promise<number>;
  close(): void;
};

export async function openScreen(kioskUrl: string): Promise<ScreenClient> {
  const ending = new AbortController();
  const response = await fetch(`${kioskUrl}/screen/events`, { signal: ending.signal });
  if (response.body === null) throw new TypeError('the kiosk sent no events');
  const listeners = new Set<(view: ScreenView) => void>();
  const states: StateEvent[] = [];
  let newest: ScreenView | null = null;
  const take = ({ type, data }: { type: string; data: string }): void => {
    if (type === 'state') return void states.push(stateEventSchema.parse(JSON.parse(data)));
    newest = screenViewSchema.parse(JSON.parse(data));
    for (const listener of listeners) listener(newest);
  };
  const ended = readEvents(response.body, take).catch(() => undefined);
  return {
    view: () => newest,
    states,
    ended,
    onView: (listener) => {
      listeners.add(listener);
      if (newest !== null) listener(newest);
      return () => listeners.delete(listener);
    },
    act: async (action) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${kioskUrl}/screen/actions`, { method: 'POST', headers, body: JSON.stringify(action) });
      await answer.arrayBuffer();
      return answer.status;
    },
    close: () => ending.abort(),
  };
}

/** text/event-stream (HTML §9.2.6), as far as the kiosk writes it. */
async function readEvents(body: ReadableStream<Uint8Array>, take: (event: { type: string; data: string }) => void): Promise<void> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const lines = event.split('\n');
      const field = (name: string): string => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
      if (field('data') !== '') take({ type: field('event'), data: field('data') });
    }
  }
}
