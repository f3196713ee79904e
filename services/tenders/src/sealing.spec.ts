import { ringOf } from '@umuhuza/testing/keyRing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writePackage } from './ocds/writePackage.ts';
import { bidOwners } from './sealing/bidOwners.ts';
import { answerQuestion } from './tender/answerQuestion.ts';
import { askQuestion } from './tender/askQuestion.ts';
import { awardLot } from './tender/awardLot.ts';
import { cancelTender } from './tender/cancelTender.ts';
import { closeBidding } from './tender/closeBidding.ts';
import { createDraft } from './tender/createDraft.ts';
import { declareUnsuccessful } from './tender/declareUnsuccessful.ts';
import { disqualifyBid } from './tender/disqualifyBid.ts';
import { editTender } from './tender/editTender.ts';
import { evolve, noTender } from './tender/evolve.ts';
import { followTender } from './tender/followTender.ts';
import { openBids } from './tender/openBids.ts';
import { publishTender } from './tender/publishTender.ts';
import { isRefusal } from './tender/refusals.ts';
import { buyer, euros, sealedAs, terms } from './tender/scenes.fixture.ts';
import { scoreBids } from './tender/scoreBids.ts';
import { submitBid } from './tender/submitBid.ts';
import { type Decision, openingOf, type SaidInBid, type Tender, type TenderFact } from './tender/tender.ts';
import { withdrawBid } from './tender/withdrawBid.ts';
import { toPublicEvents } from './toPublicEvents.ts';
import { toMyBid, toOpenedBids, toSummary, toTenderView } from './views.ts';

/** One tender with its clock and its store of sealed contents, played by any role in any order. */
type World = {
  tender: Tender;
  minute: number;
  contents: Map<string, SaidInBid>;
  submissions: number;
  told: string[];
  /** What the streams say, with the lengths of what is sealed in it. */
  said: string[];
};

const { sealOwner, sealOwners } = bidOwners(ringOf('post'));
const publicEvents = toPublicEvents(sealOwners);

const start = Temporal.Instant.from('2027-01-05T08:00:00Z');
const at = ({ minute }: World) => start.add({ minutes: minute }).toString({ fractionalSecondDigits: 3 });
/** A short tender, so that sequences cross the deadline. */
const shortTerms = { ...terms, deadline: start.add({ minutes: 60 }).toString({ fractionalSecondDigits: 3 }) };

const firms = ['alpha', 'beta', 'gamma'];
const lots = ['build', 'run'];
/** Prices nobody could guess: what carries them outside has leaked. */
const secretPrice = (n: number) => 770_000_000 + n * 1_009;
const bidIdOf = (firm: string) => `secret-bid-${firm}`;

type Command = readonly [name: string, decide: (world: World) => Decision];

const anyone = fc.oneof(fc.constant('buyer'), fc.constantFrom(...firms));
const firm = fc.constantFrom(...firms);
const lot = fc.constantFrom(...lots);
const scores = fc.array(
  fc.record({ bidId: firm.map(bidIdOf), criterionId: fc.constantFrom('approach', 'price'), score: fc.nat(100) }),
  {
    maxLength: 3,
  },
);

