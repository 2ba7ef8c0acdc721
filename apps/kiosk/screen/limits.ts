// Every limit of the touch screen, with its unit.

export const limits = {
  /** Between two attempts to open the event stream. */
  reconnectMs: 1_000,
  /** After so long without a stream, what the screen last showed is forgotten. */
  forgetAfterMs: 10_000,
  /** A button answers again after so long, should no new view have come. */
  pendingMs: 5_000,
  /** A touch that leads to no new view gives the time anew, once in so long. */
  renewPauseMs: 60_000,
  /** The remaining time is looked at four times a second, so that no second is left out. */
  countEveryMs: 250,
  /** From here on the remaining time is shown in strong colours and announced. */
  hurrySeconds: 30,
  /** At most so many choices on a screen; more become pages. */
  choicesAScreen: 6,
  /** The same where a name is so long that it takes several lines. */
  longChoicesAScreen: 4,
  /** So many names fit beside the other facts of the review. */
  namesInReview: 4,
  /** Names on one page of the review, when they have pages of their own. */
  namesAPage: 10,
  longNamesAPage: 6,
  pinDigits: 4,
} as const;
