// Writes CRLs (RFC 5280 §5) for the simulated CA, for tests and for the benchmark.
import type { KeyObject } from 'node:crypto';
import {
  element,
  enumerated,
  explicit,
  octetString,
  oid,
  booleanTrue,
  sequence,
  smallInteger,
  time,
  unsignedInteger,
} from './der-writer.js';
import { tag } from './der.js';
import { signatureAlgorithm, signedParts } from './issue-ocsp.js';
import { pointName } from './issue-profile.js';
import { crlReasons, type CrlReason } from './ocsp-response.js';
import { oids } from './oids.js';

export type CrlTemplate = {
  /** DER of the issuer's Name. */
  readonly issuer: Buffer;
  readonly authorityKeyId: Buffer;
  /** DER of the distribution point's directoryName. */
  readonly scope: Buffer;
  readonly thisUpdateMs: number;
  readonly nextUpdateMs: number;
  readonly crlNumber: number;
  readonly entries: readonly CrlEntryTemplate[];
};

export type CrlEntryTemplate = {
  /** Magnitude, big-endian. */
  readonly serial: Uint8Array;
  readonly revocationTimeMs: number;
  /** Unspecified is said by saying nothing (RFC 5280 §5.3.1). */
  readonly reason: CrlReason;
};

export function writeCrl(template: CrlTemplate, privateKey: KeyObject): Buffer {
  const number = Buffer.alloc(4);
  number.writeUInt32BE(template.crlNumber);
  const entries = template.entries.length === 0 ? [] : [sequence(Buffer.concat(template.entries.map(writeEntry)))];
  const tbs = sequence(
    smallInteger(1),
    signatureAlgorithm(),
    template.issuer,
    time(template.thisUpdateMs),
    time(template.nextUpdateMs),
    ...entries,
    explicit(
      0,
      sequence(
        sequence(oid(oids.authorityKeyIdentifier), octetString(sequence(element(tag.context(0), template.authorityKeyId)))),
        sequence(oid(oids.cRLNumber), octetString(unsignedInteger(number))),
        sequence(oid(oids.issuingDistributionPoint), booleanTrue(), octetString(writeScope(template.scope))),
      ),
    ),
  );
  return sequence(...signedParts(tbs, privateKey));
}

/** Of user certificates only, at this distribution point. */
function writeScope(scope: Buffer): Buffer {
  return sequence(pointName(scope), element(tag.context(1), Buffer.of(0xff)));
}

function writeEntry(entry: CrlEntryTemplate): Buffer {
  const reason = sequence(sequence(oid(oids.reasonCode), octetString(enumerated(crlReasons.indexOf(entry.reason)))));
  const extensions = entry.reason === 'unspecified' ? [] : [reason];
  return sequence(unsignedInteger(entry.serial), time(entry.revocationTimeMs), ...extensions);
}