const bidding: fc.Arbitrary<Command> = fc.tuple(anyone, fc.subarray(lots, { minLength: 1 }), fc.nat(9)).map(
  ([by, priced, abroad]): Command => [
    `${by} bids`,
    (world) => {
      const n = ++world.submissions;
      const contentId = `secret-content-${n}`;
      const prices = priced.map((lotId) => ({ lotId, price: euros(secretPrice(n)) }));
      world.contents.set(contentId, { bidder: by, digest: `secret-hash-${n}`, prices });
      return submitBid(world.tender, {
        bidId: bidIdOf(by),
        contentId,
        digest: `secret-digest-${n}`,
        prices,
        answers: ['approach'],
        by: { organisation: by, country: abroad === 0 ? 'DE' : 'RW' },
        sealedAs: sealedAs(by),
        owner: sealOwner('t1', `secret-${by}`),
        at: at(world),
      });
    },
  ],
);

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: bidding },
  firm.map(
    (by): Command => [
      `${by} withdraws`,
      (world) => withdrawBid(world.tender, { by: { organisation: by }, sealedAs: sealedAs(by), at: at(world) }),
    ],
  ),
  anyone.map(
    (by): Command => [
      `${by} asks`,
      (world) =>
        askQuestion(world.tender, {
          questionId: `q${world.minute}`,
          question: 'Why?',
          by: { organisation: by },
          askedBy: `asker-${by}`,
          at: at(world),
        }),
    ],
  ),
  fc
    .tuple(anyone, fc.nat(90))
    .map(
      ([by, n]): Command => [
        `${by} answers`,
        (world) => answerQuestion(world.tender, { questionId: `q${n}`, answer: 'So.', by: { organisation: by }, at: at(world) }),
      ],
    ),
  fc.tuple(anyone, fc.boolean()).map(
    ([by, longer]): Command => [
      `${by} amends`,
      (world) =>
        editTender(world.tender, {
          by: { organisation: by },
          changes: {
            description: `What is asked at minute ${world.minute}`,
            deadline:
              longer && 'terms' in world.tender
                ? Temporal.Instant.from(world.tender.terms.deadline ?? start.toString())
                    .add({ minutes: 20 })
                    .toString({ fractionalSecondDigits: 3 })
                : undefined,
          },
          reason: 'It was asked for.',
          at: at(world),
        }),
    ],
  ),
  {
    weight: 4,
    arbitrary: anyone.map(
      (by): Command => [
        `${by} opens`,
        (world) => openBids(world.tender, { by: { organisation: by }, contents: world.contents, at: at(world) }),
      ],
    ),
  },
  fc.constant<Command>(['the clock closes', (world) => closeBidding(world.tender, { at: at(world) })]),
  fc.constant<Command>(['the clock opens', (world) => openBids(world.tender, { contents: world.contents, at: at(world) })]),
  fc
    .tuple(anyone, scores)
    .map(
      ([by, given]): Command => [
        `${by} scores`,
        (world) => scoreBids(world.tender, { by: { organisation: by }, scores: given, at: at(world) }),
      ],
    ),
  {
    weight: 6,
    arbitrary: fc
      .tuple(anyone, firm, lot, scores)
      .map(
        ([by, winner, lotId, given]): Command => [
          `${by} awards`,
          (world) =>
            awardLot(world.tender, { by: { organisation: by }, lotId, bidId: bidIdOf(winner), scores: given, at: at(world) }),
        ],
      ),
  },
  fc.tuple(anyone, firm).map(
    ([by, out]): Command => [
      `${by} disqualifies`,
      (world) =>
        disqualifyBid(world.tender, {
          by: { organisation: by },
          bidId: bidIdOf(out),
          code: 'other',
          reason: 'No.',
          at: at(world),
        }),
    ],
  ),
  fc
    .tuple(anyone, lot)
    .map(
      ([by, lotId]): Command => [
        `${by} ends a lot`,
        (world) =>
          declareUnsuccessful(world.tender, { by: { organisation: by }, lotId, code: 'other', reason: 'No.', at: at(world) }),
      ],
    ),
  fc
    .tuple(anyone, fc.integer({ min: 0, max: 9 }))
    .map(
      ([by, whim]): Command => [
        `${by} cancels`,
        (world) => (whim === 0 ? cancelTender(world.tender, { by: { organisation: by }, reason: 'No.', at: at(world) }) : []),
      ],
    ),
  fc
    .tuple(anyone, fc.boolean())
    .map(
      ([by, follows]): Command => [`${by} follows`, (world) => followTender(world.tender, { by: { organisation: by }, follows })],
    ),
  anyone.map(
    (by): Command => [
      `${by} publishes`,
      (world) => publishTender(world.tender, { by: { organisation: by }, buyerName: buyer.name, at: at(world) }),
    ],
  ),
);

const does = (world: World, decision: Decision): readonly TenderFact[] => {
  if (isRefusal(decision)) {
    world.told.push(JSON.stringify(decision));
    return [];
  }
  for (const fact of decision) {
    const before = world.tender;
    world.tender = evolve(before, fact);
    const events = publicEvents('t1', fact, world.tender, before);
    world.told.push(...events.map((event) => JSON.stringify(event)));
    world.said.push(
      ...events.map((event) => JSON.stringify(event, (name, value) => (name === 'owners' ? String(value).length : value))),
    );
  }
  return decision;
};

const newWorld = (): World => {
  const world: World = { tender: noTender, minute: 0, contents: new Map(), submissions: 0, told: [], said: [] };
  does(
    world,
    createDraft(noTender, {
      tenderId: 't1',
      ocid: 'ocds-umuhuza-t1',
      buyer,
      terms: { ...shortTerms, lots: [...terms.lots] },
      at: at(world),
    }),
  );
  does(world, publishTender(world.tender, { by: { organisation: 'buyer' }, buyerName: buyer.name, at: at(world) }));
  return world;
};

const story = fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), command), { minLength: 5, maxLength: 40 });

const scoringAll = fc.tuple(fc.nat(100), fc.nat(100), fc.nat(100)).map(
  (given): Command => [
    'buyer scores all',
    (world) => {
      const opened = openingOf(world.tender)?.bids ?? [];
      const fresh = opened.map(({ bidId }, n) => ({ bidId, criterionId: 'approach', score: given[n] ?? 0 }));
      return scoreBids(world.tender, { by: { organisation: 'buyer' }, scores: fresh, at: at(world) });
    },
  ],
);
/** A story of the evaluation: some bid, the deadline passes, the bids are opened, then anything happens. */
const evaluation = fc
  .tuple(
    fc.array(bidding, { minLength: 4, maxLength: 8 }),
    fc.array(fc.oneof({ weight: 1, arbitrary: scoringAll }, { weight: 4, arbitrary: command }), { minLength: 10, maxLength: 60 }),
  )
  .map(([bids, rest]): [number, Command][] => [
    ...bids.map((bid): [number, Command] => [1, bid]),
    [90, ['the clock opens', (world) => openBids(world.tender, { contents: world.contents, at: at(world) })]],
    ...rest.map((one): [number, Command] => [1, one]),
  ]);

