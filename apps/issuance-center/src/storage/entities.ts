// What the center keeps: ids, states, keyed hashes, and messages that it cannot read.
// No name, no serial number, no certificate, no token.
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { safeInteger } from '#libs/storage/columns.js';

/**
 * opened → logging-in → logged-in → requesting → prepared; `refused` and `ended` from
 * any of them. Back from logging-in to opened when nothing was decided.
 */
export type SessionState = 'opened' | 'logging-in' | 'logged-in' | 'requesting' | 'prepared' | 'refused' | 'ended';

@Entity('sessions')
@Index('sessions_expires', ['expiresMs'])
export class SessionRow {
  @PrimaryColumn('varchar', { length: 36 })
  declare session: string;
  @Column('varchar', { length: 8 })
  declare kiosk: string;
  @Column('varchar', { length: 64 })
  declare openingSha256: string;
  /** Public JWK, canonical JSON. */
  @Column('varchar', { length: 255 })
  declare sessionKey: string;
  @Column('varchar', { length: 86 })
  declare nonce: string;
  @Column('varchar', { length: 64 })
  declare tokenSha256: string;
  @Column('varchar', { length: 16 })
  declare state: SessionState;
  /** Grows with every owner; what an older owner still writes finds no row. */
  @Column('integer')
  declare fence: number;
  @Column('varchar', { length: 6, nullable: true })
  declare municipality: string | null;
  /** Keyed hash of the certificate that logged in. */
  @Column('varchar', { length: 64, nullable: true })
  declare certificateTag: string | null;
  @Column('varchar', { length: 64, nullable: true })
  declare loginSha256: string | null;
  /** The stored answer (stored-answer.ts); the offer inside is encrypted to the session. */
  @Column('text', { nullable: true })
  declare loginAnswer: string | null;
  @Column('bigint', { transformer: safeInteger })
  declare openedMs: number;
  @Column('bigint', { transformer: safeInteger })
  declare expiresMs: number;
}

export type RequestState = 'forwarding' | 'prepared' | 'refused';

@Entity('requests')
@Index('requests_session', ['session'], { unique: true })
export class RequestRow {
  @PrimaryColumn('varchar', { length: 36 })
  declare request: string;
  @Column('varchar', { length: 36 })
  declare session: string;
  @Column('varchar', { length: 8 })
  declare kiosk: string;
  @Column('varchar', { length: 6 })
  declare municipality: string;
  @Column('varchar', { length: 64 })
  declare statementSha256: string;
  @Column('varchar', { length: 16 })
  declare state: RequestState;
  /** The stored answer; the bundle inside is encrypted to the session. */
  @Column('text', { nullable: true })
  declare answer: string | null;
  @Column('bigint', { transformer: safeInteger })
  declare createdMs: number;
}

/** `waiting`: not yet taken by the municipality. `refused`: taken by nobody, and an engineer has to look. */
export type OutcomeState = 'waiting' | 'passed-on' | 'refused';

@Entity('outcomes')
@Index('outcomes_due', ['state', 'nextMs'])
@Index('outcomes_order', ['request', 'kiosk', 'position'], { unique: true })
export class OutcomeRow {
  /** Of the outcome's canonical JSON together with its request: the same outcome again is the same row. */
  @PrimaryColumn('varchar', { length: 64 })
  declare contentSha256: string;
  @Column('varchar', { length: 36 })
  declare request: string;
  /** Whose word it is; empty in a row that is older than this column. */
  @Column('varchar', { length: 8, default: '' })
  declare kiosk: string;
  /** 1, 2 …: what staff found comes after `uncertain`, and is passed on after it. */
  @Column('integer')
  declare position: number;
  @Column('varchar', { length: 6 })
  declare municipality: string;
  /** As the kiosk signed it. */
  @Column('text')
  declare outcome: string;
  @Column('varchar', { length: 16 })
  declare state: OutcomeState;
  @Column('integer')
  declare attempts: number;
  @Column('bigint', { transformer: safeInteger })
  declare nextMs: number;
  @Column('bigint', { transformer: safeInteger })
  declare storedMs: number;
}

@Entity('card_links')
export class CardLinkRow {
  /** Keyed hash of CA key id and serial number. */
  @PrimaryColumn('varchar', { length: 64 })
  declare tag: string;
  @PrimaryColumn('varchar', { length: 6 })
  declare municipality: string;
  /** `unlinked` stays: whoever once belonged somewhere is told no more than any excluded person. */
  @Column('varchar', { length: 8 })
  declare state: 'linked' | 'unlinked';
  @Column('bigint', { transformer: safeInteger })
  declare usableFromMs: number;
  /** Of the push that said so last. */
  @Column('bigint', { transformer: safeInteger })
  declare sequence: number;
}

@Entity('card_link_feeds')
export class CardLinkFeedRow {
  @PrimaryColumn('varchar', { length: 6 })
  declare municipality: string;
  @Column('bigint', { transformer: safeInteger })
  declare sequence: number;
  @Column('varchar', { length: 64 })
  declare contentSha256: string;
  /** First number of the full push that is under way or was taken last. */
  @Column('bigint', { nullable: true, transformer: safeInteger })
  declare allFrom: number | null;
  /** Which key the tags were made with (keyed-hash.ts). */
  @Column('varchar', { length: 64 })
  declare tagKeyId: string;
}

/** A card that OCSP said was revoked. Not its serial number, and nothing about whose it is. */
@Entity('revoked_cards')
export class RevokedCardRow {
  /** Keyed hash of CA key id and serial number, as in `card_links`. */
  @PrimaryColumn('varchar', { length: 64 })
  declare tag: string;
  /** When OCSP said so last, by the center's clock. */
  @Column('bigint', { transformer: safeInteger })
  declare toldMs: number;
}
