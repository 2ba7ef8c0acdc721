// The line to the bank, the reversals that wait for it, and whether a fee may be taken now.
import type { KioskConfiguration } from './configuration.js';
import type { Devices } from './devices.js';
import type { HostLink } from './host-link/host-link.js';
import { ReversalForwarder, type ReversalCase, type ReversalStore } from './host-link/reversal-forwarder.js';
import { openTcpHostLink } from './host-link/tcp-host-link.js';
import type { Stores, World } from './parts.js';
import { caseBody } from './stages/paper-trail.js';
import { findUnready, type Needed } from './stages/readiness.js';
import type { ChargeStore } from './storage/charge-store.js';
import type { ChargeRow } from './storage/entities.js';

export type MoneySide = {
  readonly host: HostLink;
  wakeReversals(): void;
  /** The code of what is missing, or null. */
  findUnready(needed: Needed): Promise<string | null>;
  close(): Promise<void>;
};

type Parts = {
  readonly configuration: KioskConfiguration;
  readonly world: World;
  readonly devices: Devices;
  readonly stores: Stores;
  readonly onReversed: (session: string, wasPosted: boolean) => void;
  readonly onSignedOn: () => void;
};

export function openMoneySide(parts: Parts): MoneySide {
  const { configuration, world, devices, stores } = parts;
  const { host, port, acquirer } = configuration.bank;
  const terminal = { kiosk: configuration.kiosk, branch: configuration.branch, acquirer };
  const link: HostLink = openTcpHostLink({
    host,
    port,
    terminal,
    ...world,
    limits: { answerTimeoutMs: configuration.limits.answerTimeoutMs },
    onSignedOn: () => {
      forwarder.wake();
      parts.onSignedOn();
    },
  });
  const forwarder = new ReversalForwarder({
    ...world,
    link,
    store: tellingStore(stores.charges, parts.onReversed),
    openCase: (opened) => openReversalCase(parts, opened),
  });
  const ending = new AbortController();
  const running = forwarder.run(ending.signal);
  return {
    host: link,
    wakeReversals: () => forwarder.wake(),
    findUnready: (needed) => findUnready({ ...devices, ...stores, isSignedOn: () => link.isSignedOn() }, needed),
    close: async () => {
      ending.abort();
      // The line first: a reversal that waits for its answer becomes "no answer" and stays stored.
      await link.close();
      await running;
    },
  };
}

/**
 * What the answer to its reversal proves of a charge; null while there is none. A 0210 with its approval says
 * that the money was taken. Without one, 00 may as well be the answer to the reversal of what was declined.
 */
export function provedBy({ state, approvalCode }: Pick<ChargeRow, 'state' | 'approvalCode'>): { readonly wasPosted: boolean } | null {
  if (state !== 'reversed' && state !== 'declined') return null;
  return { wasPosted: state === 'reversed' && approvalCode !== null };
}

/** The screen says "given back", or "nothing stands", when, and only when, the bank has said so. */
export function tellingStore(charges: ChargeStore, onReversed: Parts['onReversed']): ReversalStore {
  return {
    listPending: () => charges.listPending(),
    incrementAttempt: (rrn) => charges.incrementAttempt(rrn),
    markAnswered: async (rrn, answer) => {
      await charges.markAnswered(rrn, answer);
      const charge = await charges.find(rrn);
      const proved = charge === null ? null : provedBy(charge);
      if (charge !== null && proved !== null) onReversed(charge.session, proved.wasPosted);
    },
  };
}

/** Told before it is marked and perhaps twice: the same reversal is the same case. */
async function openReversalCase({ configuration, world, stores }: Parts, opened: ReversalCase): Promise<void> {
  const charge = await stores.charges.find(opened.rrn);
  const visit = charge === null ? null : await stores.visits.find(charge.session);
  if (charge === null || visit === null) return;
  const nowMs = world.clock.nowMs();
  const prints = await stores.visits.printEvidence(visit.session);
  const matter = caseBody(
    { kiosk: configuration.kiosk, session: visit.session, request: visit.request, inquiryNumber: visit.inquiryNumber },
    { kind: 'reversal-stuck', amountYen: charge.amountYen, evidence: { cause: opened.cause, ...(prints.length > 0 && { prints }) } },
    { bankReference: opened.rrn, nowMs },
  );
  await stores.outbox.put({ id: matter.case, kind: 'case', body: JSON.stringify(matter), createdMs: nowMs });
}