/** Everything this reader can get of the tender and its bids. */
const seenBy = (tender: Tender, reader: string): string => {
  if (tender.status === 'absent') return '';
  return JSON.stringify([
    toTenderView(tender, reader, `asker-${reader}`),
    toSummary(tender, reader),
    writePackage(tender, { reader, publicUrl: 'https://umuhuza.example', at: '2028-01-01T00:00:00.000Z' }),
    reader === 'buyer' ? toOpenedBids(tender, { contents: new Map() }, 'user') : null,
  ]);
};
/** Leaves no doubt where something came from. */
const secrets = /secret-|77\d{7}/;

/** Milliseconds; many stories take their time on a busy machine. */
const patience = 60_000;

describe('whatever is done, by whomever, in whatever order', { timeout: patience }, () => {
  it('no bid is seen by anyone but its bidder before opening, in views, refusals or events', () => {
    let reached = 0;
    fc.assert(
      fc.property(story, (steps) => {
        const world = newWorld();
        for (const [minutes, [, decide]] of steps) {
          world.minute += minutes;
          const wasSealed = openingOf(world.tender) === undefined;
          const before = world.told.length;
          const facts = does(world, decide(world));
          if (openingOf(world.tender)) {
            reached += wasSealed ? 1 : 0;
            break;
          }
          expect(world.told.slice(before).join()).not.toMatch(secrets);
          if (facts.length === 0) continue;
          expect(['buyer', 'stranger', ...firms].map((reader) => seenBy(world.tender, reader)).join()).not.toMatch(secrets);
          for (const reader of firms) {
            const own = JSON.stringify(
              toMyBid(world.tender, { organisation: reader, sealedAs: sealedAs(reader) }, undefined) ?? null,
            );
            const others = firms.filter((name) => name !== reader && own.includes(bidIdOf(name)));
            expect(others).toEqual([]);
          }
        }
      }),
      { numRuns: 200 },
    );
    // The stories do reach the openings that this is about.
    expect(reached).toBeGreaterThan(5);
  });

  it('the buyer and the streams see the same as if nobody had bid', () => {
    let owners = 0;
    const isBidding = (name: string) => / bids$| withdraws$/.test(name);
    fc.assert(
      fc.property(story, (steps) => {
        const [world, silent] = [newWorld(), newWorld()];
        for (const [minutes, [name, decide]] of steps) {
          world.minute += minutes;
          silent.minute += minutes;
          const facts = does(world, decide(world));
          if (openingOf(world.tender)) return;
          if (!isBidding(name)) does(silent, decide(silent));
          if (facts.length === 0) continue;
          const readers = ['buyer', ...firms];
          expect(readers.map((reader) => seenBy(world.tender, reader))).toEqual(
            readers.map((reader) => seenBy(silent.tender, reader)),
          );
          expect(world.said).toEqual(silent.said);
          owners += world.said.at(-1)?.includes('"owners":') === true && 'bids' in world.tender ? world.tender.bids.length : 0;
        }
      }),
      { numRuns: 200 },
    );
    // The stories do reach amendments of tenders that somebody has bid for: about sixteen bids a run, at times five.
    expect(owners).toBeGreaterThan(0);
  });

  it('a lot never has two awards, and every bidder for an ended lot has exactly one outcome', () => {
    let awards = 0;
    fc.assert(
      fc.property(evaluation, (steps) => {
        const world = newWorld();
        const awarded: string[] = [];
        for (const [minutes, [, decide]] of steps) {
          world.minute += minutes;
          for (const fact of does(world, decide(world))) if (fact.type === 'LotAwarded') awarded.push(fact.lotId);
          expect(new Set(awarded).size).toBe(awarded.length);
          const opening = openingOf(world.tender);
          if (!opening) continue;
          for (const lotId of new Set(opening.results.map((result) => result.lotId))) {
            const bidders = opening.bids.filter(({ prices }) => prices.some((price) => price.lotId === lotId));
            const informed = opening.outcomes.filter((outcome) => outcome.lotId === lotId);
            expect(informed.map(({ organisationId }) => organisationId).sort()).toEqual(
              bidders.map(({ bidder }) => bidder).sort(),
            );
            expect(informed.filter(({ outcome }) => outcome === 'won').length).toBeLessThanOrEqual(1);
          }
        }
        awards += awarded.length;
      }),
      { numRuns: 400 },
    );
    expect(awards).toBeGreaterThan(5);
  });
});
