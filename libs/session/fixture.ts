// The usual visit, event by event, for the tests of the engine. Nobody in it exists.
import type { Effect } from './effect.js';
import type { Event } from './event.js';
import { initialState, type State } from './state.js';
import { step } from './step.js';

export const member = { id: 'm0000000000000001', name: '架空　花子', relationship: '世帯主', isAsker: true };
export const choice = {
  kind: 'resident-record' as const,
  scope: 'household' as const,
  members: [member.id],
  relationship: false,
  domicile: false,
  myNumber: false,
};

export function offer(feeYen: number) {
  return {
    offer: '00000000-0000-4000-8000-000000000001',
    session: '00000000-0000-4000-8000-000000000002',
    kiosk: 'KSK00001',
    municipality: { code: '991015', name: '窓口県汐見台市', contact: '' },
    members: [member],
    items: [
      {
        kind: 'resident-record' as const,
        title: '住民票の写し',
        feeYen,
        scopes: ['household' as const],
        allows: { relationship: true, domicile: true, myNumber: false },
        maxCopies: 5,
        closed: null,
      },
    ],
    settingsVersion: '1',
    time: '2026-11-23T00:00:00Z',
    validUntil: '2026-11-23T00:10:00Z',
  };
}

export const ids = { session: 's', request: 'r', inquiryNumber: '1234-5678' };
export const failed = { type: 'failed', code: 'center-unreachable', sentence: null } as const;

export function play(events: readonly Event[], from: State = initialState): { state: State; effects: Effect[] } {
  const effects: Effect[] = [];
  let state = from;
  for (const event of events) {
    const taken = step(state, event);
    state = taken.state;
    effects.push(...taken.effects);
  }
  return { state, effects };
}

export const toReady = (feeYen: number, copies = 1): Event[] => [
  { type: 'put-in-service' },
  { type: 'card-inserted', ids },
  { type: 'card-read', triesLeft: 3 },
  { type: 'session-opened' },
  { type: 'pin-entered', pin: Buffer.from('1234') },
  { type: 'pin-right' },
  { type: 'offered', offer: offer(feeYen) },
  { type: 'chosen', choice, copies },
  { type: 'confirmed' },
  { type: 'signed' },
  { type: 'card-removed' },
  { type: 'prepared', prepareMs: 20 },
  { type: 'checked', copies, pagesPerCopy: 1 },
  { type: 'ready' },
];
export const toCharged: Event[] = [
  { type: 'cash-card-inserted' },
  { type: 'cash-card-read' },
  { type: 'bank-pin-given' },
  { type: 'charged' },
  { type: 'cash-card-removed' },
];
export const kinds = (effects: readonly Effect[]): string[] => effects.map((effect) => effect.type);
