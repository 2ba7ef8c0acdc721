// Sizes and times of the simulated bank.
export const limits = {
  /** X9.8 and every Japanese bank: three wrong PINs in a row lock the card. */
  pinTries: 3,
  /** Fault `slow`, when no delay is told: well inside the kiosk's T1. */
  slowMs: 3_000,
  /** Fault `late`, when no delay is told: beyond the kiosk's T1 of 30 s. */
  lateMs: 35_000,
  managementBodyBytes: 4_096,
  /** Connections of kiosks at once. */
  connections: 64,
} as const;
