// What a log says of an exception: its class, and of a broken invariant or a database its own
// few words (ours, and SQLite's, which hold no values). Never a stack.

export function faultName(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}`.slice(0, 200) : 'unknown';
}
