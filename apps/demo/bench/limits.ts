// Every limit of the bench page, with its unit.

export const limits = {
  reconnectMs: 1_000,
  /** The panel that the kiosk's screen is made for, drawn smaller to fit. */
  panelWidthPx: 1080,
  panelHeightPx: 1920,
  refillSheets: 50,
} as const;
