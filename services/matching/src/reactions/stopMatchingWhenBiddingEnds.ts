import type { Reaction } from '@umuhuza/eventing/hear';
import type { Market } from '../market.ts';
import { endMatching } from '../tenderMatch/endMatching.ts';
import type { TenderMatchBook } from '../tenderMatchBook.ts';

/** Whatever ends the bidding, nobody is told of the tender any more. */
export const stopMatchingWhenBiddingEnds =
  ({
    market,
    matches,
  }: {
    readonly market: Market;
    readonly matches: TenderMatchBook;
  }): Reaction<'tenders.BiddingClosed' | 'tenders.TenderCancelled' | 'tenders.TenderUnsuccessful'> =>
  async ({ data: { tenderId }, sequence, cause }) => {
    await market.endTender(tenderId, sequence);
    await matches.change(tenderId, endMatching, cause);
  };
