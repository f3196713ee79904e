import type { Lapse } from './contract.ts';
import { evolve } from './evolve.ts';
import { outcomeOfDisqualified } from './outcomes.ts';
import { priceFor } from './rank.ts';
import type { Awarded, AwardedLot, Opened, OpenedBid, Outcome, Tender, TenderFact } from './tender.ts';
import type { Money } from './terms.ts';

/**
 * An award that comes to nothing passes to the next in the ranking it was made by, or the lot ends without one. A tender all of whose
 * lots end so is unsuccessful. That ranking is the one its bidders were told: a bid that was disqualified since is passed over, and its
 * bidder told so, but nobody's points change by it.
 */
export const passOn = (
  tender: Opened | Awarded,
  { lotId, bidId, winner }: AwardedLot,
  { how, reason, at }: Pick<Lapse, 'how' | 'reason' | 'at'>,
): TenderFact[] => {
  const lapsed: TenderFact = { type: 'AwardLapsed', lotId, bidId, winner, how, reason, at };
  const out = [bidId, ...(tender.lapses ?? []).filter((lapse) => lapse.lotId === lotId).map((lapse) => lapse.bidId)];
  const others = placesIn(tender, lotId).filter(({ bid }) => !out.includes(bid.bidId));
  const next = others.find(({ bid }) => bid.disqualifiedBecause === undefined);
  const passedOver = others
    .filter(({ bid, rank }) => bid.disqualifiedBecause !== undefined && (!next || rank < next.rank))
    .map(({ bid }) => outcomeOfDisqualified(bid, lotId, at));
  const why = { how, at } as const;
  if (next) {
    const { bid, rank, points, value, told } = next;
    const because = {
      reason: `Rank ${rank} with ${points} of 100 points, and the award passes on: the bid before it was ${how === 'declined' ? 'awarded and declined' : 'awarded and withdrawn'}.`,
      because: 'passed-on',
      ...why,
    } as const;
    const { winningPoints, said, code, ...place } = told;
    return [
      lapsed,
      ...passedOver,
      { type: 'LotAwarded', lotId, bidId: bid.bidId, winner: bid.bidder, value, rank, points, ...because },
      { type: 'BidderInformed', ...place, outcome: 'won', ...because },
    ];
  }
  const ending = {
    code: 'winner-refused',
    reason: `The award was ${how}, and no other bid is left.`,
    because: 'nobody-left',
    ...why,
  } as const;
  const facts: TenderFact[] = [lapsed, ...passedOver, { type: 'LotDeclaredUnsuccessful', lotId, ...ending }];
  const after = facts.reduce(evolve, tender as Tender);
  const isOver = after.status === 'awarded' && after.results.every(({ kind }) => kind === 'unsuccessful');
  return isOver ? [...facts, { type: 'TenderDeclaredUnsuccessful', ...ending }] : facts;
};

type Place = {
  readonly bid: OpenedBid;
  readonly value: Money;
  readonly rank: number;
  readonly points: number;
  readonly told: Outcome;
};

/** The ranking of a lot as its bidders were told it with the award. */
const placesIn = ({ outcomes, bids }: Opened | Awarded, lotId: string): Place[] =>
  outcomes
    .flatMap((told): Place[] => {
      const bid = bids.find(({ bidId }) => bidId === told.bidId);
      const value = bid && priceFor(bid, lotId);
      const { rank, points = 0 } = told;
      return told.lotId === lotId && value && rank !== undefined ? [{ bid, value, rank, points, told }] : [];
    })
    .sort((one, other) => one.rank - other.rank);
