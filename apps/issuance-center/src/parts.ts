// Everything that the procedures of the center are given; made once at the start.
import type { Store } from '#libs/storage/store.js';
import type { CertificateProfile } from '#libs/pki/certificate-profile.js';
import type { OcspPolicy } from '#libs/pki/ocsp.js';
import type { TrustAnchors } from '#libs/pki/trust-list.js';
import type { Clock } from '#libs/std/clock.js';
import type { Log } from '#libs/std/log.js';
import type { Random } from '#libs/std/random.js';
import type { Configuration } from './configuration.js';
import type { KeyedHash } from './keyed-hash.js';
import type { Registry } from './routing/registry.js';
import type { CrlShelf } from './verification/crl-shelf.js';

export type Parts = {
  readonly configuration: Configuration;
  readonly store: Store;
  readonly anchors: TrustAnchors;
  /** Of the cards' certificates. */
  readonly profile: CertificateProfile;
  readonly ocspPolicy: OcspPolicy;
  readonly crlShelf: CrlShelf | null;
  readonly registry: Registry;
  readonly keyedHash: KeyedHash;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
};

/** For Nest's injection. */
export const PARTS = Symbol('parts');
export const WAKE = Symbol('wake');
