// What the emulated printer takes in and how fast it is.
export const limits = {
  requestBytes: 60_000_000,
  /** multiple-operation-time-out (RFC 8011 §5.4.31): a job without a document ends after it. */
  documentTimeoutSeconds: 60,
  /** Without a job: a new one, a switch or the end wakes it. */
  idleMs: 60_000,
  /** Fault `slow`: before each answer. */
  slowAnswerMs: 800,
  /** Fault `slow`: each page takes so many times longer. */
  slowPageFactor: 5,
  /** Finished jobs that are remembered. */
  jobsRemembered: 200,
  sheetsInTray: 2_000,
  /** Paper at the start, and the most the tray takes. */
  paperAtStart: 500,
  /** Object streams of a PDF, unpacked. */
  unpackedBytes: 50_000_000,
} as const;
