import { hasChangedSince } from './amendments.ts';
import type { By } from './parties.ts';
import { isRefusal, type Refused, refuse } from './refusals.ts';
import { type Decision, isOver, isVisibleTo, type LotPrice, type Published, type Tender } from './tender.ts';
import { hasTwice, type MustHaveCode, type Terms } from './terms.ts';

export type SubmitBid = {
  /** For a first submission; a later one keeps the id of the first. */
  readonly bidId: string;
  /** Where what the bid says lies sealed, and what stands for its hash: the tender itself does not keep it. */
  readonly contentId: string;
  readonly digest: string;
  readonly prices: readonly LotPrice[];
  /** The criteria that are answered. */
  readonly answers: readonly string[];
  /** The coded must-haves that the bid confirms. */
  readonly confirms?: readonly MustHaveCode[];
  /** The number of amendments, of those that everybody sees, that were read for this bid; undefined: nothing is said of it. */
  readonly amendmentsRead?: number | undefined;
  readonly by: By & { readonly country: 'DE' | 'RW' };
  /** What stands for the bidder until the opening. */
  readonly sealedAs: string;
  /** The bidder, sealed for who tells it of what becomes of its bid until then. */
  readonly owner?: string;
  readonly at: string;
};

/** The tender, if a bid of this firm is taken at this instant; otherwise why not. */
export const takingBids = (tender: Tender, { by, at }: Pick<SubmitBid, 'by' | 'at'>): Published | Refused => {
  if (!isVisibleTo(tender, by.organisation)) return refuse('no-such-tender');
  if (tender.buyer.organisationId === by.organisation) return refuse('buyer-may-not-bid');
  if (by.country !== 'RW') return refuse('only-rwandan-firms-bid');
  if (tender.status === 'cancelled') return refuse('procedure-is-over');
  return tender.status !== 'published' || isOver(tender, at) ? refuse('bidding-is-over') : tender;
};

/** Takes a sealed bid, or its next version, which also confirms it after an amendment. The server's instant decides. */
export const submitBid = (found: Tender, command: SubmitBid): Decision => {
  const tender = takingBids(found, command);
  if (isRefusal(tender)) return tender;
  const { amendmentsRead } = command;
  if (amendmentsRead !== undefined && hasChangedSince(tender, amendmentsRead)) return refuse('amended-since');
  const refusal = unfit(tender.terms, command);
  if (refusal) return refusal;
  const before = tender.bids.find(({ bidder }) => bidder === command.sealedAs);
  if (before?.valid && before.digest === command.digest) return [];
  return [
    {
      type: 'BidSubmitted',
      bid: {
        bidId: before?.bidId ?? command.bidId,
        bidder: command.sealedAs,
        contentId: command.contentId,
        digest: command.digest,
        version: (before?.version ?? 0) + 1,
        submittedAt: command.at,
        valid: true,
        ...(command.owner === undefined ? {} : { owner: command.owner }),
      },
    },
  ];
};

const unfit = (
  { lots, criteria, currency, mustHaveCodes = [] }: Terms,
  { prices, answers, confirms = [] }: SubmitBid,
): Refused | undefined => {
  const lotIds = prices.map(({ lotId }) => lotId);
  if (hasTwice(lotIds) || hasTwice(answers)) return refuse('given-twice');
  const unknownLot = lotIds.find((id) => !lots.some((lot) => lot.id === id));
  if (unknownLot !== undefined)
    return refuse('no-such-lot', `There is no lot ${unknownLot}; read the tender again for its lots.`);
  const unknown = answers.find((id) => !criteria.some((criterion) => criterion.id === id));
  if (unknown !== undefined)
    return refuse('no-such-criterion', `There is no criterion ${unknown}; read the tender again for its criteria.`);
  if (prices.some(({ price }) => price.currency !== currency))
    return refuse('price-in-other-currency', `Give all prices in ${currency}.`);
  const unconfirmed = mustHaveCodes.filter((code) => !confirms.includes(code));
  if (unconfirmed.length > 0) return refuse('must-have-not-confirmed', `Confirm ${unconfirmed.join(', ')}.`);
  return undefined;
};
