// A disk that takes no more from one process, and takes it again: RLIMIT_FSIZE (setrlimit(2)),
// which needs no right and no mount. The kernel refuses a write beyond it with EFBIG, as it
// refuses one on a full disk with ENOSPC; Node ignores the signal that comes with it.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';

/** From now on no file of this process grows beyond the smallest write-ahead log of its databases. */
export function takeRoom(pid: number, ...databaseFiles: readonly string[]): void {
  const sizes = databaseFiles.map((file) => statSync(`${file}-wal`).size);
  limitFileSize(pid, String(Math.min(...sizes)));
}

export function giveRoom(pid: number): void {
  limitFileSize(pid, 'unlimited');
}

function limitFileSize(pid: number, bytes: string): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);
}
