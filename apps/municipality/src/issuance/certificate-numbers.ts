// 発行番号: counted up, one a copy, never twice. A node reserves a block at a time, because
// every request would otherwise write the one row that holds the count, and on PostgreSQL
// simultaneous requests would push one another out of it. What a node has not used when it
// stops stays unused.
import { Mutex } from '#libs/storage/mutex.js';
import type { Store } from '#libs/storage/store.js';
import { limits } from '../limits.js';
import { reserveCertificateNumbers } from '../storage/registers.js';

export class CertificateNumbers {
  private readonly turn = new Mutex();
  private last = 0;
  private left = 0;

  constructor(
    private readonly store: Store,
    private readonly code: string,
  ) {}

  /** e.g. 991015-000000123; once there is a register. */
  async take(count: number): Promise<readonly string[]> {
    return this.turn.run(async () => {
      const numbers: string[] = [];
      while (numbers.length < count) numbers.push(await this.takeOne());
      return numbers;
    });
  }

  private async takeOne(): Promise<string> {
    if (this.left === 0) {
      this.last = await this.store.write((manager) => reserveCertificateNumbers(manager, limits.certificateNumbersReserved));
      this.left = limits.certificateNumbersReserved;
    }
    this.last += 1;
    this.left -= 1;
    return `${this.code}-${String(this.last).padStart(9, '0')}`;
  }
}
