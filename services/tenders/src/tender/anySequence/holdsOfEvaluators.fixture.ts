import { expect } from 'vitest';
import { appointEvaluators } from '../appointEvaluators.ts';
import { closeScoring } from '../closeScoring.ts';
import { evolve } from '../evolve.ts';
import { isRefusal } from '../refusals.ts';
import { scoreBids } from '../scoreBids.ts';
import type { Decision, Tender } from '../tender.ts';
import type { Step } from './holdsOfSteps.fixture.ts';
import { as } from './world.fixture.ts';

/** Whoever of the evaluators has left the buyer, scored or not: a new member can be appointed beside them, and bring the scoring to its end. */
export const holdsOfEvaluators = ({ facts, after: tender, now: at }: Step) => {
  if (!facts.some(({ type }) => type === 'EvaluatorsAppointed' || type === 'ConflictDeclared')) return;
  if (tender.status !== 'opened' || !tender.evaluators?.length || tender.scoringEnded) return;
  if (tender.results.some(({ kind }) => kind === 'awarded')) return;
  const then = (before: Tender, decision: Decision): Tender => {
    if (isRefusal(decision)) throw new Error(`nobody can end the scoring: ${decision.refused}`);
    return decision.reduce(evolve, before);
  };
  const evaluators = [...tender.evaluators.map(({ userId }) => userId), 'dan'];
  const appointed = then(tender, appointEvaluators(tender, { by: as('buyer'), evaluators, members: ['dan'], at }));
  const scores = tender.bids
    .filter(({ disqualifiedBecause }) => disqualifiedBecause === undefined)
    .map(({ bidId }) => ({ bidId, criterionId: 'approach', score: 50 }));
  const scored = then(appointed, scoreBids(appointed, { by: as('buyer', 'dan'), memberOf: ['buyer'], scores, at }));
  const closed = then(scored, closeScoring(scored, { by: as('buyer'), reason: 'So.', at }));
  expect(closed).toHaveProperty('scoringEnded');
};
