import { endOfScoring } from './evaluation.ts';
import { evolve } from './evolve.ts';
import { type By, unlessBuyer } from './parties.ts';
import { type Refused, refuse } from './refusals.ts';
import {
  type Closed,
  type Decision,
  isOver,
  type Published,
  type SaidInBid,
  type Tender,
  type TenderFact,
  unanswered,
} from './tender.ts';

export type OpenBids = {
  /** Undefined for the clock. */
  readonly by?: By;
  /** What the valid sealed bids say, and who gave them, by content id. */
  readonly contents: ReadonlyMap<string, SaidInBid>;
  /** Who gave the others, by content id. */
  readonly unread?: ReadonlyMap<string, string>;
  readonly at: string;
};

/** Opens all valid bids at once after the deadline. Bids that were not confirmed after an amendment stay unread for ever. */
export const openBids = (tender: Tender, { by, contents, unread = new Map(), at }: OpenBids): Decision => {
  const refusal = by && unlessBuyer(tender, by);
  if (refusal) return refusal;
  switch (tender.status) {
    case 'absent':
      return refuse('no-such-tender');
    case 'draft':
      return refuse('not-published');
    case 'published':
      if (!isOver(tender, at)) return refuse('bidding-not-over');
      return opening(tender, { contents, unread, at }, [{ type: 'BiddingClosed', at }]);
    case 'closed':
      return opening(tender, { contents, unread, at }, []);
    case 'cancelled':
    case 'dropped':
      return refuse('procedure-is-over');
    default:
      return [];
  }
};

const opening = (
  tender: Published | Closed,
  { contents, unread, at }: Required<Omit<OpenBids, 'by'>>,
  before: readonly TenderFact[],
): readonly TenderFact[] | Refused => {
  const waiting = unanswered(tender).length;
  if (waiting > 0) return refuse('questions-unanswered', `${waiting} open: answer each or reject it with a reason.`);
  const bids: ({ bidId: string } & SaidInBid)[] = [];
  const unopened: { bidId: string; bidder: string }[] = [];
  for (const { bidId, contentId, valid } of tender.bids) {
    const content = contents.get(contentId);
    const bidder = unread.get(contentId);
    if (!valid) unopened.push(...(bidder === undefined ? [] : [{ bidId, bidder }]));
    else if (content) bids.push({ bidId, ...content });
    else return refuse('bids-not-readable');
  }
  const opened: TenderFact[] = [...before, { type: 'BidsOpened', bids, ...(unopened.length > 0 ? { unopened } : {}), at }];
  // Where only the price counts there is nothing to score.
  return bids.length > 0
    ? [...opened, ...endOfScoring(opened.reduce(evolve, tender as Tender), at)]
    : [
        ...opened,
        {
          type: 'TenderDeclaredUnsuccessful',
          code: 'no-valid-bid',
          reason: 'No valid bid was received.',
          because: 'no-valid-bid',
          at,
        },
      ];
};
