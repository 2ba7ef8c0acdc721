// Every limit of what a certificate is, with its unit.

export const limits = {
  /** People in an offer (libs/contract/offer.ts lists no more). */
  offerMembers: 20,
  /** Days; further ahead than this nobody is told when it opens. */
  openingSearchDays: 370,
} as const;
