// What an issuance needs from the process around it.
import type { EcPrivateJwk, EcPublicJwk } from '#libs/contract/base.js';
import type { ResidentRecord } from '#libs/certificate/resident-record.js';
import type { PaperRefusal } from '#libs/paper/refusal.js';
import type { RenderedCertificate } from '#libs/paper/render-resident-record.js';
import type { CertificateProfile } from '#libs/pki/certificate-profile.js';
import type { TrustAnchors } from '#libs/pki/trust-list.js';
import type { Clock } from '#libs/std/clock.js';
import type { Log } from '#libs/std/log.js';
import type { Random } from '#libs/std/random.js';
import type { Result } from '#libs/std/result.js';
import type { Store } from '#libs/storage/store.js';
import type { AdjustableLimits } from '../limits.js';
import type { CertificateNumbers } from './certificate-numbers.js';

export type Parts = {
  readonly code: string;
  readonly key: EcPrivateJwk;
  readonly pseudonymSecret: Buffer;
  readonly centerKey: EcPublicJwk;
  readonly kiosks: ReadonlyMap<string, EcPublicJwk>;
  readonly anchors: TrustAnchors;
  /** Of the cards' certificates. */
  readonly profile: CertificateProfile;
  readonly store: Store;
  readonly certificateNumbers: CertificateNumbers;
  /** What `draw` would refuse, without drawing: null when nothing. */
  readonly findUndrawable: (record: ResidentRecord) => PaperRefusal | null;
  readonly draw: (record: ResidentRecord) => Promise<Result<RenderedCertificate, PaperRefusal>>;
  readonly limits: AdjustableLimits;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
};
