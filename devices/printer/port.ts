// A multifunction printer (IPP/2.0, RFC 8010/8011). What a device cannot know is
// `null` or `uncertain`, never guessed.
import type { Result } from '#libs/std/result.js';

export type PrinterFault = {
  readonly code: 'unreachable' | 'refused' | 'malformed-answer' | 'not-found';
  /** IPP status code such as `client-error-not-possible`, or the network's own word. */
  readonly detail: string;
};

export type PrinterStatus = {
  /** printer-state (RFC 8011 §5.4.11), `unknown` when the device does not say. */
  readonly state: 'idle' | 'processing' | 'stopped' | 'unknown';
  /** printer-state-reasons as the device spells them, `none` left out. */
  readonly reasons: readonly string[];
  readonly acceptingJobs: boolean | null;
  readonly queuedJobs: number | null;
  /** Media that is loaded (media-ready), e.g. `iso_a4_210x297mm`; null when not told. */
  readonly mediaReady: readonly string[] | null;
  /** In the tray that is used, or in all; null when the device does not measure or tell. */
  readonly sheetsLeft: number | null;
};

export type PrintJob = {
  /** Ours, written down before anything is sent; goes out as job-name. No person's name. */
  readonly jobName: string;
  readonly pdf: Buffer;
  readonly pages: number;
  readonly sides: 'one-sided' | 'two-sided-long-edge';
};

/** job-id and job-uri of the printer, with our own name. */
export type PrintJobRef = { readonly jobName: string; readonly jobId: number; readonly jobUri: string };

/** The three values of the design, with what was seen. */
export type PrintOutcome = {
  readonly outcome: 'printed' | 'not-printed' | 'uncertain';
  readonly evidence: {
    /** job-state (RFC 8011 §5.3.7) or why there is none: `unknown-job`, `unreachable`, `malformed-answer`, `deadline`. */
    readonly jobState: string;
    readonly jobStateReasons: readonly string[];
    /** job-impressions-completed or job-media-sheets-completed; null when the device does not say. */
    readonly impressionsCompleted: number | null;
    /** Every printer-state-reason seen while the job was followed. */
    readonly printerReasons: readonly string[];
  };
};

export type FollowLimits = {
  /** Pages of the document; fewer impressions than that are never `printed`. */
  readonly pages: number;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Called with the printer's reasons whenever they change, also when none is left. */
  readonly onReasons?: (reasons: readonly string[]) => void;
};

export interface Printer {
  readonly description: string;
  status(): Promise<Result<PrinterStatus, PrinterFault>>;
  /**
   * Validate-Job, then Create-Job + Send-Document or Print-Job. Only two faults come back:
   * `refused` is certain, this job will print nothing (`not-sent: …` when the printer could
   * not even be asked); `unreachable` means the document may have left: find it by name.
   */
  submit(job: PrintJob): Promise<Result<PrintJobRef, PrinterFault>>;
  /** Our unfinished or finished job of that name, for recovery (Get-Jobs). */
  findByName(jobName: string): Promise<Result<PrintJobRef | null, PrinterFault>>;
  /** Polls until a final state, the deadline, or `signal`. Never throws. */
  follow(ref: PrintJobRef, limits: FollowLimits): Promise<PrintOutcome>;
  /** Cancel-Job; does not wait for the final state. */
  cancel(ref: PrintJobRef): Promise<Result<void, PrinterFault>>;
  close(): Promise<void>;
}
