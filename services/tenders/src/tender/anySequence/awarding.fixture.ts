import fc from 'fast-check';
import { awardLot } from '../awardLot.ts';
import { declareUnsuccessful } from '../declareUnsuccessful.ts';
import { declineAward } from '../declineAward.ts';
import { judgedBids } from '../evaluation.ts';
import { noteWithdrawal } from '../noteWithdrawal.ts';
import { rank } from '../rank.ts';
import { anyone, as, at, bidOf, type Command, firm, judging, lot, user } from './world.fixture.ts';

export const awards = fc.tuple(anyone, user, lot, firm).map(
  ([by, name, lotId, bidder]): Command =>
    (world) =>
      awardLot(world.tender, { ...judging(world, by, name), lotId, bidId: bidOf(bidder), at: at(world) }),
);

/** As one would who reads the ranking. */
export const awardsFirst = fc.tuple(lot, user).map(
  ([lotId, name]): Command =>
    (world) => {
      const { tender } = world;
      const first = tender.status === 'opened' ? rank(tender.terms, judgedBids(tender), lotId)[0] : undefined;
      const judge = judging(world, 'buyer', name);
      return first ? awardLot(tender, { ...judge, lotId, bidId: first.bid.bidId, at: at(world) }) : [];
    },
);

export const ends = fc.tuple(anyone, user, lot).map(
  ([by, name, lotId]): Command =>
    (world) =>
      declareUnsuccessful(world.tender, { ...judging(world, by, name), lotId, code: 'other', reason: 'So.', at: at(world) }),
);

export const declines = fc.tuple(anyone, lot).map(
  ([by, lotId]): Command =>
    (world) =>
      declineAward(world.tender, { by: as(by), lotId, reason: 'So.', at: at(world) }),
);

export const withdrawals = fc.tuple(anyone, user, lot, firm).map(
  ([by, name, lotId, bidder]): Command =>
    (world) =>
      noteWithdrawal(world.tender, { ...judging(world, by, name), lotId, bidId: bidOf(bidder), reason: 'So.', at: at(world) }),
);
