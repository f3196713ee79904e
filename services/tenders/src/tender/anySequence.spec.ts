import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsOfAwards } from './anySequence/holdsOfAwards.fixture.ts';
import { holdsOfBids } from './anySequence/holdsOfBids.fixture.ts';
import { holdsOfEvaluators } from './anySequence/holdsOfEvaluators.fixture.ts';
import { type Declared, holdsOfJudges } from './anySequence/holdsOfJudges.fixture.ts';
import { holdsOfOpening } from './anySequence/holdsOfOpening.fixture.ts';
import { holdsOfSteps } from './anySequence/holdsOfSteps.fixture.ts';
import { evaluation, story } from './anySequence/stories.fixture.ts';
import { asked, at, type Command, type World } from './anySequence/world.fixture.ts';
import { evolve } from './evolve.ts';
import { isRefusal } from './refusals.ts';
import { drafted, tenderAfter } from './scenes.fixture.ts';
import type { TenderFact } from './tender.ts';

/** Tells stories and checks every step of them; answers with how often each kind of fact came about, and in which status. */
const tell = (parameters: fc.Parameters<[[number, Command][]]>, stories = story): Record<string, number> => {
  const reached: Record<string, number> = {};
  fc.assert(
    fc.property(stories, (steps) => {
      const world: World = {
        tender: tenderAfter({ ...drafted, terms: asked } as TenderFact),
        minute: 0,
        contents: new Map(),
        submissions: 0,
      };
      const declared: Declared = new Set();
      for (const [minutes, command] of steps) {
        world.minute += minutes;
        world.judge = undefined;
        const before = world.tender;
        const facts = command(world);
        if (isRefusal(facts) || facts.length === 0) continue;
        for (const { type } of facts) reached[type] = (reached[type] ?? 0) + 1;
        const after = facts.reduce(evolve, before);
        world.tender = after;
        if (after.status !== before.status) reached[after.status] = (reached[after.status] ?? 0) + 1;
        const step = { before, facts, after, now: at(world) };
        for (const holds of [holdsOfSteps, holdsOfBids, holdsOfAwards, holdsOfEvaluators]) holds(step);
        holdsOfJudges(world, step, declared);
        for (const fact of facts) if (fact.type === 'ConflictDeclared') declared.add(`${fact.userId} ${fact.bidId}`);
        holdsOfOpening(after);
      }
    }),
    parameters,
  );
  return reached;
};

describe('no sequence of commands by anybody', { timeout: 300_000 }, () => {
  it('breaks what a tender promises', () => {
    tell({ numRuns: 500 });
  });

  it('brings scores back that did not count when the scoring ended', () => {
    const reached = tell({ numRuns: 500 }, evaluation);
    for (const type of ['ScoringEnded', 'BidDisqualified']) expect(reached[type] ?? 0, type).toBeGreaterThan(5);
  });

  // Of a seed of its own: what other seeds reach is chance, and a rare fact would fail some run of many.
  it('is told in vain: the stories do reach what this is about', () => {
    const reached = tell({ numRuns: 1_000, seed: 20_261_126 });
    for (const type of [
      'TenderPublished',
      'DraftEdited',
      'FirmsAdmitted',
      'TenderFollowed',
      'TenderUnfollowed',
      'BidWithdrawn',
      'TenderAmended',
      'BiddingClosed',
      // By the clock alone, before anybody opens.
      'closed',
      'QuestionAsked',
      'QuestionAnswered',
      'OpinionsGiven',
      'ConflictDeclared',
      'ScoringEnded',
      'LotAwarded',
      'AwardLapsed',
      'ContractSigned',
      'MilestoneDocumentAdded',
      'ContractCompleted',
      'ClarificationAnswered',
    ])
      expect(reached[type] ?? 0, type).toBeGreaterThan(5);
  });
});
