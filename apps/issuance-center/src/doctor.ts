// `npm run doctor -- --part issuance-center --config FILE [--json]`: the database, the line
// to JPKI, and every municipality that it routes to.
import { checkDatabase } from '#devices/doctor/database.js';
import { faulty, fine, type Finding } from '#devices/doctor/finding.js';
import { checkListener, checkNeighbour, checkRedis, findTcpFault } from '#devices/doctor/probes.js';
import { checkCoreDumps } from '#devices/doctor/process.js';
import { runDoctor, type Check, type Examined } from '#devices/doctor/run-doctor.js';
import { ocspResponseMaxBytes } from '#libs/pki/limits.js';
import { buildOcspRequest, judgeOcsp } from '#libs/pki/ocsp.js';
import { readTrustAnchors, type TrustAnchor } from '#libs/pki/trust-list.js';
import { toHex } from '#libs/std/bytes.js';
import { systemRandom } from '#libs/std/random.js';
import { configurationSchema, type Configuration } from './configuration.js';
import { ask } from './http-read.js';
import { limits } from './limits.js';
import { migrations } from './storage/schema.js';
import { ocspPolicyOf } from './verification/judged-by.js';

type Examining = Examined<Configuration>;

const checks: readonly Check<Configuration>[] = [
  {
    about: 'listener',
    look: ({ configuration: { listen }, isRunning }) => checkListener({ about: 'listener', at: listen, isRunning }),
  },
  {
    about: 'database',
    look: ({ configuration: { database, demo } }) => checkDatabase({ database, migrations }, { isDemo: demo }),
  },
  { about: 'Redis', look: ({ configuration }) => checkRedis(configuration.redisUrl) },
  { about: 'OCSP', look: lookAtOcsp },
  { about: 'CRL', look: ({ configuration }) => lookAtLists(configuration) },
  { about: 'municipalities', look: lookAtMunicipalities },
  { about: 'core dumps', look: ({ file }) => Promise.resolve(checkCoreDumps('issuance-center', file)) },
];

await runDoctor({ part: 'issuance-center', schema: configurationSchema, checks });

async function lookAtOcsp(examined: Examining): Promise<readonly Finding[]> {
  const anchors = readTrustAnchors(examined.configuration.trustAnchors.map((der) => Buffer.from(der, 'base64')));
  return anchors.ok ? Promise.all(anchors.value.map((issuer) => askAboutNobody(issuer, examined))) : [];
}

/** A serial that no card has: whatever the answer says of it, it must be signed by whom we would believe, fresh, and ours. */
async function askAboutNobody(issuer: TrustAnchor, { configuration, clock }: Examining): Promise<Finding> {
  const about = 'OCSP';
  const { url, timeoutMs } = configuration.ocsp;
  const policy = ocspPolicyOf(configuration);
  const nonce = systemRandom.bytes(limits.ocspNonceBytes);
  const identity = { issuer, serial: toHex(Buffer.concat([Buffer.of(0x5a), systemRandom.bytes(15)])) };
  const answered = await ask({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/ocsp-request', accept: 'application/ocsp-response' },
    body: new Uint8Array(buildOcspRequest(identity, nonce, policy)),
    timeoutMs,
    maxBytes: ocspResponseMaxBytes,
  });
  const expected = 'an OCSP answer signed by a responder of the pinned CA';
  if (answered === null || answered.status !== 200) {
    const said = answered === null ? 'no answer' : `status ${answered.status}`;
    return faulty(about, { what: `${url} gives none (${said})`, expected, todo: 'see the line to JPKI, or correct ocsp.url' });
  }
  const judged = judgeOcsp({ identity, response: answered.body, nonce, policy, atMs: clock.nowMs() });
  if (judged.ok || judged.error.code !== 'revocation-unknown') return fine(about, `${url} answers, signed, fresh and to our question`);
  const what = `the answer of ${url} proves nothing (${judged.error.reason})`;
  return faulty(about, { what, expected, todo: 'compare ocsp (nonce, responder), trustAnchors and both clocks with what JPKI says' });
}

async function lookAtLists({ crl }: Configuration): Promise<readonly Finding[]> {
  return Promise.all(
    (crl?.urls ?? []).map(async (url) => {
      const { hostname, protocol, port } = new URL(url);
      const cause = await findTcpFault({ host: hostname, port: Number(port || (protocol === 'https:' ? 443 : 80)) });
      if (cause === null) return fine('CRL', `${hostname} takes connections`);
      return faulty('CRL', { what: `nobody answers at ${url} (${cause})`, expected: 'the list', todo: 'correct crl.urls' });
    }),
  );
}

async function lookAtMunicipalities({ configuration, clock }: Examining): Promise<readonly Finding[]> {
  const looked = await Promise.all(
    configuration.municipalities.map(({ code, url }) =>
      checkNeighbour({ about: `municipality ${code}`, part: 'municipality', url, key: 'municipalities' }, clock),
    ),
  );
  return looked.flat();
}
