// Certificates for the card tests, made by the openssl command line to the profile of
// card-and-pki §10 (O=JPKI-TEST), so that nothing of ours judges its own work.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { IssuedCard } from '#libs/contract/simulators.js';

const run = promisify(execFile);

const configuration = `
[req]
distinguished_name = dn
utf8 = yes
string_mask = utf8only
[dn]
[ca]
keyUsage = critical, keyCertSign, cRLSign
subjectAltName = dirName:agency
basicConstraints = critical, CA:TRUE
subjectKeyIdentifier = hash
[authentication]
keyUsage = critical, digitalSignature
certificatePolicies = critical, 1.2.392.200149.8.5.1.3.30
issuerAltName = dirName:agency
authorityKeyIdentifier = keyid
subjectKeyIdentifier = hash
[signature]
keyUsage = critical, digitalSignature, nonRepudiation
subjectAltName = @citizen
certificatePolicies = critical, @policy
issuerAltName = dirName:agency
authorityKeyIdentifier = keyid
subjectKeyIdentifier = hash
[policy]
policyIdentifier = 1.2.392.200149.8.5.1.0.20
CPS.1 = http://cps.example/
[agency]
C = JP
O = 公的個人認証サービス
[citizen]
otherName.1 = 1.2.392.200149.8.5.5.1;UTF8:黒桐　幹也
otherName.2 = 1.2.392.200149.8.5.5.4;UTF8:319800217
otherName.3 = 1.2.392.200149.8.5.5.3;UTF8:1
otherName.4 = 1.2.392.200149.8.5.5.5;UTF8:窓口県汐見台市一丁目１番１号
otherName.5 = 1.2.392.200149.8.5.5.2;UTF8:00000
otherName.6 = 1.2.392.200149.8.5.5.6;UTF8:00000000000000
`;

/** Fresh keys each time; the directory with them is gone when this returns. */
export async function makeCardWithOpenssl(): Promise<IssuedCard> {
  const directory = await mkdtemp(join(tmpdir(), 'madoguchi-openssl-'));
  try {
    await writeFile(join(directory, 'x509.cnf'), configuration);
    const authentication = await makePath(directory, 'authentication', '/C=JP/CN=997794E9AGCIEG99101003A');
    const signature = await makePath(directory, 'signature', '/C=JP/L=Madoguchi-ken/L=Shiomidai-shi/CN=2026110112000000001003A');
    return {
      authenticationCertificate: authentication.certificate,
      authenticationKey: authentication.key,
      authenticationCa: authentication.ca,
      signatureCertificate: signature.certificate,
      signatureKey: signature.key,
      signatureCa: signature.ca,
      caKeyId: 'openssl',
      serial: '1001',
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function makePath(
  directory: string,
  purpose: 'authentication' | 'signature',
  subject: string,
): Promise<{ ca: string; certificate: string; key: string }> {
  const openssl = (...parameters: string[]): Promise<unknown> => run('openssl', parameters, { cwd: directory });
  const ou = purpose === 'authentication' ? 'JPKI for user authentication' : 'JPKI for digital signature';
  const issuer = `/C=JP/O=JPKI-TEST/OU=${ou}/OU=Madoguchi test agency`;
  const newKey = ['-newkey', 'rsa:2048', '-nodes', '-sha256', '-config', 'x509.cnf', '-utf8'];
  const ca = ['-x509', '-extensions', 'ca', '-subj', issuer, '-set_serial', '1', '-days', '3650'];
  await openssl('req', ...newKey, ...ca, '-keyout', 'ca.key', '-out', 'ca.pem');
  await openssl('req', ...newKey, '-subj', subject, '-keyout', 'card.key', '-out', 'card.csr');
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-set_serial', '0x1001', '-days', '365', '-sha256'];
  const extensions = ['-extfile', 'x509.cnf', '-extensions', purpose];
  await openssl('x509', '-req', '-in', 'card.csr', ...signed, ...extensions, '-outform', 'DER', '-out', 'card.der');
  await openssl('x509', '-in', 'ca.pem', '-outform', 'DER', '-out', 'ca.der');
  await openssl('pkcs8', '-topk8', '-nocrypt', '-in', 'card.key', '-outform', 'DER', '-out', 'card.p8');
  const read = async (name: string): Promise<string> => (await readFile(join(directory, name))).toString('base64');
  return { ca: await read('ca.der'), certificate: await read('card.der'), key: await read('card.p8') };
}
