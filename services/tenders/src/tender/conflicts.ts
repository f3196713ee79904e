import { hasConflict, withRivals } from './evaluation.ts';
import type { By } from './parties.ts';
import { priceFor } from './rank.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Awarded, Opened, OpenedBid } from './tender.ts';

/** Who decides for the buyer. */
export type Judge = {
  readonly by: By;
  /** All organisations the person belongs to, as identity told them. */
  readonly memberOf?: readonly string[];
};
type Judged = Pick<Opened | Awarded, 'bids' | 'results' | 'evaluators' | 'dismissed'>;

/** Whether this person is not free in judging the bid: it belongs to the bidder, or has said so, even if it is no evaluator any more. */
export const isBiased = (
  { evaluators = [], dismissed = [] }: Judged,
  { by, memberOf = [] }: Judge,
  { bidId, bidder }: OpenedBid,
): boolean =>
  memberOf.includes(bidder) || [...evaluators, ...dismissed].some((one) => one.userId === by.user && hasConflict(one, bidId));

/** The bid for which this person may not score one: that one itself, or a rival for a lot that is open. */
export const biasAbout = (tender: Judged, judge: Judge, bid: OpenedBid): OpenedBid | undefined =>
  withRivals(tender, bid)
    .toSorted((a, b) => Number(b.bidId === bid.bidId) - Number(a.bidId === bid.bidId))
    .find((one) => isBiased(tender, judge, one));

/**
 * The refusal for a person who decides about lots for which a bid stands that it is not free in judging: what becomes of one bid for a
 * lot becomes of all of them. Another member of the buyer decides.
 */
export const unlessFree = (tender: Judged, judge: Judge, lotIds: readonly string[]): Refused | undefined => {
  const standing = tender.bids.filter(
    (bid) => bid.disqualifiedBecause === undefined && lotIds.some((lotId) => priceFor(bid, lotId)),
  );
  return standing.some((bid) => isBiased(tender, judge, bid))
    ? refuse(
        'conflict-of-interest',
        'You are not free in judging a bid for this lot. Another member of your organisation decides.',
      )
    : undefined;
};
