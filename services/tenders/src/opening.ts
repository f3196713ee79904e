import type { BidStore } from './bidStore.ts';
import type { Organisations } from './organisations.ts';
import type { OpenBids } from './tender/openBids.ts';
import { isOver } from './tender/tender.ts';
import type { TenderBook } from './tenderBook.ts';

type Deps = { readonly tenders: TenderBook; readonly bids: BidStore; readonly organisations: Organisations };

/**
 * Reads the sealed bids for the opening at this instant; nothing before the deadline. Since no bid changes after the deadline, what is
 * read here is what the opening decides on.
 */
export const readForOpening = async (
  { tenders, bids, organisations }: Deps,
  tenderId: string,
  at: string,
): Promise<OpenBids['contents']> => {
  const tender = await tenders.find(tenderId);
  const isDue = tender?.status === 'closed' || (tender?.status === 'published' && isOver(tender, at));
  if (!isDue) return new Map();
  const valid = tender.bids.filter((bid) => bid.valid);
  const [contents, names] = await Promise.all([
    bids.read(valid.map(({ contentId }) => contentId)),
    organisations.namesOf(valid.map(({ bidder }) => bidder)),
  ]);
  return new Map(
    valid.flatMap(({ contentId, bidder }) => {
      const content = contents.get(contentId);
      const bidderName = names.get(bidder);
      return content
        ? [[contentId, { prices: content.prices, ...(bidderName === undefined ? {} : { bidderName }) }] as const]
        : [];
    }),
  );
};
