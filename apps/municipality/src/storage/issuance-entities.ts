// What the municipality keeps about offers, requests and copies. No name, address or My
// Number stands here; the certificates themselves only as a JWE that nobody here can open.
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { safeInteger } from '#libs/storage/columns.js';

@Entity('offers')
export class OfferRow {
  @PrimaryColumn('varchar', { length: 36 })
  declare offer: string;
  @Column('varchar', { length: 36 })
  declare session: string;
  @Column('varchar', { length: 8 })
  declare kiosk: string;
  @Column('varchar', { length: 15 })
  declare residentNumber: string;
  @Column('varchar', { length: 40 })
  declare caKeyId: string;
  @Column('varchar', { length: 40 })
  declare serial: string;
  /** RFC 7638 thumbprint of the session key that the card signed at the login. */
  @Column('varchar', { length: 43 })
  declare sessionKeyId: string;
  /** JSON of `storedOfferSchema` (issuance/offer.ts): ids, resident numbers, items. */
  @Column('text')
  declare terms: string;
  @Column('bigint', { transformer: safeInteger })
  declare validUntilMs: number;
}

/** `abandoned`: its kiosk gave it up while it was being made. One that was given up later stays `prepared`, without its bundle. */
export type RequestState = 'preparing' | 'prepared' | 'refused' | 'abandoned';

@Entity('requests')
@Index('requests_session', ['session'], { unique: true })
@Index('requests_expires', ['expiresMs'])
export class RequestRow {
  @PrimaryColumn('varchar', { length: 36 })
  declare request: string;
  @Column('varchar', { length: 36 })
  declare session: string;
  @Column('varchar', { length: 8 })
  declare kiosk: string;
  @Column('varchar', { length: 36 })
  declare offer: string;
  @Column('varchar', { length: 64 })
  declare statementSha256: string;
  @Column('varchar', { length: 15 })
  declare residentNumber: string;
  @Column('varchar', { length: 32 })
  declare kind: string;
  @Column('integer')
  declare feeYen: number;
  @Column('varchar', { length: 16 })
  declare state: RequestState;
  @Column('varchar', { length: 32 })
  declare settingsVersion: string;
  @Column('bigint', { transformer: safeInteger })
  declare registerVersion: number;
  /** The center's verdict on this request, as it was signed; kept as long as the row. */
  @Column('text')
  declare verdict: string;
  /** The OCSP response that it names, base64; null when it rests on a CRL. No more personal than a serial number. */
  @Column('text', { nullable: true })
  declare evidence: string | null;
  /** JWE to the session key; null before `prepared` and after it was erased. */
  @Column('text', { nullable: true })
  declare bundle: string | null;
  @Column('bigint', { transformer: safeInteger })
  declare createdMs: number;
  /** When the bundle is erased, outcome or not. */
  @Column('bigint', { transformer: safeInteger })
  declare expiresMs: number;
}

export type CopyState = 'preparing' | 'prepared' | 'delivered' | 'voided' | 'uncertain';

@Entity('copies')
@Index('copies_certificate_number', ['certificateNumber'], { unique: true })
export class CopyRow {
  @PrimaryColumn('varchar', { length: 36 })
  declare request: string;
  @PrimaryColumn('integer')
  declare copy: number;
  @PrimaryColumn('integer')
  declare attempt: number;
  /** 発行番号 */
  @Column('varchar', { length: 32 })
  declare certificateNumber: string;
  @Column('varchar', { length: 64, nullable: true })
  declare pdfSha256: string | null;
  @Column('varchar', { length: 16 })
  declare state: CopyState;
  @Column('bigint', { transformer: safeInteger })
  declare changedMs: number;
}

/** A kiosk's word that it gave a request up, come before the request itself; kept for as long as the request could still come. */
@Entity('abandoned_requests')
@Index('abandoned_requests_at', ['atMs'])
export class AbandonedRequestRow {
  @PrimaryColumn('varchar', { length: 36 })
  declare request: string;
  @PrimaryColumn('varchar', { length: 8 })
  declare kiosk: string;
  @PrimaryColumn('varchar', { length: 36 })
  declare session: string;
  @Column('bigint', { transformer: safeInteger })
  declare atMs: number;
}

/**
 * The audited table: why somebody was sent to the counter. Triggers keep rows from being
 * changed or removed; whoever reads it is a municipality officer with a reason.
 */
@Entity('refusals')
export class RefusalRow {
  @PrimaryColumn('varchar', { length: 36 })
  declare id: string;
  @Column('bigint', { transformer: safeInteger })
  declare atMs: number;
  @Column('varchar', { length: 8 })
  declare step: 'login' | 'request' | 'charge';
  @Column('varchar', { length: 8 })
  declare kiosk: string;
  @Column('varchar', { length: 36 })
  declare session: string;
  @Column('varchar', { length: 36, nullable: true })
  declare request: string | null;
  /** The asker, where the card is known here. */
  @Column('varchar', { length: 15, nullable: true })
  declare residentNumber: string | null;
  @Column('varchar', { length: 40 })
  declare reason: string;
  /** Whose entry it was when not the asker's; field and code points of a character. */
  @Column('varchar', { length: 200, nullable: true })
  declare detail: string | null;
}
