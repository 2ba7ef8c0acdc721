// vpcd's reader has no cable to pull, and pcscd 1.9 never takes a configured reader from its
// list (only a USB device, which a test has none of). What can be had is a reader that falls
// silent and comes back: a driver in front of vpcd that answers or does not.
import { execFile } from 'node:child_process';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PrivatePcscdRun } from '#devices/emulated/pcscd.js';

/** Every other function of the driver is found in vpcd itself, which this library is linked to. */
const source = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>
enum { IFD_COMMUNICATION_ERROR = 612 };
long IFDHICCPresence(unsigned long lun) {
  if (access("/run/unplugged", F_OK) == 0) return IFD_COMMUNICATION_ERROR;
  long (*vpcd)(unsigned long) = (long (*)(unsigned long)) dlsym(RTLD_NEXT, "IFDHICCPresence");
  return vpcd(lun);
}
`;

export type Cable = { unplug(): Promise<void>; plug(): Promise<void> };

/** Restarts pcscd once, with the driver that has a cable. */
export async function useSilentDriver(pcscd: PrivatePcscdRun): Promise<Cable> {
  const drivers = join(pcscd.directory, 'drivers', 'serial');
  const flag = join(pcscd.directory, 'run', 'unplugged');
  // The name under which the linker looks for it again (its SONAME).
  await rename(join(drivers, 'libifdvpcd.so'), join(drivers, 'libifdvpcd.so.0'));
  await writeFile(join(drivers, 'cable.c'), source);
  const link = ['-L.', '-l:libifdvpcd.so.0', '-Wl,--no-as-needed', '-Wl,-rpath,$ORIGIN', '-ldl'];
  const compile = ['-shared', '-fPIC', '-Wl,--no-as-needed', '-o', 'libifdvpcd.so', 'cable.c', ...link];
  await promisify(execFile)('cc', compile, { cwd: drivers });
  await pcscd.kill();
  const restarted = await pcscd.restart();
  if (!restarted.ok) throw new Error(restarted.error.detail);
  return { unplug: () => writeFile(flag, ''), plug: () => rm(flag) };
}
