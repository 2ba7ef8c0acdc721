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
  /**
   * Nothing new on the screen for so long, and nobody stands in front of it any more: longer than the
   * kiosk ever takes for one thing (test/journey/nobody-leaves-before-the-kiosk-is-done.test.ts adds it up).
   */
  stillScreenTimeoutMs: 450_000,
} as const;

/** Of the kiosk, where no person stands at it who could put paper in or clear a jam (apps/kiosk/src/limits.ts). */
export const unattendedKioskLimits = { answerTimeoutMs: 5_000, printTimeoutMs: 10_000, cancelTimeoutMs: 5_000 } as const;
