// Ends sessions whose time is over, erases their answers, and deletes rows that nobody
// needs any more.
import { limits } from '../limits.js';
import type { Parts } from '../parts.js';
import { deleteOutcomesBefore } from '../storage/outcomes.js';
import { deleteRequestsBefore, eraseAnswers } from '../storage/requests.js';
import { deleteRevokedBefore } from '../storage/revoked-cards.js';
import { deleteSessionsBefore, endSession, readExpired } from '../storage/sessions.js';

export async function endExpiredSessions(parts: Parts): Promise<void> {
  const nowMs = parts.clock.nowMs();
  const sessions = await readExpired(parts.store.read, nowMs, limits.sessionsPerRun);
  if (sessions.length === 0) return;
  await parts.store.write(async (transaction) => {
    for (const session of sessions) await endSession(transaction, session);
    await eraseAnswers(transaction, sessions);
  });
}

export async function deleteOldRows(parts: Pick<Parts, 'clock' | 'configuration' | 'store'>): Promise<void> {
  const nowMs = parts.clock.nowMs();
  const beforeMs = nowMs - parts.configuration.limits.retentionMs;
  await parts.store.write(async (transaction) => {
    await deleteOutcomesBefore(transaction, beforeMs);
    await deleteRequestsBefore(transaction, beforeMs);
    await deleteSessionsBefore(transaction, beforeMs);
    await deleteRevokedBefore(transaction, nowMs - limits.revokedCardKeptMs);
  });
}
