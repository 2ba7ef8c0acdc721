// What a certificate has to look like (reference/card-and-pki.md §10), as data: one table
// a kind of certificate. Whatever a table does not name is refused (profile-fault.ts).
//
// The lines marked [C] are unverified (reference §13): they say what we accept until the
// primary documents are read, and a configuration file corrects them (profile-correction.ts).
import type { ExtensionName, KeyUsage } from './extensions.js';
import { certificateMaxValidityMs } from './limits.js';
import type { StringForm } from './name.js';
import { oids } from './oids.js';

export type ExtensionRule = { readonly presence: 'required' | 'optional'; readonly critical: 'yes' | 'no' | 'either' };

/** One attribute of a name; `form` `either` where the reference does not say which string type it is. */
export type AttributeRule = { readonly type: string; readonly form: StringForm | 'either'; readonly value: string | RegExp };
/** These attributes, in this order, and no others. */
export type NameRule = readonly AttributeRule[];

/** A distribution point is named below its CA: the first attributes of the issuer's own name, then one of `below`. */
export type DistributionPointRule = {
  /** How many attributes of the issuer's name, byte for byte the same. */
  readonly issuerAttributes: number;
  readonly below: readonly NameRule[];
};

export type CertificateProfile = {
  /** Null: any. */
  readonly subject: NameRule | null;
  /** An extension without a rule is refused. */
  readonly extensions: Readonly<Partial<Record<ExtensionName, ExtensionRule>>>;
  /** Exactly one directoryName of this form, where the extension is present. */
  readonly subjectAltName: NameRule | null;
  readonly issuerAltName: NameRule | null;
  /** All of these and no others. */
  readonly keyUsage: readonly KeyUsage[];
  /** Exactly one policy, and one of these; null: any. */
  readonly policies: readonly string[] | null;
  /** What a CPS qualifier may say, where there is one. */
  readonly practiceStatements: readonly string[];
  /** All of these and no others, where the extension is present. */
  readonly extendedKeyUsage: readonly string[];
  /** Where OCSP may be asked, whole; null: anywhere. */
  readonly ocspUrl: RegExp | null;
  /** The one directoryName, where the extension is present; null: any. */
  readonly distributionPoint: DistributionPointRule | null;
  /**
   * `key`: it names the CA by the CA's subjectKeyIdentifier, as RFC 5280 §4.2.1.1 demands; name and serial number may stand
   * beside it. `any`: these alone will do. Whatever it names has to be the pinned CA that signed (path.ts).
   */
  readonly authorityKeyIdentifier: 'key' | 'any';
  /** `sha1`: of the key bits (RFC 5280 §4.2.1.2, method 1), where the extension is present. */
  readonly subjectKeyIdentifier: 'sha1' | 'any';
  /** From notBefore to notAfter. */
  readonly maxValidityMs: number;
  readonly authority: boolean;
  readonly modulusBits: readonly number[];
  /** Upper-case hex. */
  readonly exponents: readonly string[];
};

const required = { presence: 'required', critical: 'no' } as const;
const requiredCritical = { presence: 'required', critical: 'yes' } as const;
const optional = { presence: 'optional', critical: 'no' } as const;
const optionalEither = { presence: 'optional', critical: 'either' } as const;

const rsa2048 = { modulusBits: [2048], exponents: ['010001'] } as const;

const japan: AttributeRule = { type: oids.countryName, form: 'printable', value: 'JP' };
const jpkiService: AttributeRule = { type: oids.organizationName, form: 'utf8', value: '公的個人認証サービス' };
const unit = (value: string | RegExp): AttributeRule => ({ type: oids.organizationalUnitName, form: 'utf8', value });

