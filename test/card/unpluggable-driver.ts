// vpcd's reader has no cable to pull: pcscd takes a configured reader away only when its
// driver stops answering. This puts a driver in front of vpcd that answers or does not.
import { execFile } from 'node:child_process';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PrivatePcscdRun } from '#devices/emulated/pcscd.js';
import { systemClock as clock } from '#libs/std/clock.js';

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
export async function useUnpluggableDriver(pcscd: PrivatePcscdRun): Promise<Cable> {
  const drivers = join(pcscd.directory, 'drivers', 'serial');
  const flag = join(pcscd.directory, 'run', 'unplugged');
  await rename(join(drivers, 'libifdvpcd.so'), join(drivers, 'libvpcd-itself.so'));
  await writeFile(join(drivers, 'cable.c'), source);
  const link = ['-L.', '-l:libvpcd-itself.so', '-Wl,--no-as-needed', '-Wl,-rpath,$ORIGIN', '-ldl'];
  const compile = ['-shared', '-fPIC', '-Wl,--no-as-needed', '-o', 'libifdvpcd.so', 'cable.c', ...link];
  await promisify(execFile)('cc', compile, { cwd: drivers });
  await pcscd.kill();
  const restarted = await pcscd.restart();
  if (!restarted.ok) throw new Error(restarted.error.detail);
  // pcscd looks at its configured readers again when it is told to (pcscd --hotplug).
  const lookAgain = (): void => void process.kill(pcscd.processId() ?? 0, 'SIGUSR1');
  return {
    unplug: async () => {
      await writeFile(flag, '');
      await clock.sleep(100);
      lookAgain();
    },
    plug: async () => {
      await rm(flag);
      lookAgain();
    },
  };
}
