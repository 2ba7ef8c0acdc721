// Every limit of the storage, with its unit.
export const limits = {
  /** How long SQLite waits for another process that is writing to the same file. */
  sqliteBusyMs: 15_000,
  /** Connections that one process keeps to PostgreSQL for writing, and as many for reading. */
  postgresConnections: 8,
  postgresConnectMs: 5_000,
  /** A statement that takes longer is ended by PostgreSQL: no transaction of ours needs a tenth of it. */
  postgresStatementMs: 15_000,
  /** How often a transaction that lost against another one is run again before its error comes out. */
  serializationAttempts: 10,
  serializationPauseMs: 5,
  /** How often it is tried whether the database takes what is written, and how long that may take. */
  writeProbeEveryMs: 2_000,
  writeProbeTimeoutMs: 3_000,
} as const;
