// `var/demo`, which one branch at a time has: a second `npm start` in the same checkout would
// take the files of the first away from under it. The system lets go of the lock with the
// process, however that ends, so nothing stale can stand in the way.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { err, ok, type Result } from '#libs/std/result.js';
import { takeSoleOwnership } from '#libs/storage/sole-owner.js';

export type DemoFolder = {
  readonly folder: string;
  /** For the line that a second start says. */
  sayWhere(url: string): void;
  /** Whoever lets go of this object loses the folder as well. */
  release(): Promise<void>;
};

const branchSchema = z.strictObject({ pid: z.int().positive(), url: z.string().exactOptional() });
/** Without `url`: it is still starting. */
export type RunningBranch = z.infer<typeof branchSchema>;

/**
 * The folder, empty: a demo has new keys at every start, so what the last one kept is worth
 * nothing. Nobody else gets it before `release` or the end of this process. Error: who has it; null: not known.
 */
export async function takeDemoFolder(folder: string): Promise<Result<DemoFolder, RunningBranch | null>> {
  const file = join(folder, 'branch.json');
  mkdirSync(dirname(folder), { recursive: true });
  const owner = await takeSoleOwnership(folder);
  if (!owner.ok) return err(findRunning(file));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  const write = (branch: RunningBranch): void => writeFileSync(file, JSON.stringify(branch), { mode: 0o600 });
  write({ pid: process.pid });
  return ok({ folder, sayWhere: (url) => write({ pid: process.pid, url }), release: owner.value.release });
}

export function inUse(running: RunningBranch | null): string {
  const where = running === null ? '' : ` (process ${running.pid}, ${running.url ?? 'still starting'})`;
  return `A demo branch already runs in this checkout${where}; it was left alone. Close that one first.`;
}

/** Null as well for what the last one left, in the moment before its successor has written. */
function findRunning(file: string): RunningBranch | null {
  try {
    const branch = branchSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return isAlive(branch.pid) ? branch : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}
