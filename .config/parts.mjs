// The parts that can be started alone, and how `--part NAME` is read.

export const parts = ['kiosk', 'issuance-center', 'municipality', 'staff'];

/** Null: not one of ours. */
export function findPart(args) {
  const at = args.indexOf('--part');
  const part = at < 0 ? undefined : args[at + 1];
  return parts.includes(part) ? part : null;
}
