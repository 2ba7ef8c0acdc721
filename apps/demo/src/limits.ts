// Every limit of the demo branch.

export const limits = {
  partReadyTimeoutMs: 30_000,
  partStopTimeoutMs: 5_000,
  logLinesShown: 6,
  managementTimeoutMs: 10_000,
  /** A sheet of the emulated printer takes as long as on a fast office machine. */
  msPerPage: 1_500,
  /** `npm run issue` has no person waiting and no paper path to show. */
  msPerPageUnattended: 30,
  /** Fault `slow`: noticed, and in time. */
  slowAnswerMs: 1_000,
  /** Fault `late`: after the kiosk has given the bank up. */
  lateAnswerMs: 40_000,
  sheetsAtStart: 250,
  /** How long a person waits for the word that the money is back. */
  settleTimeoutMs: 10_000,
  /** A pcscd of the machine that has just been woken has its readers after that. */
  readersPatienceMs: 3_000,
  readersPollMs: 200,
  /** One run of `npm run issue`, from the first process to the last. */
  journeyTimeoutMs: 120_000,
} as const;
