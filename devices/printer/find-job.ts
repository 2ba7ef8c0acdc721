// Our job, looked up by the name that was written down before anything was sent
// (Get-Jobs, RFC 8011 §4.2.6): how a kiosk finds out after a crash what became of it.
import { findGroups, findInteger, findString } from '#libs/ipp/attributes.js';
import { attribute, boolean, integer, keyword } from '#libs/ipp/message.js';
import { err, ok, type Result } from '#libs/std/result.js';
import type { Client } from './client.js';
import { limits } from './limits.js';
import type { PrintJobRef, PrinterFault } from './port.js';

const jobAttributes = ['job-id', 'job-uri', 'job-name'] as const;

/**
 * Null only when the printer listed its jobs, all with names, and ours is not among
 * them. Two jobs of that name, or jobs without names, are `malformed-answer`.
 */
export async function findJob(client: Client, jobName: string): Promise<Result<PrintJobRef | null, PrinterFault>> {
  const found = new Map<number, PrintJobRef>();
  let hasUnnamed = false;
  for (const whichJobs of ['not-completed', 'completed']) {
    const answer = await client.call({
      operation: 'Get-Jobs',
      attributes: [
        attribute('limit', integer(limits.jobsListed)),
        attribute('requested-attributes', ...jobAttributes.map(keyword)),
        attribute('which-jobs', keyword(whichJobs)),
        attribute('my-jobs', boolean(false)),
      ],
    });
    if (!answer.ok) return err({ code: answer.error.code, detail: answer.error.detail });
    for (const group of findGroups(answer.value, 'job')) {
      const jobId = findInteger(group, 'job-id');
      const name = findString(group, 'job-name');
      if (jobId === null || name === null) hasUnnamed = true;
      else if (name === jobName) found.set(jobId, { jobName, jobId, jobUri: findString(group, 'job-uri') ?? '' });
    }
  }
  const [first, ...others] = found.values();
  if (others.length > 0) return err({ code: 'malformed-answer', detail: 'several jobs of one job-name' });
  if (first === undefined && hasUnnamed) return err({ code: 'malformed-answer', detail: 'jobs without job-name' });
  return ok(first ?? null);
}
