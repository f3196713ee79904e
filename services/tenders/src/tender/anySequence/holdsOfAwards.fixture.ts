import { expect } from 'vitest';
import { isAward, standstillEnd } from '../awards.ts';
import { judgedBids } from '../evaluation.ts';
import { openingOf, type Tender } from '../tender.ts';
import { isAfter } from '../terms.ts';
import type { Step } from './holdsOfSteps.fixture.ts';

/** Awards and contracts follow each other as they were told, and what was scored stays. */
export const holdsOfAwards = ({ before, facts, after, now }: Step) => {
  const open = openingOf(before);
  // What the evaluators were told the bids got is what they go on having.
  if (open?.scoringEnded) expect(scoresIn(after)).toEqual(scoresIn(before));
  const awardOf = (lotId: string) => {
    const result = open?.results.find((one) => one.lotId === lotId);
    return isAward(result) ? result : undefined;
  };
  for (const fact of facts)
    switch (fact.type) {
      case 'AwardLapsed':
        expect(awardOf(fact.lotId)?.contract?.signedAt).toBeUndefined();
        break;
      case 'BidderInformed': {
        if (fact.outcome !== 'won') break;
        // The place that wins is the first, or the one that was told before.
        const told = open?.outcomes.find(({ lotId, bidId }) => lotId === fact.lotId && bidId === fact.bidId);
        const { rank: place, points } = told ?? { rank: 1, points: fact.points };
        expect([fact.rank, fact.points]).toEqual([place, points]);
        break;
      }
      case 'ContractOffered': {
        const award = awardOf(fact.lotId);
        if (!award || !('terms' in before)) throw new Error('a contract follows an award');
        expect(isAfter(standstillEnd(before, award), now)).toBe(false);
        break;
      }
      case 'MilestoneDocumentAdded': {
        const contract = awardOf(fact.lotId)?.contract;
        expect(contract?.signedAt).toBeDefined();
        expect(contract?.completedAt).toBeUndefined();
        break;
      }
      default:
        break;
    }
};

const scoresIn = (tender: Tender) => {
  const open = openingOf(tender);
  if (!open || !('terms' in tender) || !('evaluators' in tender)) return undefined;
  return judgedBids({ ...open, terms: tender.terms, evaluators: tender.evaluators ?? [] }).map(({ bidId, scores }) => [
    bidId,
    scores,
  ]);
};
