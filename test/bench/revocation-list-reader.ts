// The reading half of revocation-list.ts: imports nothing but the reader, so that the
// resident set says what a list costs. Arguments: the folder, then serials on the list.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert } from '#libs/std/assert.js';
import { readCrl } from '#libs/pki/crl.js';
import { readTrustAnchors } from '#libs/pki/trust-list.js';

const [folder, ...serials] = process.argv.slice(2);
assert(folder !== undefined, 'a folder is named');
const anchors = readTrustAnchors([readFileSync(join(folder, 'ca.der'))]);
assert(anchors.ok, 'the CA is inside the profile');
const der = readFileSync(join(folder, 'list.der'));

const began = process.cpuUsage();
const beganMs = performance.now();
const crl = readCrl(der, anchors.value);
const loadMs = performance.now() - beganMs;
const used = process.cpuUsage(began);
const loadCpuMs = (used.user + used.system) / 1000;
assert(crl.ok, 'the list is good');

const lookUpBeganMs = performance.now();
for (const serial of serials) assert(crl.value.findReason(serial) !== null, 'the entry is found');
const lookUpMicroseconds = ((performance.now() - lookUpBeganMs) * 1000) / serials.length;

const residentMb = process.memoryUsage.rss() / 1e6;
// Not resourceUsage().maxRSS: Linux hands that on from the process that started this one.
const highWater = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
const peakResidentMb = (Number(highWater) * 1024) / 1e6;
const cost = { entries: crl.value.entryCount, derBytes: der.length, loadMs, loadCpuMs, lookUpMicroseconds, residentMb, peakResidentMb };
process.stdout.write(`${JSON.stringify(cost)}\n`);
