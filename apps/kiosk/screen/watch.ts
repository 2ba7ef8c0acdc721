// The event stream of views: GET /screen/events (libs/contract/screen.ts). What is not a
// valid view counts as a broken stream: rather a calm waiting page than a guess.
import { screenViewSchema, type ScreenView } from '#libs/contract/screen.js';
import { limits } from './limits.js';

type Listener = { readonly onView: (view: ScreenView) => void; readonly onBroken: () => void };

/** Watches until the returned function is called; reconnects by itself. */
export function watchViews({ onView, onBroken }: Listener): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const breakOff = (): void => {
    source?.close();
    source = null;
    clearTimeout(timer);
    timer = setTimeout(open, limits.reconnectMs);
    onBroken();
  };
  const open = (): void => {
    source = new EventSource('/screen/events');
    source.addEventListener('error', breakOff);
    source.addEventListener('message', (event: MessageEvent<unknown>) => {
      const view = readView(event.data);
      if (view === null) breakOff();
      else onView(view);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

function readView(data: unknown): ScreenView | null {
  if (typeof data !== 'string') return null;
  try {
    const parsed = screenViewSchema.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
