// What every printer must do for us, whoever made it: the list of cases that is run on
// the emulated printer and on ippeveprinter of CUPS alike.
import { expect, it } from 'vitest';
import { buildPlainPdf } from '#devices/emulated/printer/plain-pdf.js';
import type { PrintJob, PrintJobRef, Printer, PrinterFault } from '#devices/printer/port.js';
import type { Result } from '#libs/std/result.js';

export function copyOf(jobName: string, pages = 2): PrintJob {
  return { jobName, pages, pdf: buildPlainPdf(pages), sides: 'one-sided' };
}

/** For tests: the value, or the fault in the failure's message. */
export function expectOk<T>(result: Result<T, PrinterFault>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.detail}`);
  return result.value;
}

export async function submitOk(printer: Printer, job: PrintJob): Promise<PrintJobRef> {
  return expectOk(await printer.submit(job));
}

/** `getPrinter` is asked inside the cases, after the suite's own set-up. */
export function itPrintsLikeEveryPrinter(getPrinter: () => Printer): void {
  it('says that it is idle and what paper it has', async () => {
    const status = expectOk(await getPrinter().status());
    expect(status).toMatchObject({ state: 'idle', reasons: [], acceptingJobs: true, queuedJobs: 0 });
    // ippeveprinter has letter paper loaded, the emulated one A4.
    expect(status.mediaReady).toContainEqual(expect.stringMatching(/^(iso_a4_210x297mm|na_letter_8.5x11in)$/));
  });

  it('prints, and the evidence says how much', async () => {
    const ref = await submitOk(getPrinter(), copyOf('contract-print'));
    expect(ref).toMatchObject({ jobName: 'contract-print', jobUri: expect.stringMatching(/^ipps?:\/\/.+\/\d+$/) });
    const outcome = await getPrinter().follow(ref, { pages: 2, timeoutMs: 15_000 });
    expect(outcome).toMatchObject({ outcome: 'printed', evidence: { jobState: 'completed', impressionsCompleted: 2 } });
  });

  it('finds our job by its name, and no other', async () => {
    const ref = await submitOk(getPrinter(), copyOf('contract-find'));
    expect(expectOk(await getPrinter().findByName('contract-find'))).toMatchObject({ jobId: ref.jobId });
    await getPrinter().follow(ref, { pages: 2, timeoutMs: 15_000 });
    expect(expectOk(await getPrinter().findByName('contract-find'))).toMatchObject({ jobId: ref.jobId });
    expect(expectOk(await getPrinter().findByName('contract-fin'))).toBeNull();
  });

  it('refuses to cancel what is over, and does not know a job that never was', async () => {
    const ref = await submitOk(getPrinter(), copyOf('contract-over'));
    await getPrinter().follow(ref, { pages: 2, timeoutMs: 15_000 });
    expect(await getPrinter().cancel(ref)).toMatchObject({ error: { code: 'refused', detail: 'client-error-not-possible' } });
    const never = { jobName: 'contract-never', jobId: 99_999, jobUri: '' };
    expect(await getPrinter().cancel(never)).toMatchObject({ error: { code: 'not-found' } });
    expect(await getPrinter().follow(never, { pages: 2, timeoutMs: 2_000 })).toMatchObject({
      outcome: 'uncertain',
      evidence: { jobState: 'unknown-job', impressionsCompleted: null },
    });
  });

  it("does not take another job's number for ours", async () => {
    const ref = await submitOk(getPrinter(), copyOf('contract-other'));
    const ours = { ...ref, jobName: 'contract-ours' };
    expect(await getPrinter().follow(ours, { pages: 2, timeoutMs: 2_000 })).toMatchObject({
      outcome: 'uncertain',
      evidence: { jobState: 'unknown-job' },
    });
  });
}
