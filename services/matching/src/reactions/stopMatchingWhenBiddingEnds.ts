import type { Reaction } from '@umuhuza/eventing/hear';
import type { Market } from '../market.ts';

/** Whatever ends the bidding, nobody is told of the tender any more. */
export const stopMatchingWhenBiddingEnds =
  ({
    market,
  }: {
    readonly market: Market;
  }): Reaction<'tenders.BiddingClosed' | 'tenders.TenderCancelled' | 'tenders.TenderUnsuccessful'> =>
  ({ data: { tenderId }, sequence }) =>
    market.endTender(tenderId, sequence);
