// The lines out of the branch: the bank's host, the issuance center, the staff part.
import type { Log } from '#libs/std/log.js';
import { silentLog } from '#libs/std/log.js';
import { publicHalf, sign } from '#libs/contract/sealed.js';
import { faulty, fine, note, type Finding } from '#devices/doctor/finding.js';
import { checkNeighbour, findTcpFault } from '#devices/doctor/probes.js';
import type { Check, Examined } from '#devices/doctor/run-doctor.js';
import { toInstant } from '#libs/std/clock.js';
import { systemRandom } from '#libs/std/random.js';
import { CenterClient } from '../center-client.js';
import type { KioskConfiguration } from '../configuration.js';
import { findFeesClosed } from '../fee-window.js';
import { openTcpHostLink } from '../host-link/tcp-host-link.js';
import { limits } from './limits.js';

type Examining = Examined<KioskConfiguration>;

export const bankCheck: Check<KioskConfiguration> = { about: 'bank', look: lookAtBank };
export const centerCheck: Check<KioskConfiguration> = { about: 'center', look: lookAtCenter };
export const staffCheck: Check<KioskConfiguration> = {
  about: 'staff',
  look: ({ configuration, clock }) =>
    checkNeighbour({ about: 'staff', part: 'staff', url: configuration.staff.url, key: 'staff.url' }, clock),
};

async function lookAtBank(examining: Examining): Promise<readonly Finding[]> {
  const { configuration, clock } = examining;
  const closed = findFeesClosed({ hours: configuration.bank.hours ?? null, isSignedOn: () => true }, clock.nowMs());
  const now = closed === null ? [] : [note('bank', 'bank.hours: no fee is taken at this time of the day, only what is free is offered')];
  return [...(await lookAtHost(examining)), ...now];
}

async function lookAtHost({ configuration, clock, isRunning }: Examining): Promise<readonly Finding[]> {
  const about = 'bank';
  const { host, port, acquirer } = configuration.bank;
  const where = `${host}:${port}`;
  const unreachable = await findTcpFault({ host, port });
  if (unreachable !== null) {
    const todo = 'ask the network for this address and port, or correct bank.host and bank.port';
    return [faulty(about, { what: `nobody answers at ${where} (${unreachable})`, expected: "the bank's host", todo })];
  }
  // A second sign-on of the same terminal could take the line from the kiosk.
  if (isRunning) return [note(about, `${where} takes connections; sign-on was not tried, because the running kiosk has it`)];
  const terminal = { kiosk: configuration.kiosk, branch: configuration.branch, acquirer };
  const signedOn = await signOn({ host, port, terminal, clock });
  if (signedOn) return [fine(about, `${where} signed ${configuration.kiosk} on (0800/0810, response code 00)`)];
  const what = `${where} does not sign ${configuration.kiosk} on (acquirer ${acquirer}, branch ${configuration.branch})`;
  return [faulty(about, { what, expected: '0810 with response code 00', todo: 'ask the bank whether this terminal is enrolled' })];
}

type SigningOn = Pick<Parameters<typeof openTcpHostLink>[0], 'host' | 'port' | 'terminal' | 'clock'>;

async function signOn(options: SigningOn): Promise<boolean> {
  const log: Log = silentLog;
  const ended = new AbortController();
  const link = openTcpHostLink({ ...options, random: systemRandom, log, onSignedOn: () => ended.abort() });
  await options.clock.sleep(limits.signOnTimeoutMs, ended.signal);
  const isSignedOn = ended.signal.aborted;
  await link.close();
  return isSignedOn;
}

async function lookAtCenter({ configuration, clock }: Examining): Promise<readonly Finding[]> {
  const about = 'center';
  const { url } = configuration.center;
  const health = await checkNeighbour({ about, part: 'issuance-center', url, key: 'center.url' }, clock);
  if (health.some((finding) => finding.status === 'fault')) return health;
  return [...health, await tryEnrolment({ configuration, clock })];
}

/** A session that is opened and aborted at once: the center has to know this kiosk's key, and to have the name we pin. */
async function tryEnrolment({ configuration, clock }: Pick<Examining, 'configuration' | 'clock'>): Promise<Finding> {
  const about = 'enrolment';
  const { kiosk, key, center } = configuration;
  const client = new CenterClient(center.url);
  const session = systemRandom.uuid();
  const opening = { kiosk, session, sessionPublicKey: publicHalf(key), time: toInstant(clock.nowMs()) };
  const opened = await client.openSession(await sign('madoguchi-session+jws', opening, key));
  if (!opened.ok) {
    const what = `${center.url} opens no session for ${kiosk} (${opened.error.code})`;
    return faulty(about, {
      what,
      expected: 'this kiosk and its public key among those of the center',
      todo: 'let its operator enrol the public half of "key"',
    });
  }
  await client.abort({ id: opened.value.session, token: opened.value.token }, 'doctor');
  if (opened.value.center !== center.id) {
    const what = `${center.url} calls itself "${opened.value.center}"`;
    return faulty(about, { what, expected: `"${center.id}"`, todo: 'correct center.id, or see whose center this is' });
  }
  return fine(about, `${center.id} knows ${kiosk} and its key`);
}
