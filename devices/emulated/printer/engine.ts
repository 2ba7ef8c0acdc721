// The machine behind the emulated printer: a paper tray, a path for one sheet at a time,
// an output tray, and the faults that a paper path has. It knows nothing of IPP.
import { setMaxListeners } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assert } from '#libs/std/assert.js';
import type { Clock } from '#libs/std/clock.js';
import type { Random } from '#libs/std/random.js';
import { isFinished, type EmulatedPrinterFault, type Job, type TraySheet } from './job.js';
import { limits } from './limits.js';

export type EngineOptions = { readonly directory: string; readonly clock: Clock; readonly random: Random; readonly msPerPage: number };

export type NewJob = { readonly jobName: string; readonly userName: string; readonly sides: string };

export class Engine {
  fault: EmulatedPrinterFault = 'none';
  paper: number = limits.paperAtStart;
  tray: TraySheet[] = [];
  /** A jam stays until somebody opens the printer: until the fault is set to `none`. */
  isJammed = false;
  readonly startedMs: number;
  #jobs = new Map<number, Job>();
  #nextJobId = 1;
  #closed = new AbortController();
  #wake = new AbortController();
  #running: Promise<void>;

  constructor(
    private readonly options: EngineOptions,
    private readonly changed: () => void,
  ) {
    this.startedMs = options.clock.monotonicMs();
    // One listener a job for a minute each: many jobs are no leak.
    setMaxListeners(0, this.#closed.signal);
    this.#running = this.#run();
  }

  get jobs(): readonly Job[] {
    return [...this.#jobs.values()];
  }

  findJob(jobId: number): Job | null {
    return this.#jobs.get(jobId) ?? null;
  }

  get isStopped(): boolean {
    return this.isJammed || this.fault === 'stopped' || this.paper === 0 || this.isTrayFull;
  }

  get isTrayFull(): boolean {
    return this.tray.length >= limits.sheetsInTray;
  }

  get reasons(): readonly string[] {
    const reasons: string[] = [];
    if (this.isJammed) reasons.push('media-jam-error');
    if (this.paper === 0) reasons.push('media-empty-error', 'media-needed-error');
    if (this.isTrayFull) reasons.push('output-area-full-error');
    if (this.fault === 'stopped') reasons.push('paused');
    return reasons;
  }

  get isProcessing(): boolean {
    return this.jobs.some((job) => job.state === 'processing');
  }

  createJob(given: NewJob): Job {
    const job: Job = {
      ...given,
      jobId: this.#nextJobId++,
      createdMs: this.options.clock.monotonicMs(),
      state: 'pending',
      reasons: ['job-data-insufficient'],
      impressionsCompleted: 0,
      sheetsCompleted: 0,
      document: null,
      processingMs: null,
      completedMs: null,
      cancelRequested: false,
    };
    this.#jobs.set(job.jobId, job);
    this.#forgetOldest();
    void this.#expire(job);
    this.touch();
    return job;
  }

  /** Null pages: the document cannot be interpreted, and the job ends aborted without a sheet. */
  async acceptDocument(job: Job, pdf: Buffer, pages: number | null): Promise<void> {
    assert(job.document === null, 'a job takes one document');
    const file = join(this.options.directory, `${this.options.random.uuid()}.pdf`);
    // Set before the file is written, so that a second Send-Document finds the job full.
    job.document = { file, pages: pages ?? 0 };
    job.reasons = ['job-incoming'];
    await mkdir(this.options.directory, { recursive: true });
    await writeFile(file, pdf, { mode: 0o600 });
    if (isFinished(job)) return;
    if (pages === null) this.finish(job, 'aborted', ['aborted-by-system', 'document-format-error']);
    else job.reasons = [];
    this.touch();
  }

  cancel(job: Job): void {
    if (job.state === 'processing') {
      job.cancelRequested = true;
      job.reasons = ['processing-to-stop-point'];
    } else {
      this.finish(job, 'canceled', ['job-canceled-by-user']);
    }
    this.touch();
  }

  finish(job: Job, state: 'completed' | 'canceled' | 'aborted', reasons: readonly string[]): void {
    job.state = state;
    job.reasons = reasons;
    job.completedMs = this.options.clock.monotonicMs();
  }

  /** All jobs forgotten and the numbers from the start: what a cheap spooler does. */
  restart(): void {
    this.#jobs = new Map();
    this.#nextJobId = 1;
    this.touch();
  }

  touch(): void {
    this.#wake.abort();
    this.#wake = new AbortController();
    this.changed();
  }

  async close(): Promise<void> {
    this.#closed.abort();
    this.#wake.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#closed.signal.aborted) {
      const next = this.isStopped
        ? undefined
        : this.jobs.find((job) => job.document !== null && !isFinished(job) && job.reasons[0] !== 'job-incoming');
      if (next !== undefined) await this.#print(next);
      else await this.#sleep(limits.idleMs);
    }
  }

  async #print(job: Job): Promise<void> {
    job.state = 'processing';
    job.processingMs ??= this.options.clock.monotonicMs();
    job.reasons = ['job-printing'];
    this.touch();
    while (this.#pagesLeft(job) > 0) {
      const isOver = await this.#passSheet(job);
      if (isOver) return;
    }
    this.finish(job, 'completed', ['job-completed-successfully']);
    this.touch();
  }

