// The management ports of the simulated world, as the bench uses them.
import type { z } from 'zod';
import { issuedCardSchema, trustAnchorsSchema, type IssueCardBody, type IssuedCard } from '#libs/contract/simulators.js';
import { limits } from './limits.js';

export class ManagementFailed extends Error {
  override readonly name = 'ManagementFailed';
}

type Call = { readonly method: 'GET' | 'POST' | 'PUT'; readonly url: string; readonly body?: unknown };

/** The JSON of the answer; a simulator that refuses is a broken demo, so it throws. */
export async function manage(call: Call): Promise<unknown> {
  const response = await fetch(call.url, {
    method: call.method,
    ...(call.body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(call.body) }),
    signal: AbortSignal.timeout(limits.managementTimeoutMs),
  });
  const text = await response.text();
  if (!response.ok) throw new ManagementFailed(`${call.method} ${new URL(call.url).pathname}: ${response.status} ${text.slice(0, 200)}`);
  return text === '' ? null : JSON.parse(text);
}

async function managed<T>(call: Call, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(await manage(call));
}

export function issueCard(jpkiManagement: string, body: IssueCardBody): Promise<IssuedCard> {
  return managed({ method: 'POST', url: `${jpkiManagement}/cards`, body }, issuedCardSchema);
}

export function readTrustAnchors(jpkiManagement: string): Promise<z.infer<typeof trustAnchorsSchema>> {
  return managed({ method: 'GET', url: `${jpkiManagement}/trust-anchors` }, trustAnchorsSchema);
}