/** C, O and the OU that tells the two CAs apart; not the agency, the second OU of the CAs (reference §10, signing certificates). */
const caAttributesOfPoint = 3;
const points = unit('CRL Distribution Points');
const point: AttributeRule = { type: oids.commonName, form: 'utf8', value: /^\p{L}[\p{L}\p{M}'. -]{0,57} CRLDP$/u };
const prefecture = unit(/^\p{L}[\p{L}\p{M}'. -]{0,63}$/u);

/**
 * As on the one card that the reference shows, `997794E9AGCIEG13221003A`: digits and capital letters, with the five digits of
 * a municipality before the window at its end. How long its other parts are is unverified [C].
 */
const userIdentifier = /^(?=.{12,64}$)[0-9A-Z]+\d{5}[0-9A-Z]{3,4}$/;

/** 利用者証明用電子証明書 */
export const userAuthenticationProfile: CertificateProfile = {
  subject: [japan, { type: oids.commonName, form: 'either', value: userIdentifier }], // [C] string type of CN
  extensions: {
    keyUsage: requiredCritical,
    certificatePolicies: requiredCritical,
    // subjectAltName: absent. "No personal data": what may stand there instead is unverified [C].
    issuerAltName: required,
    cRLDistributionPoints: required, // [C] that it is there
    authorityInfoAccess: optional, // [C] host unknown
    extKeyUsage: optionalEither, // [C] clientAuth or absent
    authorityKeyIdentifier: required,
    subjectKeyIdentifier: required,
    basicConstraints: optionalEither, // [C] absent or CA:FALSE
  },
  subjectAltName: null,
  issuerAltName: [japan, jpkiService],
  keyUsage: ['digitalSignature'],
  policies: [oids.jpkiUserAuthenticationPolicy],
  practiceStatements: ['http://www.jpki.go.jp/cps.html'], // [C] seen in signing certificates
  extendedKeyUsage: [oids.clientAuth],
  ocspUrl: /^http:\/\/[\w.:[\]-]+(?:\/[!-~]*)?$/, // [C] the two hosts of the reference are http
  // [C] signing certificates: OU=<Prefecture>, CN=<City> CRLDP; authentication certificates perhaps by prefecture only. How
  // places are written is seen in Latin letters (`Tokyo-to`), which these two patterns do not ask for.
  distributionPoint: {
    issuerAttributes: caAttributesOfPoint,
    below: [
      [points, point],
      [points, prefecture, point],
    ],
  },
  authorityKeyIdentifier: 'key', // [C] the form; the reference says only that it is there
  subjectKeyIdentifier: 'sha1', // [C] stated of CAs only
  maxValidityMs: certificateMaxValidityMs,
  authority: false,
  ...rsa2048,
};

/** The two self-signed CAs. */
export const authorityProfile: CertificateProfile = {
  subject: [
    japan,
    { type: oids.organizationName, form: 'utf8', value: /./ },
    unit(/^JPKI for (?:digital signature|user authentication)$/),
    unit('Japan Agency for Local Authority Information Systems'),
  ],
  extensions: {
    keyUsage: requiredCritical,
    subjectAltName: required,
    basicConstraints: requiredCritical,
    cRLDistributionPoints: required,
    subjectKeyIdentifier: required,
  },
  subjectAltName: [japan, jpkiService, unit(/^公的個人認証サービス(?:署名用|利用者証明用)$/), unit('地方公共団体情報システム機構')],
  issuerAltName: null,
  keyUsage: ['keyCertSign', 'cRLSign'],
  policies: null,
  practiceStatements: [],
  extendedKeyUsage: [],
  ocspUrl: null,
  distributionPoint: { issuerAttributes: 4, below: [[]] }, // its own name, whole
  authorityKeyIdentifier: 'key',
  subjectKeyIdentifier: 'sha1',
  maxValidityMs: Infinity,
  authority: true,
  ...rsa2048,
};

/** RFC 6960 §4.2.2.2, a delegated responder. JPKI's own profile for it is not public [C]. */
export const ocspResponderProfile: CertificateProfile = {
  subject: null,
  extensions: {
    keyUsage: requiredCritical,
    extKeyUsage: { presence: 'required', critical: 'either' },
    ocspNocheck: optional,
    certificatePolicies: optionalEither,
    issuerAltName: optional,
    cRLDistributionPoints: optional,
    authorityKeyIdentifier: optional,
    subjectKeyIdentifier: optional,
    basicConstraints: optionalEither,
  },
  subjectAltName: null,
  issuerAltName: [japan, jpkiService],
  keyUsage: ['digitalSignature'],
  policies: null,
  practiceStatements: ['http://www.jpki.go.jp/cps.html'],
  extendedKeyUsage: [oids.ocspSigning],
  ocspUrl: null,
  distributionPoint: null, // [C] nobody asks it: ocsp-nocheck
  authorityKeyIdentifier: 'key',
  subjectKeyIdentifier: 'sha1',
  maxValidityMs: Infinity,
  authority: false,
  modulusBits: [2048, 3072, 4096],
  exponents: ['010001'],
};
