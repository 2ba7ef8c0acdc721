import { describe, expect, it, vi } from 'vitest';
import { createAuthority, issueUserAuthentication, type AuthorityTemplate } from './issue-authority.js';
import { generateRsaKeyPair } from './issue-certificate.js';
import { crlPointName } from './issue-profile.js';
import { writeName } from './name.js';
import { judgeCertificate } from './statement.js';
import { readTrustAnchors } from './trust-list.js';

// RSA keys take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const atMs = Date.UTC(2026, 10, 23);
const day = 86_400_000;
const template: AuthorityTemplate = {
  purpose: 'user-authentication',
  organization: 'JPKI-TEST',
  serial: Buffer.of(1),
  notBeforeMs: atMs - day,
  notAfterMs: atMs + day,
};

async function issue(authority: Awaited<ReturnType<typeof createAuthority>>): Promise<Buffer> {
  const { publicKey } = await generateRsaKeyPair();
  const subject = writeName([
    ['C', 'JP'],
    ['CN', '997794E9AGCIEG99101003A'],
  ]);
  const crlPoint = crlPointName('user-authentication', 'JPKI-TEST', [['CN', 'X CRLDP']]);
  const validity = { notBeforeMs: atMs - day, notAfterMs: atMs + day };
  return issueUserAuthentication(authority, { serial: Buffer.of(2), publicKey, subject, crlPoint, ocspUrl: 'http://x/', ...validity });
}

describe('the pinned CAs', () => {
  it('are chosen by signature: generations share one name', async () => {
    const [first, second] = await Promise.all([createAuthority(template), createAuthority(template)]);
    const anchors = readTrustAnchors([first.certificate, second.certificate]);
    if (!anchors.ok) throw new Error(anchors.error.reason);
    const certificate = await issue(second);
    const judged = judgeCertificate({ certificate, anchors: anchors.value, atMs });
    expect(judged).toMatchObject({ ok: true, value: { caKeyId: second.caKeyId, serial: '02' } });
    expect(judgeCertificate({ certificate, anchors: anchors.value.slice(0, 1), atMs })).toMatchObject({
      ok: false,
      error: { code: 'issuer-unknown', subIndication: 'NO_CERTIFICATE_CHAIN_FOUND' },
    });
  });

  it('have a purpose and an end', async () => {
    const authority = await createAuthority(template);
    const anchors = readTrustAnchors([authority.certificate]);
    if (!anchors.ok) throw new Error(anchors.error.reason);
    expect(anchors.value[0]).toMatchObject({ purpose: 'user-authentication', organization: 'JPKI-TEST', keyId: authority.caKeyId });
    const certificate = await issue(authority);
    const signing = anchors.value.map((anchor) => ({ ...anchor, purpose: 'digital-signature' as const }));
    expect(judgeCertificate({ certificate, anchors: signing, atMs })).toMatchObject({ ok: false, error: { code: 'issuer-unknown' } });
    expect(judgeCertificate({ certificate, anchors: anchors.value, atMs: atMs + day + 999 }).ok).toBe(true);
    const late = judgeCertificate({ certificate, anchors: anchors.value, atMs: atMs + day + 1000 });
    expect(late).toMatchObject({ ok: false, error: { code: 'issuer-not-valid' } });
  });

  it('are refused when there is none, or one is not a CA of the profile', async () => {
    const authority = await createAuthority(template);
    const reasonOf = (...ders: Buffer[]): string | null => {
      const read = readTrustAnchors(ders);
      return read.ok ? null : `${read.error.code} ${read.error.reason}`;
    };
    expect(reasonOf()).toBe('trust-anchor-refused no-trust-anchor');
    expect(reasonOf(authority.certificate, Buffer.of(0x30, 0))).toBe('trust-anchor-refused der-missing');
    expect(reasonOf(authority.certificate, await issue(authority))).toBe('trust-anchor-refused key-usage');
  });

  it('never bear the real name in a simulation', async () => {
    await expect(createAuthority({ ...template, organization: 'JPKI' })).rejects.toThrow(/name of the real one/);
  });
});
