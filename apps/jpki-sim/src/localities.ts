// Where a certificate is issued: JPKI writes prefecture and municipality in Latin letters
// (reference §10: `L=<Tokyo-to>, L=<Kiyose-shi>`), and partitions its lists by them. The
// municipalities are fictional (DESIGN §7).

export type Locality = {
  /** How the address begins. */
  readonly address: string;
  readonly prefecture: string;
  readonly city: string;
  /** Five digits, without the check digit: part of subject names. */
  readonly code: string;
};

const known: readonly Locality[] = [
  { address: '窓口県汐見台市', prefecture: 'Madoguchi-ken', city: 'Shiomidai-shi', code: '99101' },
  { address: '窓口県青嶺市', prefecture: 'Madoguchi-ken', city: 'Aomine-shi', code: '99202' },
];
const elsewhere: Locality = { address: '', prefecture: 'Sonota', city: 'Sonota', code: '99999' };

export const localities: readonly Locality[] = [...known, elsewhere];

export function localityOf(address: string): Locality {
  return known.find((locality) => address.startsWith(locality.address)) ?? elsewhere;
}
