// A simulated CA with everything that it knows: what it issued and what it revoked.
// Fresh keys at every start, nothing kept.
import { createAuthority, createResponder, type Authority } from '#libs/pki/issue-authority.js';
import type { OcspSigner } from '#libs/pki/issue-ocsp.js';
import { crlPointName, type NameParts } from '#libs/pki/issue-profile.js';
import type { CertStatus, CrlReason } from '#libs/pki/ocsp-response.js';
import type { AnchorPurpose } from '#libs/pki/trust-list.js';
import { dayMs, type Clock } from '#libs/std/clock.js';
import type { Random } from '#libs/std/random.js';
import { authorityFutureMs, authorityPastMs, responderFutureMs } from './limits.js';
import type { Locality } from './localities.js';
import { endOfDayMs } from './validity.js';

const organization = 'JPKI-TEST';

export type Revocation = { readonly reason: CrlReason; readonly revocationTimeMs: number };

export class CertificateAuthority {
  /** By serial number: where it was issued, and what revoked it. */
  private readonly register = new Map<string, { readonly locality: Locality; revocation: Revocation | null }>();
  private foreign: Promise<OcspSigner> | null = null;

  constructor(
    readonly authority: Authority,
    readonly responder: OcspSigner,
    private readonly makeForeignResponder: () => Promise<OcspSigner>,
  ) {}

  /** The responder of another CA of the same name: what `foreign-signer` signs with. Made when it is first asked for. */
  async foreignResponder(): Promise<OcspSigner> {
    this.foreign ??= this.makeForeignResponder();
    return this.foreign;
  }

  enter(serial: string, locality: Locality): void {
    this.register.set(serial, { locality, revocation: null });
  }

  has(serial: string): boolean {
    return this.register.has(serial);
  }

  findRevocation(serial: string): Revocation | null {
    return this.register.get(serial)?.revocation ?? null;
  }

  /** The first revocation stays: a hold is never lifted and a reason never changes (reference §10). */
  revoke(serial: string, revocation: Revocation): 'revoked' | 'already-revoked' | 'unknown' {
    const entry = this.register.get(serial);
    if (entry === undefined) return 'unknown';
    if (entry.revocation !== null) return 'already-revoked';
    entry.revocation = revocation;
    return 'revoked';
  }

  statusOf(serial: string): CertStatus {
    const entry = this.register.get(serial);
    if (entry === undefined) return { status: 'unknown' };
    return entry.revocation === null ? { status: 'good' } : { status: 'revoked', ...entry.revocation };
  }

  /** What the list of one partition names that was revoked until then. */
  revokedIn(partition: string, untilMs: number): { serial: string; revocation: Revocation }[] {
    return [...this.register].flatMap(([serial, { locality, revocation }]) => {
      const listed = partitionOf(this.authority.purpose, locality) === partition;
      return listed && revocation !== null && revocation.revocationTimeMs <= untilMs ? [{ serial, revocation }] : [];
    });
  }
}

/** The lists of authentication certificates are partitioned by prefecture only: unverified [C]. */
export function partitionOf(purpose: AnchorPurpose, locality: Locality): string {
  return (purpose === 'user-authentication' ? locality.prefecture : locality.city).toLowerCase();
}

export function crlPointOf(purpose: AnchorPurpose, locality: Locality): Buffer {
  const area: NameParts =
    purpose === 'user-authentication'
      ? [['CN', `${locality.prefecture} CRLDP`]]
      : [
          ['OU', locality.prefecture],
          ['CN', `${locality.city} CRLDP`],
        ];
  return crlPointName(purpose, organization, area);
}

export type Outside = { readonly clock: Clock; readonly random: Random };

/** Four octets, as JPKI's serial numbers look. */
export function makeSerial(random: Random): Buffer {
  const serial = random.bytes(4);
  serial.writeUInt8((serial.readUInt8(0) & 0x7f) | 0x10, 0);
  return serial;
}

export async function createCertificateAuthority(purpose: AnchorPurpose, { clock, random }: Outside): Promise<CertificateAuthority> {
  const nowMs = clock.nowMs();
  const authorityOf = (): Promise<Authority> =>
    createAuthority({
      purpose,
      organization,
      serial: makeSerial(random),
      notBeforeMs: nowMs - authorityPastMs,
      notAfterMs: endOfDayMs(nowMs + authorityFutureMs),
    });
  const responderOf = async (authority: Authority): Promise<OcspSigner> =>
    createResponder(authority, { serial: makeSerial(random), notBeforeMs: nowMs - dayMs, notAfterMs: nowMs + responderFutureMs });
  const authority = await authorityOf();
  return new CertificateAuthority(authority, await responderOf(authority), async () => responderOf(await authorityOf()));
}
