import fc from 'fast-check';
import { closeBidding } from '../closeBidding.ts';
import { openBids } from '../openBids.ts';
import { euros, sealedAs } from '../scenes.fixture.ts';
import { submitBid } from '../submitBid.ts';
import type { Decision } from '../tender.ts';
import { withdrawBid } from '../withdrawBid.ts';
import { anyone, as, at, bidOf, type Command, firm, type World } from './world.fixture.ts';

export const bidFor = (world: World, by: string, lots: readonly string[], price: number): Decision => {
  const contentId = `content-${++world.submissions}`;
  const prices = lots.map((lotId) => ({ lotId, price: euros(price * 100) }));
  world.contents.set(contentId, { bidder: by, digest: contentId, prices });
  const bid = { bidId: bidOf(by), contentId, digest: contentId, prices, answers: [] };
  return submitBid(world.tender, { ...bid, by: { organisation: by, country: 'RW' }, sealedAs: sealedAs(by), at: at(world) });
};

export const bids: fc.Arbitrary<Command> = fc
  .tuple(anyone, fc.subarray(['build', 'run'], { minLength: 1 }), fc.integer({ min: 1, max: 4 }))
  .map(
    ([by, lots, price]): Command =>
      (world) =>
        bidFor(world, by, lots, price),
  );

export const withdraws = firm.map(
  (by): Command =>
    (world) =>
      withdrawBid(world.tender, { by: as(by), sealedAs: sealedAs(by), at: at(world) }),
);

export const opens = anyone.map(
  (by): Command =>
    (world) =>
      openBids(world.tender, { by: as(by), contents: world.contents, at: at(world) }),
);

/** As the clock does. */
export const closing: Command = (world) => closeBidding(world.tender, { at: at(world) });

export const opening: Command = (world) => openBids(world.tender, { contents: world.contents, at: at(world) });
