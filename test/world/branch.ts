// A branch of real processes for the tests of the whole.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBranch, type Branch } from '../../apps/demo/src/branch.js';
import type { BranchOptions } from '../../apps/demo/src/branch-options.js';
import { limits } from '../../apps/demo/src/limits.js';

export type TestBranch = Branch & { readonly folder: string };

export async function openBranch(options: Omit<BranchOptions, 'folder'> = {}): Promise<TestBranch> {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-branch-'));
  const branch = await startBranch({ folder, msPerPage: limits.msPerPageUnattended, ...options });
  const stop = async (): Promise<void> => {
    await branch.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...branch, folder, stop };
}
