import fc from 'fast-check';
import { appointEvaluators } from '../appointEvaluators.ts';
import { closeScoring } from '../closeScoring.ts';
import { declareConflict } from '../declareConflict.ts';
import { disqualifyBid } from '../disqualifyBid.ts';
import { scoreBids } from '../scoreBids.ts';
import { type OpenedBid, openingOf } from '../tender.ts';
import { anyone, as, at, bidOf, type Command, firm, judging, rivalsIn, user, users } from './world.fixture.ts';

/** Members come and go. */
export const appoints = fc.tuple(anyone, fc.subarray(users), fc.subarray(users, { minLength: 2 })).map(
  ([by, evaluators, members]): Command =>
    (world) =>
      appointEvaluators(world.tender, { by: as(by), evaluators, members, at: at(world) }),
);

export const scores = fc.tuple(anyone, user, fc.array(fc.tuple(firm, fc.nat(100)), { minLength: 1, maxLength: 3 })).map(
  ([by, name, given]): Command =>
    (world) =>
      scoreBids(world.tender, {
        ...judging(world, by, name),
        scores: given.map(([bidder, score]) => ({ bidId: bidOf(bidder), criterionId: 'approach', score })),
        at: at(world),
      }),
);

/** All that is left to score, as one would who wants to be done. */
export const finishes = fc.tuple(user, fc.nat(100)).map(
  ([name, seed]): Command =>
    (world) =>
      scoreBids(world.tender, {
        ...judging(world, 'buyer', name),
        scores: (openingOf(world.tender)?.bids ?? [])
          .filter((bid) => {
            const evaluator =
              'evaluators' in world.tender ? world.tender.evaluators?.find(({ userId }) => userId === name) : undefined;
            const isBiased = ({ bidId, bidder }: OpenedBid) =>
              (name === 'cid' && bidder === 'gamma') || evaluator?.conflicts.some((conflict) => conflict.bidId === bidId);
            return bid.disqualifiedBecause === undefined && !rivalsIn(world.tender, bid).some(isBiased);
          })
          .map(({ bidId }, n) => ({ bidId, criterionId: 'approach', score: (seed * (n + 3)) % 101 })),
        at: at(world),
      }),
);

export const conflicts = fc.tuple(anyone, user, firm).map(
  ([by, name, bidder]): Command =>
    (world) =>
      declareConflict(world.tender, { by: as(by, name), bidId: bidOf(bidder), reason: 'So.', at: at(world) }),
);

export const closes = anyone.map(
  (by): Command =>
    (world) =>
      closeScoring(world.tender, { by: as(by), reason: 'So.', at: at(world) }),
);

/** As one would who does not want to wait: what one gave without having finished must never count. */
export const closesForAll = fc.constant<Command>((world) =>
  closeScoring(world.tender, { by: as('buyer'), reason: 'So.', at: at(world) }),
);

export const disqualifies = fc.tuple(anyone, user, firm).map(
  ([by, name, bidder]): Command =>
    (world) =>
      disqualifyBid(world.tender, {
        ...judging(world, by, name),
        bidId: bidOf(bidder),
        code: 'other',
        reason: 'So.',
        at: at(world),
      }),
);
