/** A firm's place among those that fit: more points first, then the lower turn. */
export type Place = { readonly points: number; readonly turn: number };

/** A firm that fits, as it is told to the others: its score and the sentences that speak for it. */
export type Found = Place & {
  readonly organisationId: string;
  readonly name: string;
  readonly score: number;
  readonly reasons: readonly string[];
  /** The same in other languages than English. */
  readonly reasonsIn: { readonly de: readonly string[] };
};

/** What is told of the tender itself. */
export type About = {
  readonly tenderId: string;
  readonly title: string;
  readonly buyer: { readonly organisationId: string; readonly name: string };
  readonly deadline: string;
};

/** On which word of the tender and of its buyer's profile (their events' sequences, 0 for none) the firms were drawn. */
export type Basis = { readonly tender: number; readonly buyer: number };

type Told = { readonly organisationId: string; readonly score: number; readonly at: string };

/**
 * Which firms were told of a tender. `bar` is the place of the last one the drawing had room for, or the least that is worth a message:
 * a firm that comes later is told under the same bar, so that everybody at or above it is told whenever they came.
 */
export type TenderMatch =
  | { readonly status: 'none' }
  | { readonly status: 'drawn'; readonly basis: Basis; readonly bar: Place; readonly told: readonly Told[] }
  /** Bids are no longer taken, and nobody is told any more; what is heard of the tender from then on is old. */
  | { readonly status: 'over'; readonly told: readonly Told[] };

export type TenderMatchFact =
  | {
      readonly type: 'FirmsDrawn';
      readonly about: About;
      readonly basis: Basis;
      readonly bar: Place;
      /** Those not told before; nobody, when a new drawing finds the same firms. */
      readonly firms: readonly Found[];
      readonly at: string;
    }
  | { readonly type: 'FirmFoundLater'; readonly about: About; readonly firm: Found; readonly at: string }
  /** No bid was taken any more when the publication came, or who is invited is the buyer's word alone: only that it came is kept. */
  | { readonly type: 'NobodyDrawn' }
  | { readonly type: 'BiddingEnded' };

export const notDrawn: TenderMatch = { status: 'none' };

const toldNow = (firms: readonly Found[], at: string): Told[] =>
  firms.map(({ organisationId, score }) => ({ organisationId, score, at }));

export const evolve = (match: TenderMatch, fact: TenderMatchFact): TenderMatch => {
  const told = match.status === 'none' ? [] : match.told;
  switch (fact.type) {
    case 'FirmsDrawn':
      if (match.status === 'over') return match;
      return { status: 'drawn', basis: fact.basis, bar: fact.bar, told: [...told, ...toldNow(fact.firms, fact.at)] };
    case 'FirmFoundLater':
      return match.status === 'drawn' ? { ...match, told: [...told, ...toldNow([fact.firm], fact.at)] } : match;
    case 'NobodyDrawn':
      return match;
    case 'BiddingEnded':
      return { status: 'over', told };
  }
};

export const isTold = (match: TenderMatch, organisationId: string): boolean =>
  match.status !== 'none' && match.told.some((told) => told.organisationId === organisationId);

/** The firms a fact tells of the tender. */
export const firmsTold = (fact: TenderMatchFact): readonly Found[] => {
  switch (fact.type) {
    case 'FirmsDrawn':
      return fact.firms;
    case 'FirmFoundLater':
      return [fact.firm];
    case 'NobodyDrawn':
    case 'BiddingEnded':
      return [];
  }
};

/** No word of the tender or its buyer is older than those the firms were drawn on; what is known less well tells nobody. */
export const isUpToDate = (basis: Basis, drawnOn: Basis): boolean =>
  basis.tender >= drawnOn.tender && basis.buyer >= drawnOn.buyer;

export const reaches = (place: Place, bar: Place): boolean =>
  place.points > bar.points || (place.points === bar.points && place.turn <= bar.turn);
