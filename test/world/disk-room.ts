// A disk that takes no more from one process, and takes it again: RLIMIT_FSIZE (setrlimit(2)),
// which needs no right and no mount. The kernel refuses a write beyond it with EFBIG, as it
// refuses one on a full disk with ENOSPC; Node ignores the signal that comes with it.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';

/** From now on no file of this process grows beyond what the write-ahead log of its database has now. */
export function takeRoom(pid: number, databaseFile: string): void {
  limitFileSize(pid, String(statSync(`${databaseFile}-wal`).size));
}

export function giveRoom(pid: number): void {
  limitFileSize(pid, 'unlimited');
}

function limitFileSize(pid: number, bytes: string): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);
}
