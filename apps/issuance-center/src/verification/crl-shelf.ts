// The daily lists of revoked certificates, fetched in the background: the fallback for
// the kinds of certificate that may rest on them when OCSP cannot tell.
import { crlMaxBytes } from '#libs/pki/limits.js';
import { defaultCrlPolicy, judgeCrl, readCrl, type Crl } from '#libs/pki/crl.js';
import type { RevocationEvidence } from '#libs/pki/ocsp.js';
import { refusal, type Refusal } from '#libs/pki/refusal.js';
import type { CardIdentity } from '#libs/pki/statement.js';
import type { TrustAnchors } from '#libs/pki/trust-list.js';
import type { Clock } from '#libs/std/clock.js';
import type { Log } from '#libs/std/log.js';
import { err, type Result } from '#libs/std/result.js';
import type { Configuration } from '../configuration.js';
import { ask } from '../http-read.js';
import { limits } from '../limits.js';

export type CrlShelfOptions = {
  readonly crl: NonNullable<Configuration['crl']>;
  readonly anchors: TrustAnchors;
  readonly clock: Clock;
  readonly log: Log;
};

export class CrlShelf {
  /** By URL; the newest list whose signature held stays, and judgeCrl looks at its age. */
  private readonly lists = new Map<string, Crl>();
  private readonly stopped = new AbortController();

  constructor(private readonly options: CrlShelfOptions) {}

  /** Fetches now and then in each interval, until `close`. Resolves after the first round. */
  async open(): Promise<void> {
    await this.refresh();
    void this.keepFresh();
  }

  close(): void {
    this.stopped.abort();
  }

  /**
   * `kind`: of the certificate that is asked for; null at a login, which issues nothing and
   * may rest on a list where any kind may. Errors: `certificate-revoked`, `revocation-unknown`.
   */
  judge(identity: CardIdentity, kind: string | null, atMs: number): Result<RevocationEvidence, Refusal> {
    const policy = { ...defaultCrlPolicy, kinds: this.options.crl.kinds };
    let answer: Result<RevocationEvidence, Refusal> = err(refusal('revocation-unknown', 'crl-not-there'));
    for (const crl of this.lists.values()) {
      const judged = judgeCrl({ identity, crl, kind: kind ?? this.options.crl.kinds[0] ?? '', policy, atMs });
      if (judged.ok || judged.error.code === 'certificate-revoked') return judged;
      answer = judged;
    }
    return answer;
  }

  private async keepFresh(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      await this.options.clock.sleep(this.options.crl.refreshMs, this.stopped.signal);
      if (!this.stopped.signal.aborted) await this.refresh();
    }
  }

  private async refresh(): Promise<void> {
    await Promise.all(this.options.crl.urls.map((url) => this.fetchList(url)));
  }

  private async fetchList(url: string): Promise<void> {
    const answered = await ask({ url, method: 'GET', timeoutMs: limits.crlTimeoutMs, maxBytes: crlMaxBytes });
    if (answered?.status !== 200) return this.options.log.warn('crl-not-fetched', { url, status: answered?.status ?? null });
    const read = readCrl(answered.body, this.options.anchors);
    if (!read.ok) return this.options.log.error('crl-refused', { url, reason: read.error.reason });
    // Whoever plays back a list of yesterday, rightly signed, would take today's revocations back.
    const before = this.lists.get(url);
    if (before !== undefined && before.thisUpdateMs > read.value.thisUpdateMs) return this.options.log.warn('crl-older-than-ours', { url });
    this.lists.set(url, read.value);
  }
}
