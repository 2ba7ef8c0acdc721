// How long and how much the printer adapter waits, sends and takes in.
export const limits = {
  /** One question to the printer, from connecting to the last octet of its answer. */
  answerTimeoutMs: 10_000,
  /** One document on its way out; a printer may swallow it at the speed of its spooler. */
  documentTimeoutMs: 60_000,
  /** A whole IPP answer. */
  answerBytes: 1_048_576,
  documentBytes: 50_000_000,
  /** Between two Get-Job-Attributes. */
  pollMs: 250,
  /** How long a final state is looked at again, because counters lag behind states. */
  settleMs: 1_000,
  /** Jobs asked for when we look one up by its name. */
  jobsListed: 500,
} as const;
