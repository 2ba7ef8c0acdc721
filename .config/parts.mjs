// The parts that can be started alone, and how `--part NAME` is read.
import { parseArgs } from 'node:util';

export const parts = ['kiosk', 'issuance-center', 'municipality', 'staff'];

/** Null: not one of ours. */
export function findPart(args) {
  const { part } = parseArgs({ args, options: { part: { type: 'string' } }, strict: false }).values;
  return parts.includes(part) ? part : null;
}
