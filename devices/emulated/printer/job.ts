// The jobs, sheets and faults of the emulated printer, as values.
import type { JobState } from '#libs/ipp/operations.js';

/** What can be made to go wrong. `none` also mends a jam and starts a stopped printer again. */
export const printerFaults = [
  'none',
  'out-of-paper',
  'jam-before-first-sheet',
  'jam-after-one-sheet',
  'stopped',
  'canceled-with-sheets-out',
  'lost-after-restart',
  'missing-attributes',
  'slow',
  'offline',
] as const;

export type EmulatedPrinterFault = (typeof printerFaults)[number];

/** One sheet of paper in the output tray, and which pages of the document are on it. */
export type TraySheet = {
  readonly id: string;
  readonly jobId: number;
  readonly jobName: string;
  /** The whole document of the job; what stands on this sheet is `pages` of it, counted from 1. */
  readonly file: string;
  readonly pages: readonly number[];
};

export type EmulatedPrinterState = {
  readonly uri: string;
  readonly state: 'idle' | 'processing' | 'stopped';
  readonly reasons: readonly string[];
  readonly fault: EmulatedPrinterFault;
  readonly paper: number;
  readonly tray: readonly TraySheet[];
  readonly jobs: readonly {
    readonly jobId: number;
    readonly jobName: string;
    readonly state: JobState;
    readonly impressionsCompleted: number;
  }[];
};

/** A job as the engine keeps it; changes while it is printed. */
export type Job = {
  readonly jobId: number;
  readonly jobName: string;
  readonly userName: string;
  readonly sides: string;
  readonly createdMs: number;
  state: JobState;
  reasons: readonly string[];
  impressionsCompleted: number;
  sheetsCompleted: number;
  /** Null until the document is there. */
  document: { readonly file: string; readonly pages: number } | null;
  processingMs: number | null;
  completedMs: number | null;
  cancelRequested: boolean;
};

export function isFinished(job: Job): boolean {
  return job.state === 'completed' || job.state === 'canceled' || job.state === 'aborted';
}
