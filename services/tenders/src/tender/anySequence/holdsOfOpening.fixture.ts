import { expect } from 'vitest';
import { isAward } from '../awards.ts';
import { judgedBids } from '../evaluation.ts';
import { priceFor, rank } from '../rank.ts';
import { openingOf, type Tender } from '../tender.ts';
import { rivalsIn } from './world.fixture.ts';

/** What must hold of a tender whose bids are open. */
export const holdsOfOpening = (tender: Tender) => {
  const open = openingOf(tender);
  if (!open || tender.status === 'absent' || !('evaluators' in tender || 'bids' in tender || 'opening' in tender)) return;
  const evaluators = 'evaluators' in tender ? (tender.evaluators ?? []) : [];
  const judged = judgedBids({ ...open, terms: tender.terms, evaluators });
  for (const { opinions, conflicts: declared } of evaluators)
    for (const bid of open.bids.filter(({ bidId }) => opinions.some((opinion) => opinion.bidId === bidId)))
      expect(rivalsIn(tender, bid).filter(({ bidId }) => declared.some((one) => one.bidId === bidId))).toEqual([]);
  if (evaluators.length > 0 && !open.scoringEnded) expect(judged.flatMap((bid) => bid.scores)).toEqual([]);
  const seen = new Set(open.results.map(({ lotId }) => lotId));
  expect(seen.size).toBe(open.results.length);

  for (const { id: lotId } of tender.terms.lots) {
    const ranking = rank(tender.terms, judged, lotId);
    expect(rank(tender.terms, judged, lotId)).toEqual(ranking);
    expect(ranking.map((ranked) => ranked.rank)).toEqual(ranking.map((_, n) => n + 1));
    for (const [n, ranked] of ranking.entries()) expect(ranked.points).toBeLessThanOrEqual(ranking[n - 1]?.points ?? 100);

    const result = open.results.find((one) => one.lotId === lotId);
    const outcomes = open.outcomes.filter((outcome) => outcome.lotId === lotId);
    const bidders = open.bids.filter((bid) => priceFor(bid, lotId)).map(({ bidder }) => bidder);
    // A lot that was open when the tender was cancelled has no result, and its bidders know of its end.
    if (!result && tender.status !== 'cancelled') expect(outcomes).toEqual([]);
    else expect(outcomes.map(({ organisationId }) => organisationId).toSorted()).toEqual(bidders.toSorted());
    expect(outcomes.filter(({ outcome }) => outcome === 'won').map(({ bidId }) => bidId)).toEqual(
      isAward(result) ? [result.bidId] : [],
    );
    if (!isAward(result)) continue;
    const winner = open.bids.find(({ bidId }) => bidId === result.bidId);
    expect(winner).toMatchObject({ bidder: result.winner });
    expect(winner).not.toHaveProperty('disqualifiedBecause');
    const out = (open.lapses ?? []).filter((lapse) => lapse.lotId === lotId).map(({ bidId }) => bidId);
    expect(out).not.toContain(result.bidId);
    // Nobody above the winner, as they were told, was passed over but those whose award came to nothing, and who is out by now.
    const placeOf = (bidId: string) => outcomes.find((outcome) => outcome.bidId === bidId)?.rank;
    const own = placeOf(result.bidId);
    if (own === undefined) throw new Error('who wins was told its place');
    for (const { bidId, disqualifiedBecause } of open.bids)
      if ((placeOf(bidId) ?? own) < own) expect(disqualifiedBecause !== undefined || out.includes(bidId)).toBe(true);
    const { contract } = result;
    if (contract?.completedAt !== undefined)
      for (const { signedOff } of contract.milestones) expect(Object.keys(signedOff).toSorted()).toEqual(['buyer', 'supplier']);
    else if (contract?.signedAt === undefined)
      for (const { signedOff } of contract?.milestones ?? []) expect(signedOff).toEqual({});
  }
};
