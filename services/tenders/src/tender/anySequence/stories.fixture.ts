import fc from 'fast-check';
import { admitFirms } from '../admitFirms.ts';
import { appointEvaluators } from '../appointEvaluators.ts';
import { awards, awardsFirst, declines, ends, withdrawals } from './awarding.fixture.ts';
import { bidFor, bids, closing, opening, opens, withdraws } from './bidding.fixture.ts';
import { asks, contracts, delivers, explains, explainsAll, offers, reminds, signs, signsOff } from './contracts.fixture.ts';
import { appoints, closes, closesForAll, conflicts, disqualifies, finishes, scores } from './evaluating.fixture.ts';
import { as, at, type Command, firms, users } from './world.fixture.ts';
import { admits, amends, cancels, documents, follows, publishes, publishing, tells, widens, wonders } from './writing.fixture.ts';

const drafting = fc.oneof(documents, documents, widens, admits, publishes, amends, follows, bids, cancels);

const bidding = fc.oneof(
  { weight: 8, arbitrary: bids },
  ...[withdraws, amends, appoints, opens, cancels, wonders, tells, follows, admits, widens, documents],
  ...[publishes, fc.constant(closing)],
);

/** While the deadline has passed and nobody has opened the bids. */
const overdue = fc.oneof(
  { weight: 3, arbitrary: fc.constant(closing) },
  ...[bids, withdraws, amends, appoints, cancels, wonders, tells, follows, admits, documents, publishes, scores, awards, reminds],
);

const deciding = fc.oneof(
  ...[follows, admits, documents, publishes, fc.constant(closing)],
  { weight: 4, arbitrary: delivers },
  { weight: 1, arbitrary: appoints },
  { weight: 3, arbitrary: scores },
  { weight: 5, arbitrary: finishes },
  { weight: 2, arbitrary: conflicts },
  closes,
  { weight: 2, arbitrary: closesForAll },
  { weight: 1, arbitrary: disqualifies },
  { weight: 4, arbitrary: awards },
  { weight: 8, arbitrary: awardsFirst },
  { weight: 20, arbitrary: contracts },
  { weight: 1, arbitrary: ends },
  { weight: 2, arbitrary: declines },
  { weight: 2, arbitrary: withdrawals },
  offers,
  signs,
  signsOff,
  { weight: 4, arbitrary: asks },
  explains,
  { weight: 3, arbitrary: explainsAll },
  reminds,
  bids,
  withdraws,
  cancels,
);

export const story = fc
  .tuple(
    fc.array(fc.tuple(fc.constant(0), drafting), { maxLength: 4 }),
    fc.subarray(firms),
    fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), bidding), { minLength: 4, maxLength: 16 }),
    fc.array(fc.tuple(fc.constant(0), bids), { maxLength: 6 }),
    fc.integer({ min: 100, max: 200 }),
    fc.array(fc.tuple(fc.constant(0), overdue), { maxLength: 6 }),
    fc.array(fc.tuple(fc.constant(0), tells), { maxLength: 3 }),
    fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), deciding), { minLength: 20, maxLength: 70 }),
  )
  .map(([written, matched, before, late, wait, meanwhile, told, after]): [number, Command][] => [
    ...written,
    [0, publishing],
    [0, (world) => admitFirms(world.tender, { firms: matched })],
    ...before,
    ...late,
    [wait, () => []],
    ...meanwhile,
    [0, opening],
    ...told,
    [0, opening],
    ...after,
  ]);

/** Three bids and two evaluators; what follows is about how their scoring ends, and what happens to bids then. */
export const evaluation = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: scores },
      { weight: 2, arbitrary: finishes },
      { weight: 2, arbitrary: closesForAll },
      { weight: 3, arbitrary: disqualifies },
      conflicts,
    ),
    { minLength: 10, maxLength: 30 },
  )
  .map((steps): [number, Command][] => [
    [0, publishing],
    ...firms.map((by): [number, Command] => [0, (world) => bidFor(world, by, ['build', 'run'], 1)]),
    [100, opening],
    [
      0,
      (world) => appointEvaluators(world.tender, { by: as('buyer'), evaluators: ['ann', 'ben'], members: users, at: at(world) }),
    ],
    ...steps.map((step): [number, Command] => [0, step]),
  ]);
