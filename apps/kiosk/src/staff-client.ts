// The kiosk's end of libs/contract/staff.ts: calls and cases, sent until they are taken.
import { takenSchema } from '#libs/contract/staff.js';
import { limits } from './limits.js';

export type Delivery = 'taken' | 'refused' | 'not-delivered';

export class StaffClient {
  constructor(private readonly baseUrl: string) {}

  /** `refused`: it will never be taken in this form (4xx); everything else is tried again. */
  async put(kind: 'call' | 'case', message: { id: string; body: string }): Promise<Delivery> {
    try {
      const response = await fetch(new URL(`/v1/${kind}s/${message.id}`, this.baseUrl), {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: message.body,
        signal: AbortSignal.timeout(limits.staffTimeoutMs),
        redirect: 'error',
      });
      const json: unknown = await response.json();
      if (response.ok && takenSchema.safeParse(json).success) return 'taken';
      return response.status >= 400 && response.status < 500 ? 'refused' : 'not-delivered';
    } catch {
      return 'not-delivered';
    }
  }
}
