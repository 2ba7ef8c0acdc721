// What waits for a person of the branch. Codes and ids only.
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { safeInteger } from '#libs/storage/columns.js';

/** A call or a case, as it came. `outcome` null: open. */
@Entity('matter')
export class MatterRow {
  @PrimaryColumn('varchar', { length: 36 }) declare id: string;
  @Column('varchar', { length: 8 }) declare type: 'call' | 'case';
  /** The JSON of the contract's schema, as it was taken. */
  @Column('text') declare content: string;
  @Column('bigint', { transformer: safeInteger }) declare takenMs: number;
  @Column('varchar', { length: 32, nullable: true }) declare outcome: string | null;
  @Column('varchar', { length: 16, nullable: true }) declare closedBy: string | null;
  @Column('bigint', { transformer: safeInteger, nullable: true }) declare closedMs: number | null;
}
