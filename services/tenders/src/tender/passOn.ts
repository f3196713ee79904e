import type { Lapse } from './contract.ts';
import { judgedBids } from './evaluation.ts';
import { evolve } from './evolve.ts';
import { outcomeOfPassing } from './outcomes.ts';
import { rank } from './rank.ts';
import type { Awarded, AwardedLot, Opened, Tender, TenderFact } from './tender.ts';

/**
 * An award that comes to nothing passes to the next in the ranking it was made by, or the lot ends without one. A tender all of whose
 * lots end so is unsuccessful.
 */
export const passOn = (
  tender: Opened | Awarded,
  { lotId, bidId, winner }: AwardedLot,
  { how, reason, at }: Pick<Lapse, 'how' | 'reason' | 'at'>,
): TenderFact[] => {
  const lapsed: TenderFact = { type: 'AwardLapsed', lotId, bidId, winner, how, reason, at };
  const out = [bidId, ...(tender.lapses ?? []).filter((lapse) => lapse.lotId === lotId).map((lapse) => lapse.bidId)];
  const next = rank(tender.terms, judgedBids(tender), lotId).find(({ bid }) => !out.includes(bid.bidId));
  if (next) {
    const because = `Rank ${next.rank} with ${next.points} of 100 points, and the award passes on: the bid before it was ${how === 'declined' ? 'awarded and declined' : 'awarded and withdrawn'}.`;
    const { bid, price } = next;
    return [
      lapsed,
      { type: 'LotAwarded', lotId, bidId: bid.bidId, winner: bid.bidder, value: price, reason: because, at },
      outcomeOfPassing(next, lotId, because, at),
    ];
  }
  const code = 'winner-refused';
  const ending = `The award was ${how}, and no other bid is left.`;
  const facts: TenderFact[] = [lapsed, { type: 'LotDeclaredUnsuccessful', lotId, code, reason: ending, at }];
  const after = facts.reduce(evolve, tender as Tender);
  const isOver = after.status === 'awarded' && after.results.every(({ kind }) => kind === 'unsuccessful');
  return isOver ? [...facts, { type: 'TenderDeclaredUnsuccessful', code, reason: ending, at }] : facts;
};
