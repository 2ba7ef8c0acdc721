// The kiosk's end of libs/contract/staff.ts: calls and cases, sent until they are taken.
import { takenSchema } from '#libs/contract/staff.js';
import { limits } from './limits.js';

export class StaffClient {
  constructor(private readonly baseUrl: string) {}

  /** The status of what was no acceptance; null without an answer. */
  async put(kind: 'call' | 'case', message: { id: string; body: string }): Promise<'taken' | number | null> {
    try {
      const response = await fetch(new URL(`/v1/${kind}s/${message.id}`, this.baseUrl), {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: message.body,
        signal: AbortSignal.timeout(limits.staffTimeoutMs),
        redirect: 'error',
      });
      if (!response.ok) {
        await response.body?.cancel();
        return response.status;
      }
      return takenSchema.safeParse(await response.json()).success ? 'taken' : response.status;
    } catch {
      return null;
    }
  }
}
