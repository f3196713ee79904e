import { expect } from 'vitest';
import { isAward } from '../awards.ts';
import { priceFor } from '../rank.ts';
import { type OpenedBid, openingOf } from '../tender.ts';
import type { Step } from './holdsOfSteps.fixture.ts';
import { rivalsIn, type World } from './world.fixture.ts';

/** The conflicts that were ever declared, by who did and for which bid: they stay, whoever is an evaluator now. */
export type Declared = Set<string>;

/** Who decides about bids is free in judging each that stands for the same lots. */
export const holdsOfJudges = ({ judge }: World, { before, facts }: Step, declared: Declared) => {
  const open = openingOf(before);
  if (!judge || !open) return;
  const biased = (standing: readonly OpenedBid[]) =>
    standing.filter(({ bidId, bidder }) => judge.memberOf?.includes(bidder) || declared.has(`${judge.by.user} ${bidId}`));
  const standingFor = (lotId: string) => open.bids.filter((bid) => bid.disqualifiedBecause === undefined && priceFor(bid, lotId));
  for (const fact of facts) {
    if (fact.type === 'LotAwarded' || fact.type === 'AwardLapsed' || fact.type === 'LotDeclaredUnsuccessful')
      expect(biased(standingFor(fact.lotId))).toEqual([]);
    if (fact.type === 'BidDisqualified') {
      const out = open.bids.filter(({ bidId }) => bidId === fact.bidId);
      const lots = out.flatMap(({ prices }) => prices.map(({ lotId }) => lotId));
      // What is awarded may still pass on to another, until its contract is signed.
      const settled = open.results.filter((result) => !isAward(result) || result.contract?.signedAt !== undefined);
      const unsettled = lots.filter((id) => !settled.some(({ lotId }) => lotId === id));
      expect(biased([...out, ...unsettled.flatMap(standingFor)])).toEqual([]);
    }
    const scored = fact.type === 'BidsScored' ? fact.scores : fact.type === 'OpinionsGiven' ? fact.opinions : [];
    const judged = open.bids.filter(({ bidId }) => scored.some((score) => score.bidId === bidId));
    expect(biased(judged.flatMap((bid) => rivalsIn(before, bid)))).toEqual([]);
  }
};
