import fc from 'fast-check';
import type { Judge } from '../conflicts.ts';
import { priceFor } from '../rank.ts';
import { terms } from '../scenes.fixture.ts';
import { type Decision, type OpenedBid, openingOf, type SaidInBid, type Tender } from '../tender.ts';
import type { PublishedTerms } from '../terms.ts';

/** One tender and what its sealed bids say, played by anybody in any order; an hour of bidding, an hour of standstill at most. */
export type World = {
  tender: Tender;
  minute: number;
  contents: Map<string, SaidInBid>;
  submissions: number;
  judge?: Judge | undefined;
};
export type Command = (world: World) => Decision;

const start = Temporal.Instant.from('2027-01-05T08:00:00Z');
export const instant = (minute: number) => start.add({ minutes: minute }).toString({ fractionalSecondDigits: 3 });
export const at = ({ minute }: World) => instant(minute);
export const asked: PublishedTerms = {
  ...terms,
  deadline: instant(60),
  standstillDays: 0,
  milestones: [{ id: 'm', title: 'M' }],
};

export const firms = ['alpha', 'beta', 'gamma'];
export const users = ['ann', 'ben', 'cid'];
export const anyone = fc.oneof(
  { weight: 3, arbitrary: fc.constant('buyer') },
  { weight: 2, arbitrary: fc.constantFrom(...firms) },
);
export const firm = fc.constantFrom(...firms);
export const user = fc.constantFrom(...users);
export const lot = fc.constantFrom('build', 'run');
export const bidOf = (name: string) => `bid-${name}`;
export const as = (organisation: string, name?: string) => (name === undefined ? { organisation } : { organisation, user: name });

/** Who decides something about bids: noted, so that what came of it can be held against whether it was free to. */
export const judging = (world: World, by: string, name: string): Judge => {
  world.judge = { by: as(by, name), memberOf: name === 'cid' ? ['buyer', 'gamma'] : ['buyer'] };
  return world.judge;
};

/** The bid, and those that stand for a lot with it that is not decided. */
export const rivalsIn = (tender: Tender, bid: OpenedBid): OpenedBid[] => {
  const { bids: all = [], results = [] } = openingOf(tender) ?? {};
  const undecided = bid.prices.map(({ lotId }) => lotId).filter((id) => !results.some(({ lotId }) => lotId === id));
  const standing = all.filter((one) => one.disqualifiedBecause === undefined && undecided.some((id) => priceFor(one, id)));
  return [bid, ...standing];
};
