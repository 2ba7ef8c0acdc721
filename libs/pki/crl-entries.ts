// The revoked certificates of one CRL, found by serial number. Nothing is copied out of
// the DER: an entry is where its serial stands, and a hash table of such places makes
// 200,000 entries cost some 3 MB beside the list itself.
import { fromHex } from '#libs/std/bytes.js';
import { type DerReader, readDer, tag } from './der.js';
import { readExtension } from './extensions.js';
import { crlEntryMinBytes, serialMaxBytes } from './limits.js';
import { oids } from './oids.js';
import { crlReasons, readReason, type CrlReason } from './ocsp-response.js';

export class CrlEntries {
  private count = 0;
  private readonly offsets: Uint32Array;
  private readonly lengths: Uint8Array;
  private readonly reasons: Uint8Array;
  private slots = new Uint32Array(0);

  /** `der` has to stay as it is; `capacity` entries at most. */
  constructor(
    private readonly der: Buffer,
    capacity: number,
  ) {
    this.offsets = new Uint32Array(capacity);
    this.lengths = new Uint8Array(capacity);
    this.reasons = new Uint8Array(capacity);
  }

  get size(): number {
    return this.count;
  }

  add(serial: Buffer, reason: CrlReason): void {
    this.offsets[this.count] = serial.byteOffset - this.der.byteOffset;
    this.lengths[this.count] = serial.length;
    this.reasons[this.count] = crlReasons.indexOf(reason);
    this.count++;
  }

  /** False when a serial stands on the list twice: then it has two truths. */
  index(): boolean {
    this.slots = new Uint32Array(2 ** Math.ceil(Math.log2(this.count * 2 + 2)));
    for (let entry = 0; entry < this.count; entry++) {
      const start = this.offsets[entry] ?? 0;
      const slot = this.findSlot({ bytes: this.der, start, end: start + (this.lengths[entry] ?? 0) });
      if (this.slots[slot] !== 0) return false;
      this.slots[slot] = entry + 1;
    }
    return true;
  }

  /** `serial` as upper-case hex without leading zero octets. Null: not on the list. */
  findReason(serial: string): CrlReason | null {
    const bytes = fromHex(serial) ?? Buffer.alloc(0);
    const entry = this.slots[this.findSlot({ bytes, start: 0, end: bytes.length })] ?? 0;
    return entry === 0 ? null : (crlReasons[this.reasons[entry - 1] ?? 0] ?? 'unspecified');
  }

  /** The slot that holds this serial, or the free one where it would stand. */
  private findSlot(serial: Range): number {
    const mask = this.slots.length - 1;
    let slot = hash(serial) & mask;
    for (let entry = this.slots[slot] ?? 0; entry !== 0; entry = this.slots[slot] ?? 0) {
      if (this.isEntry(entry - 1, serial)) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private isEntry(entry: number, { bytes, start, end }: Range): boolean {
    const offset = this.offsets[entry] ?? 0;
    if (this.lengths[entry] !== end - start) return false;
    for (let index = start; index < end; index++) if (this.der[offset + index - start] !== bytes[index]) return false;
    return true;
  }
}

/** Slices would cost more than what they hold. */
type Range = { readonly bytes: Buffer; readonly start: number; readonly end: number };

/** FNV-1a, 32 bits. The list is signed by the CA, so nobody else picks what collides. */
function hash({ bytes, start, end }: Range): number {
  let value = 0x811c9dc5;
  for (let index = start; index < end; index++) value = Math.imul(value ^ (bytes[index] ?? 0), 0x01000193);
  return (value ^ (value >>> 15)) >>> 0;
}

/** revokedCertificates (RFC 5280 §5.1.2.6): absent, or not empty. */
export function readEntries(tbs: DerReader, der: Buffer): CrlEntries {
  if (!tbs.nextIs(tag.sequence)) {
    const none = new CrlEntries(der, 0);
    none.index();
    return none;
  }
  return tbs.within(tag.sequence, (list) => {
    const entries = new CrlEntries(der, Math.ceil(list.remaining / crlEntryMinBytes));
    const readOne = (entry: DerReader): void => readEntry(entry, entries);
    if (list.atEnd) list.refuse('crl-list-empty');
    while (!list.atEnd) list.within(tag.sequence, readOne);
    if (!entries.index()) list.refuse('crl-serial-twice');
    return entries;
  });
}

function readEntry(entry: DerReader, entries: CrlEntries): void {
  const serial = entry.positiveInteger();
  if (serial.length > serialMaxBytes) entry.refuse('serial-too-long');
  entry.time();
  const reason = entry.atEnd ? 'unspecified' : entry.within(tag.sequence, readEntryExtensions);
  // certificateHold is never lifted (reference §10), and removeFromCRL belongs to delta lists only.
  if (reason === 'removeFromCRL') entry.refuse('crl-remove-from-crl');
  if (!entry.failed) entries.add(serial, reason);
}

/** reasonCode and invalidityDate, neither critical. certificateIssuer would make the list an indirect one. */
function readEntryExtensions(list: DerReader): CrlReason {
  let reason: CrlReason | null = null;
  let invalidityDate = false;
  if (list.atEnd) list.refuse('der-empty-list');
  while (!list.atEnd) {
    const { type, isCritical, content } = readExtension(list);
    if (isCritical) list.refuse('crl-entry-extension');
    if (type === oids.reasonCode && reason === null) {
      const read = readDer(content, readReason);
      if (read.ok) reason = read.value;
      else list.refuse(read.error);
    } else if (type === oids.invalidityDate && !invalidityDate) {
      invalidityDate = true;
      const read = readDer(content, (inner) => inner.generalizedTime());
      if (!read.ok) list.refuse(read.error);
    } else list.refuse('crl-entry-extension');
  }
  return reason ?? 'unspecified';
}
