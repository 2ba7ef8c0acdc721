// The kinds of certificates that Madoguchi knows (issuance §2.4). One row a kind; what a
// municipality does with it (fee, hours, options) is in its settings.

export type CertificateKind = 'resident-record';

export type KindFacts = {
  /** What the citizen reads. */
  readonly title: string;
  /** Does the sheet show a household (世帯連記式), or the asker alone. */
  readonly household: boolean;
};

export const kinds: Readonly<Record<CertificateKind, KindFacts>> = {
  'resident-record': { title: '住民票の写し', household: true },
};
