// The certificate extensions that the profile knows (RFC 5280 §4.2), each read whole.
// An extension that is not in this table is kept by its OID only, and the profile
// refuses it, critical or not.
import { type DerReader, readDer, tag } from './der.js';
import { readGeneralName, readGeneralNames, readIa5, readName, type GeneralName, type Name } from './name.js';
import { oids } from './oids.js';

/** RFC 5280 §4.2.1.3, by bit. */
export const keyUsageBits = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
export type KeyUsage = (typeof keyUsageBits)[number];

export type AuthorityKeyIdentifier = { keyId: Buffer | null; issuer: { names: GeneralName[]; serial: Buffer } | null };

/** `cps`: the qualifier, null when there is none. */
export type Policy = { readonly id: string; readonly cps: string | null };

export type ExtensionValues = {
  keyUsage: KeyUsage[];
  subjectAltName: GeneralName[];
  issuerAltName: GeneralName[];
  basicConstraints: { ca: boolean; pathLength: number | null };
  /** The directoryName of the one distribution point. */
  cRLDistributionPoints: Name;
  certificatePolicies: Policy[];
  authorityInfoAccess: { method: string; uri: string }[];
  extKeyUsage: string[];
  authorityKeyIdentifier: AuthorityKeyIdentifier;
  subjectKeyIdentifier: Buffer;
  ocspNocheck: true;
};
export type ExtensionName = keyof ExtensionValues;

export type Extensions = {
  readonly values: Readonly<Partial<ExtensionValues>>;
  readonly critical: ReadonlySet<ExtensionName>;
  /** OIDs outside the table. */
  readonly unknown: readonly string[];
};

const readers: { readonly [N in ExtensionName]: { oid: string; read: (reader: DerReader) => ExtensionValues[N] } } = {
  keyUsage: { oid: oids.keyUsage, read: readKeyUsage },
  subjectAltName: { oid: oids.subjectAltName, read: readGeneralNames },
  issuerAltName: { oid: oids.issuerAltName, read: readGeneralNames },
  basicConstraints: { oid: oids.basicConstraints, read: readBasicConstraints },
  cRLDistributionPoints: { oid: oids.cRLDistributionPoints, read: readDistributionPoints },
  certificatePolicies: { oid: oids.certificatePolicies, read: readPolicies },
  authorityInfoAccess: { oid: oids.authorityInfoAccess, read: readAccess },
  extKeyUsage: { oid: oids.extKeyUsage, read: (reader) => reader.within(tag.sequence, (list) => list.many((item) => item.oid())) },
  authorityKeyIdentifier: { oid: oids.authorityKeyIdentifier, read: readAuthorityKeyIdentifier },
  subjectKeyIdentifier: { oid: oids.subjectKeyIdentifier, read: readKeyIdentifier },
  ocspNocheck: { oid: oids.ocspNocheck, read: readNocheck },
};
const nameByOid = new Map(Object.entries(readers).map(([name, row]) => [row.oid, name as ExtensionName]));

/** Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension; each at most once. */
export function readExtensions(reader: DerReader): Extensions {
  const values: Partial<ExtensionValues> = {};
  const critical = new Set<ExtensionName>();
  const unknown: string[] = [];
  const seen = new Set<string>();
  reader.within(tag.sequence, (list) =>
    list.many((item) => {
      const { type, isCritical, content } = readExtension(item);
      if (seen.has(type)) item.refuse('extension-twice');
      seen.add(type);
      const name = nameByOid.get(type);
      if (name === undefined) {
        unknown.push(type);
        return;
      }
      if (isCritical) critical.add(name);
      const failed = store(values, name, content);
      if (failed !== null) item.refuse(failed);
    }),
  );
  return { values, critical, unknown };
}

export type RawExtension = { readonly type: string; readonly isCritical: boolean; readonly content: Buffer };

export function readExtension(reader: DerReader): RawExtension {
  return reader.within(tag.sequence, (item) => ({
    type: item.oid(),
    isCritical: item.trueOrAbsent(),
    content: item.value(tag.octetString),
  }));
}

function store<N extends ExtensionName>(values: Partial<ExtensionValues>, name: N, content: Buffer): string | null {
  const read = readDer(content, readers[name].read);
  if (!read.ok) return read.error;
  values[name] = read.value;
  return null;
}

function readKeyUsage(reader: DerReader): KeyUsage[] {
  return reader.namedBits().flatMap((bit) => {
    const usage = keyUsageBits[bit];
    if (usage === undefined) reader.refuse('key-usage-bit');
    return usage ?? [];
  });
}

function readBasicConstraints(reader: DerReader): ExtensionValues['basicConstraints'] {
  return reader.within(tag.sequence, (inner) => ({
    ca: inner.trueOrAbsent(),
    pathLength: inner.nextIs(tag.integer) ? inner.smallInteger() : null,
  }));
}

/** Exactly one point, named by exactly one directoryName, for all reasons and by the issuer itself (reference §10). */
function readDistributionPoints(reader: DerReader): Name {
  return reader.within(tag.sequence, (list) =>
    list.within(tag.sequence, (point) => point.within(tag.contextConstructed(0), readPointName)),
  );
}

/** DistributionPointName, `fullName [0]` with one directoryName. */
export function readPointName(reader: DerReader): Name {
  return reader.within(tag.contextConstructed(0), (names) => names.within(tag.contextConstructed(4), readName));
}

function readPolicies(reader: DerReader): Policy[] {
  return reader.within(tag.sequence, (list) => list.many((item) => item.within(tag.sequence, readPolicy)));
}

/** The only qualifier of the profile is a CPS pointer. */
function readPolicy(reader: DerReader): Policy {
  const id = reader.oid();
  const cps = reader.optional(tag.sequence, (qualifiers) =>
    qualifiers.within(tag.sequence, (qualifier) => {
      if (qualifier.oid() !== oids.cps) qualifier.refuse('policy-qualifier');
      return readIa5(qualifier, tag.ia5String);
    }),
  );
  return { id, cps };
}

function readAccess(reader: DerReader): { method: string; uri: string }[] {
  return reader.within(tag.sequence, (list) =>
    list.many((item) =>
      item.within(tag.sequence, (access) => {
        const method = access.oid();
        const location = readGeneralName(access);
        if (location.form !== 'uri') access.refuse('access-location');
        return { method, uri: location.form === 'uri' ? location.uri : '' };
      }),
    ),
  );
}

export function readAuthorityKeyIdentifier(reader: DerReader): AuthorityKeyIdentifier {
  return reader.within(tag.sequence, (inner) => {
    const keyId = inner.nextIs(tag.context(0)) ? inner.value(tag.context(0)) : null;
    const issuer = inner.nextIs(tag.contextConstructed(1))
      ? { names: readGeneralNames(inner, tag.contextConstructed(1)), serial: inner.positiveInteger(tag.context(2)) }
      : null;
    if (keyId === null && issuer === null) inner.refuse('authority-key-identifier-empty');
    return { keyId, issuer };
  });
}

function readKeyIdentifier(reader: DerReader): Buffer {
  const keyId = reader.value(tag.octetString);
  if (keyId.length === 0) reader.refuse('key-identifier-empty');
  return keyId;
}

function readNocheck(reader: DerReader): true {
  reader.null();
  return true;
}
