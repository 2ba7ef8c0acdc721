// What the municipality keeps about its residents. Entries are stored as the register
// file writes them (libs/contract/register.ts), whole, because they are only ever read
// whole; what a query needs beside it has a column of its own.
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { safeInteger } from '#libs/storage/columns.js';

/** One row: which state of the register and the settings this is. */
@Entity('register_state')
export class RegisterState {
  @PrimaryColumn('integer')
  declare id: number;
  @Column('varchar', { length: 6 })
  declare municipality: string;
  @Column('varchar', { length: 64 })
  declare prefecture: string;
  @Column('varchar', { length: 64 })
  declare name: string;
  /** The last event of the register that is in here. */
  @Column('bigint', { transformer: safeInteger })
  declare eventNumber: number;
  /** JSON of `settingsSchema`. */
  @Column('text')
  declare settings: string;
  @Column('boolean')
  declare stopped: boolean;
  /** Count of 発行番号 given out; the next one is one more. */
  @Column('bigint', { transformer: safeInteger })
  declare lastCertificateNumber: number;
  @Column('bigint', { transformer: safeInteger })
  declare lastPush: number;
  /** Somebody asked for all card links to be told anew. */
  @Column('boolean')
  declare pushAllWanted: boolean;
}

@Entity('residents')
@Index('residents_household', ['household'])
export class ResidentRow {
  @PrimaryColumn('varchar', { length: 15 })
  declare residentNumber: string;
  @Column('varchar', { length: 15 })
  declare household: string;
  /** JSON of `residentSchema`. */
  @Column('text')
  declare entry: string;
}

/** Who said so last. */
export type CardLinkOrigin = 'register' | 'desk';

/** 利用者証明用シリアル番号 ↔ 宛名番号 (issuance §2.1). An unlinked one stays. */
@Entity('card_links')
export class CardLinkRow {
  @PrimaryColumn('varchar', { length: 40 })
  declare caKeyId: string;
  @PrimaryColumn('varchar', { length: 40 })
  declare serial: string;
  @Column('varchar', { length: 15 })
  declare residentNumber: string;
  @Column('bigint', { transformer: safeInteger })
  declare usableFromMs: number;
  @Column('varchar', { length: 8 })
  declare state: 'linked' | 'unlinked';
  @Column('varchar', { length: 8 })
  declare origin: CardLinkOrigin;
}

/** What the center has to be told, in this order, until it has answered. */
@Entity('card_link_pushes')
export class CardLinkPushRow {
  @PrimaryColumn('bigint', { transformer: safeInteger })
  declare sequence: number;
  /** JSON of `links` in `cardLinksSchema`. */
  @Column('text')
  declare links: string;
  /** A part of a full push: the number of its first part. */
  @Column('bigint', { nullable: true, transformer: safeInteger })
  declare allFrom: number | null;
  @Column('boolean')
  declare isLast: boolean;
  @Column('bigint', { nullable: true, transformer: safeInteger })
  declare takenAtMs: number | null;
  /** The code with which the center refused it last; null when it did not answer. */
  @Column('varchar', { length: 64, nullable: true })
  declare refusal: string | null;
}
