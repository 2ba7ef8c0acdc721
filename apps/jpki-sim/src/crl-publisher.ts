// The daily lists (reference §11), one a partition. A list says what was revoked when it
// was published: at the start, at every midnight in Japan, or when a test orders it.
import { writeCrl } from '#libs/pki/issue-crl.js';
import { fromHex } from '#libs/std/bytes.js';
import { dayMs, japanOffsetMs, type Clock } from '#libs/std/clock.js';
import { crlPointOf, partitionOf, type CertificateAuthority } from './certificate-authority.js';
import { crlGraceMs } from './limits.js';
import { localities } from './localities.js';

export class CrlPublisher {
  private publishedAtMs: number;
  private crlNumber = 1;
  private readonly lists = new Map<string, Buffer>();

  constructor(
    private readonly ca: CertificateAuthority,
    private readonly clock: Clock,
  ) {
    this.publishedAtMs = clock.nowMs();
  }

  /** Everything that was revoked until now stands on the lists from now on. */
  publish(): void {
    this.publishedAtMs = this.clock.nowMs();
    this.crlNumber++;
    this.lists.clear();
  }

  /** DER; null when there is no such partition. */
  find(partition: string): Buffer | null {
    if (this.clock.nowMs() >= nextMidnightMs(this.publishedAtMs)) this.publish();
    const { purpose } = this.ca.authority;
    const locality = localities.find((candidate) => partitionOf(purpose, candidate) === partition);
    if (locality === undefined) return null;
    const list = this.lists.get(partition) ?? this.write(partition, crlPointOf(purpose, locality));
    this.lists.set(partition, list);
    return list;
  }

  private write(partition: string, scope: Buffer): Buffer {
    const { authority } = this.ca;
    const revoked = this.ca.revokedIn(partition, this.publishedAtMs);
    const entries = revoked.map(({ serial, revocation }) => ({ serial: fromHex(serial) ?? Buffer.alloc(0), ...revocation }));
    const nextUpdateMs = nextMidnightMs(this.publishedAtMs) + crlGraceMs;
    const { name: issuer, keyId: authorityKeyId } = authority;
    const template = { issuer, authorityKeyId, scope, thisUpdateMs: this.publishedAtMs, nextUpdateMs, crlNumber: this.crlNumber, entries };
    return writeCrl(template, authority.privateKey);
  }
}

function nextMidnightMs(timeMs: number): number {
  return (Math.floor((timeMs + japanOffsetMs) / dayMs) + 1) * dayMs - japanOffsetMs;
}
