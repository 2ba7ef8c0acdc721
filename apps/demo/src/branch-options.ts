// What can be different between one branch and another.

export type BranchOptions = {
  /** Configurations, databases, logs and the printer's tray; the caller owns it. */
  readonly folder: string;
  /** Aborted: the branch need not open any more; `startBranch` rejects with its reason when all is gone again. */
  readonly leaving?: AbortSignal;
  /** Absent: SQLite, a file a part. */
  readonly postgresUrl?: (part: string) => Promise<string>;
  /** Absent: timers. */
  readonly redisUrl?: string;
  readonly kioskPort?: number;
  readonly msPerPage?: number;
  /** Tests of machines without PC/SC. */
  readonly cardReader?: 'pcsc' | 'direct';
  /** Of the kiosk's process, beside our own: e.g. a clock that goes wrong. */
  readonly kioskEnv?: Readonly<Record<string, string>>;
  /** Times of the kiosk, shortened: a story need not wait as long as a citizen. */
  readonly kioskLimits?: Partial<Record<'answerTimeoutMs' | 'printTimeoutMs' | 'cancelTimeoutMs', number>>;
};
