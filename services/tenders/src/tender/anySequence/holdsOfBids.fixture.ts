import { expect } from 'vitest';
import { sealedAs } from '../scenes.fixture.ts';
import { audienceOf, isShown, openingOf } from '../tender.ts';
import { isAfter } from '../terms.ts';
import type { Step } from './holdsOfSteps.fixture.ts';
import { firms } from './world.fixture.ts';

/** Bids come in time and from those who may see the tender, stay as they were asked for, and nothing is left of those that vanish. */
export const holdsOfBids = ({ before, facts, after, now }: Step) => {
  const isLate = isAfter(now, 'terms' in before ? (before.terms.deadline ?? '') : '');
  for (const fact of facts)
    switch (fact.type) {
      case 'BidSubmitted':
        expect(isLate).toBe(false);
        if (isShown(before)) expect(audienceOf(before)?.map(sealedAs) ?? firms.map(sealedAs)).toContain(fact.bid.bidder);
        break;
      case 'BidWithdrawn':
        expect(isLate).toBe(false);
        expect(JSON.stringify(after)).not.toContain(`"${fact.bidId}"`);
        break;
      case 'TenderAmended':
        if (after.status === 'published' && after.amendments.at(-1)?.changesWhatIsAsked)
          expect(after.bids.filter(({ valid }) => valid)).toEqual([]);
        break;
      case 'BiddingClosed':
        expect(before.status).toBe('published');
        expect(isLate).toBe(true);
        break;
      case 'BidsOpened':
        expect(isLate).toBe(true);
        expect('questions' in before ? before.questions.filter(({ answeredAt }) => answeredAt === undefined) : []).toEqual([]);
        expect('bids' in before ? before.bids.filter(({ valid }) => valid).length : 0).toBe(openingOf(after)?.bids.length);
        break;
      case 'TenderCancelled':
        if (!openingOf(after)) expect(JSON.stringify(after)).not.toMatch(/bid-|content-/);
        break;
      default:
        break;
    }
};
