// Taking and closing what waits for a person. Idempotent by id: the same content again is
// taken again, other content under the same id is refused.
import { IsNull } from 'typeorm';
import type { Store } from '#libs/storage/store.js';
import { MatterRow } from './entities.js';

export type Taking = { readonly id: string; readonly type: MatterRow['type']; readonly content: string; readonly takenMs: number };
export type Closing = {
  readonly id: string;
  readonly type: MatterRow['type'];
  readonly outcome: string;
  readonly staff: string;
  readonly closedMs: number;
};

export class MatterStore {
  constructor(private readonly store: Store) {}

  take(taking: Taking): Promise<'taken' | 'conflict'> {
    return this.store.write(async (transaction) => {
      const known = await transaction.findOneBy(MatterRow, { id: taking.id });
      if (known !== null) return known.type === taking.type && known.content === taking.content ? 'taken' : 'conflict';
      await transaction.insert(MatterRow, { ...taking, outcome: null, closedBy: null, closedMs: null });
      return 'taken';
    });
  }

  canTake(): Promise<boolean> {
    return this.store.canWrite();
  }

  open(type: MatterRow['type']): Promise<MatterRow[]> {
    return this.store.read.find(MatterRow, { where: { type, outcome: IsNull() }, order: { takenMs: 'ASC' } });
  }

  /** An open matter of that type becomes closed, once. */
  close({ id, type, outcome, staff, closedMs }: Closing): Promise<'closed' | 'not-open'> {
    return this.store.write(async (transaction) => {
      const done = await transaction.update(MatterRow, { id, type, outcome: IsNull() }, { outcome, closedBy: staff, closedMs });
      return done.affected === 1 ? 'closed' : 'not-open';
    });
  }
}