  #pagesLeft(job: Job): number {
    return (job.document?.pages ?? 0) - job.impressionsCompleted;
  }

  /** True when the printing of this job does not go on: it ended, stands still, or is forgotten. */
  async #passSheet(job: Job): Promise<boolean> {
    const count = Math.min(this.#pagesLeft(job), job.sides === 'one-sided' ? 1 : 2);
    const factor = this.fault === 'slow' ? limits.slowPageFactor : 1;
    await this.options.clock.sleep(this.options.msPerPage * count * factor, this.#closed.signal);
    if (this.#closed.signal.aborted || this.#jobs.get(job.jobId) !== job) return true;
    if (job.cancelRequested) return this.#end(job, 'canceled', ['job-canceled-by-user']);
    if (this.fault === 'jam-before-first-sheet' || (this.fault === 'jam-after-one-sheet' && job.sheetsCompleted === 1))
      return this.#jam(job);
    if (this.isStopped) return this.#stand(job);
    this.#stack(job, count);
    switch (this.fault) {
      case 'canceled-with-sheets-out':
        return this.#end(job, 'canceled', ['job-canceled-at-device']);
      case 'lost-after-restart':
        this.restart();
        return true;
      case 'jam-after-one-sheet':
        // A document of one sheet jams behind itself: it is out, and the printer says aborted.
        return this.#pagesLeft(job) === 0 ? this.#jam(job) : false;
      case 'none':
      case 'out-of-paper':
      case 'stopped':
      case 'missing-attributes':
      case 'slow':
      case 'offline':
        return false;
    }
  }

  #stack(job: Job, count: number): void {
    const first = job.impressionsCompleted + 1;
    const pages = Array.from({ length: count }, (_, index) => first + index);
    const file = job.document?.file ?? '';
    this.tray.push({ id: this.options.random.uuid(), jobId: job.jobId, jobName: job.jobName, file, pages });
    this.paper -= 1;
    job.impressionsCompleted += count;
    job.sheetsCompleted += 1;
    this.touch();
  }

  #jam(job: Job): true {
    this.isJammed = true;
    return this.#end(job, 'aborted', ['aborted-by-system']);
  }

  #stand(job: Job): true {
    job.state = 'processing-stopped';
    job.reasons = ['printer-stopped'];
    this.touch();
    return true;
  }

  #end(job: Job, state: 'canceled' | 'aborted', reasons: readonly string[]): true {
    this.finish(job, state, reasons);
    this.touch();
    return true;
  }

  async #expire(job: Job): Promise<void> {
    await this.options.clock.sleep(limits.documentTimeoutSeconds * 1_000, this.#closed.signal);
    if (this.#closed.signal.aborted || job.document !== null || isFinished(job)) return;
    this.finish(job, 'aborted', ['aborted-by-system', 'job-data-insufficient']);
    this.touch();
  }

  async #sleep(ms: number): Promise<void> {
    await this.options.clock.sleep(ms, this.#wake.signal);
  }

  #forgetOldest(): void {
    const finished = this.jobs.filter(isFinished);
    const [oldest] = finished;
    if (finished.length > limits.jobsRemembered && oldest !== undefined) this.#jobs.delete(oldest.jobId);
  }
}
