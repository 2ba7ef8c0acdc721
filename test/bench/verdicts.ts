// How fast are whole verdicts (a new certificate, a signature, an OCSP answer), and what
// does a large revocation list cost? Measured, never a timed test:
//   node dist/test/bench/verdicts.js
import { sign } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { assert } from '#libs/std/assert.js';
import { createAuthority, createResponder, issueUserAuthentication } from '#libs/pki/issue-authority.js';
import { generateRsaKeyPair, type KeyPair } from '#libs/pki/issue-certificate.js';
import { writeOcspResponse } from '#libs/pki/issue-ocsp.js';
import { crlPointName } from '#libs/pki/issue-profile.js';
import { writeName } from '#libs/pki/name.js';
import { certIdOf } from '#libs/pki/ocsp-request.js';
import { buildOcspRequest, defaultOcspPolicy, judgeOcsp } from '#libs/pki/ocsp.js';
import { judgeCertificate, judgeStatement } from '#libs/pki/statement.js';
import { readTrustAnchors, type TrustAnchors } from '#libs/pki/trust-list.js';

const atMs = Date.UTC(2026, 10, 23, 3, 0, 0);
const dayMs = 86_400_000;

type Login = { certificate: Buffer; statement: Buffer; signature: Buffer; response: Buffer; nonce: Buffer };

export type VerdictRates = {
  readonly verdicts: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** The same by the process's own CPU time: what one core to itself would do, whatever else the machine is busy with. */
  readonly perCpuSecond: number;
};

/** One process, one thread: `certificates` different ones, each judged once a round. */
export async function benchVerdicts({ certificates = 500, rounds = 10 } = {}): Promise<VerdictRates> {
  const { anchors, logins } = await createLogins(certificates);
  for (const login of logins) judge(login, anchors);
  const began = process.cpuUsage();
  const beganMs = performance.now();
  for (let round = 0; round < rounds; round++) for (const login of logins) judge(login, anchors);
  const seconds = (performance.now() - beganMs) / 1000;
  const { user, system } = process.cpuUsage(began);
  const verdicts = certificates * rounds;
  const cpuSeconds = (user + system) / 1e6;
  return { verdicts, seconds, perSecond: Math.round(verdicts / seconds), perCpuSecond: Math.round(verdicts / cpuSeconds) };
}

function judge({ certificate, statement, signature, response, nonce }: Login, anchors: TrustAnchors): void {
  const identity = judgeStatement({ statement, signature, certificate, anchors, atMs });
  assert(identity.ok, 'a good login is accepted');
  buildOcspRequest(identity.value, nonce);
  assert(judgeOcsp({ identity: identity.value, response, nonce, policy: defaultOcspPolicy, atMs }).ok, 'a good answer is accepted');
}

/** Cards share twenty keys, because keys are slow to make; certificates, statements and answers are all different. */
async function createLogins(count: number): Promise<{ anchors: TrustAnchors; logins: Login[] }> {
  const authority = await createAuthority({
    purpose: 'user-authentication',
    organization: 'JPKI-TEST',
    serial: Buffer.of(1),
    notBeforeMs: atMs - dayMs,
    notAfterMs: atMs + dayMs,
  });
  const responder = await createResponder(authority, { serial: Buffer.of(2), notBeforeMs: atMs - dayMs, notAfterMs: atMs + dayMs });
  const keys: readonly KeyPair[] = await Promise.all(Array.from({ length: 20 }, async () => generateRsaKeyPair()));
  const anchors = readTrustAnchors([authority.certificate]);
  assert(anchors.ok, 'the CA is inside the profile');
  const crlPoint = crlPointName('user-authentication', 'JPKI-TEST', [['CN', 'Madoguchi-ken CRLDP']]);
  const logins = Array.from({ length: count }, (_, index): Login => {
    const { publicKey, privateKey } = keys[index % keys.length] ?? { publicKey: null, privateKey: null };
    assert(publicKey !== null, 'a key');
    const serial = Buffer.alloc(4);
    serial.writeUInt32BE(0x10000000 + index);
    const subject = writeName([
      ['C', 'JP'],
      ['CN', `997794E9AGC${String(index).padStart(3, '0')}99101003A`],
    ]);
    const validity = { notBeforeMs: atMs - dayMs, notAfterMs: atMs + dayMs };
    const ocspUrl = 'http://127.0.0.1/ocsp/authentication';
    const certificate = issueUserAuthentication(authority, { serial, publicKey, subject, crlPoint, ocspUrl, ...validity });
    const identity = judgeCertificate({ certificate, anchors: anchors.value, atMs });
    assert(identity.ok, 'a good certificate');
    const statement = Buffer.from(JSON.stringify({ purpose: 'Madoguchi login v1', session: index, padding: 'x'.repeat(400) }));
    const nonce = Buffer.alloc(32, index);
    const times = { producedAtMs: atMs, thisUpdateMs: atMs, nextUpdateMs: atMs + 900_000 };
    const certId = certIdOf(identity.value, 'sha1');
    const response = writeOcspResponse({ certId, certStatus: { status: 'good' }, nonce, ...times }, responder);
    return { certificate, statement, signature: sign('sha256', statement, privateKey), response, nonce };
  });
  return { anchors: anchors.value, logins };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const rates = await benchVerdicts();
  process.stdout.write(`${JSON.stringify(rates)}\n`);
}
