// The bench's requests to the demo's server (libs/contract/bench.ts) and its event stream.
import type { z } from 'zod';
import {
  benchCitizensSchema,
  benchFaultBodySchema,
  benchKeyBodySchema,
  benchPaperBodySchema,
  benchSettingsSchema,
  benchSlotBodySchema,
  type BenchCitizen,
  type BenchKey,
  type BenchSettings,
  type BenchSlot,
} from '#libs/contract/bench.js';
import { problemSchema } from '#libs/contract/problem.js';
import { benchStateSchema, type BenchState } from '#libs/contract/simulators.js';
import { limits } from './limits.js';

/** Null when it was done, otherwise a sentence that can be shown. */
type Outcome = Promise<string | null>;

export async function askSettings(): Promise<BenchSettings> {
  return ask('/bench/settings', benchSettingsSchema);
}

export async function askCitizens(): Promise<readonly BenchCitizen[]> {
  return ask('/bench/citizens', benchCitizensSchema);
}

export function putIntoSlot(slot: BenchSlot, citizen: string | null): Outcome {
  return tell('PUT', `/bench/slots/${slot}`, benchSlotBodySchema.parse({ citizen }));
}

export function pressKey(key: BenchKey): Outcome {
  return tell('POST', '/bench/pin-pad/keys', benchKeyBodySchema.parse({ key }));
}

export function setFault(device: 'printer' | 'receipt', fault: string): Outcome {
  return tell('PUT', `/bench/${device}/fault`, benchFaultBodySchema.parse({ fault }));
}

export function addPaper(sheets: number): Outcome {
  return tell('POST', '/bench/printer/paper', benchPaperBodySchema.parse({ sheets }));
}

export function takeSheets(): Outcome {
  return tell('POST', '/bench/printer/take', {});
}

async function ask<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const answer = await fetch(path);
  return schema.parse(await answer.json());
}

async function tell(method: 'PUT' | 'POST', path: string, body: unknown): Outcome {
  try {
    const answer = await fetch(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (answer.ok) return null;
    const problem = problemSchema.safeParse(await answer.json().catch(() => null));
    return problem.success ? problem.data.detail : `うまくいきませんでした（${answer.status}）。`;
  } catch {
    return 'デモのサーバーにつながりません。';
  }
}

type Listener = { readonly onState: (state: BenchState) => void; readonly onBroken: () => void };

/** Watches until the returned function is called; reconnects by itself. */
export function watchBench({ onState, onBroken }: Listener): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = (): void => {
    source = new EventSource('/bench/events');
    source.addEventListener('message', (event: MessageEvent<string>) => onState(benchStateSchema.parse(JSON.parse(event.data))));
    source.addEventListener('error', () => {
      source?.close();
      onBroken();
      timer = setTimeout(open, limits.reconnectMs);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
