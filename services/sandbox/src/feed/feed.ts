type Known = { readonly user: string; readonly organisation: string };

/**
 * A person’s private calendar address for the bookings of one organisation. Of the address only a hash is kept: whoever reads the
 * database cannot read anybody’s calendar.
 */
export type Feed =
  | { readonly status: 'none' }
  | ({ readonly status: 'on'; readonly hash: string; readonly renewedAt: string } & Known)
  | ({ readonly status: 'off' } & Known);

export type FeedFact =
  | ({ readonly type: 'FeedRenewed'; readonly hash: string; readonly at: string } & Known)
  | { readonly type: 'FeedSwitchedOff' };

export type Refused = { readonly refused: FeedRefusal };
/** Nothing is refused: whoever is signed in may have an address, renew it and switch it off. */
export type FeedRefusal = never;

export const noFeed: Feed = { status: 'none' };

export const evolve = (feed: Feed, fact: FeedFact): Feed => {
  switch (fact.type) {
    case 'FeedRenewed':
      return { status: 'on', user: fact.user, organisation: fact.organisation, hash: fact.hash, renewedAt: fact.at };
    case 'FeedSwitchedOff':
      return feed.status === 'none' ? feed : { status: 'off', user: feed.user, organisation: feed.organisation };
  }
};

/** A new address; the one before stops working in the same write. */
export const renewFeed = (_feed: Feed, renewed: Known & { readonly hash: string; readonly at: string }): readonly FeedFact[] => [
  { type: 'FeedRenewed', ...renewed },
];

export const switchOffFeed = (feed: Feed): readonly FeedFact[] => (feed.status === 'on' ? [{ type: 'FeedSwitchedOff' }] : []);
