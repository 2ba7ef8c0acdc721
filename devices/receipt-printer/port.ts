// The slip printer: receipts, and the numbered slip that a person takes to the counter.
import type { Result } from '#libs/std/result.js';

export type ReceiptPrinterFault = { readonly code: 'unreachable' | 'out-of-paper' | 'refused'; readonly detail: string };

/** One line of text; double-size lines are for amounts and inquiry numbers. */
export type ReceiptLine = { readonly text: string; readonly size?: 'normal' | 'double'; readonly align?: 'left' | 'center' | 'right' };

export interface ReceiptPrinter {
  readonly description: string;
  isReady(): Promise<boolean>;
  print(lines: readonly ReceiptLine[]): Promise<Result<void, ReceiptPrinterFault>>;
  close(): Promise<void>;
}
