import { biasAbout, type Judge } from './conflicts.ts';
import { endOfScoring } from './evaluation.ts';
import type { Opinion } from './evaluator.ts';
import { evolve } from './evolve.ts';
import { unlessBuyer } from './parties.ts';
import { priceFor } from './rank.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Decision, Opened, OpenedBid, Score, Tender, TenderFact } from './tender.ts';
import { hasTwice } from './terms.ts';

export type BidScore = { readonly bidId: string } & Score;
export type ScoreBids = Judge & {
  readonly scores: readonly BidScore[];
  readonly at: string;
};

/**
 * Notes scores by bid and quality criterion: where evaluators are appointed those of the one who scores, else the buyer's as one. Those
 * a lot was awarded by are final, and so are those that other evaluators have seen.
 */
export const scoreBids = (tender: Tender, command: ScoreBids): Decision => {
  const refusal = unlessBuyer(tender, command.by);
  if (refusal) return refusal;
  switch (tender.status) {
    case 'opened': {
      const fault = faultIn(tender, command.scores);
      if (fault) return fault;
      return tender.evaluators?.length ? opinions(tender, command) : scores(tender, command);
    }
    case 'draft':
    case 'published':
    case 'closed':
      return refuse('bids-not-opened');
    default:
      return refuse('procedure-is-over');
  }
};

const scores = (tender: Opened, command: ScoreBids): Decision => {
  const fresh = command.scores.filter(({ bidId, ...score }) => !has(bidWith(tender, bidId)?.scores, score));
  if (fresh.some(({ bidId }) => tookPartInAnAward(tender, bidWith(tender, bidId)))) return refuse('scores-are-final');
  const conflict = conflictIn(tender, command, fresh);
  if (conflict)
    return refuse(
      'conflict-of-interest',
      `Another member of your organisation scores the bid ${conflict.bidId} and those for the same lots.`,
    );
  return fresh.length > 0 ? [{ type: 'BidsScored', scores: fresh }] : [];
};

const opinions = (tender: Opened, command: ScoreBids): Decision => {
  const { by, scores: given, at } = command;
  const evaluator = tender.evaluators?.find(({ userId }) => userId === by.user);
  if (!evaluator) return refuse('not-an-evaluator');
  const fresh: Opinion[] = given.filter(
    ({ bidId, ...score }) =>
      !has(
        evaluator.opinions.filter((opinion) => opinion.bidId === bidId),
        score,
      ),
  );
  if (fresh.length === 0) return [];
  if (tender.scoringEnded) return refuse('scoring-is-over');
  const conflict = conflictIn(tender, command, fresh);
  if (conflict)
    return refuse(
      'conflict-of-interest',
      `Others score the bid ${conflict.bidId} and those for the same lots. Declare your conflict with it, so that nobody waits for you.`,
    );
  const noted: TenderFact = { type: 'OpinionsGiven', userId: evaluator.userId, opinions: fresh };
  return [noted, ...endOfScoring(evolve(tender, noted), at)];
};

const conflictIn = (tender: Opened, judge: Judge, given: readonly { readonly bidId: string }[]): OpenedBid | undefined =>
  tender.bids
    .filter((bid) => given.some(({ bidId }) => bidId === bid.bidId))
    .map((bid) => biasAbout(tender, judge, bid))
    .find((bid) => bid !== undefined);

const faultIn = (tender: Opened, given: readonly BidScore[]): Refused | undefined => {
  if (hasTwice(given.map(({ bidId, criterionId }) => `${bidId} ${criterionId}`))) return refuse('given-twice');
  for (const { bidId, criterionId } of given) {
    const bid = bidWith(tender, bidId);
    if (!bid) return refuse('no-such-bid');
    if (!tender.terms.criteria.some(({ id, kind }) => id === criterionId && kind === 'quality'))
      return refuse('no-such-criterion');
    if (bid.disqualifiedBecause !== undefined) return refuse('bid-is-disqualified');
  }
  return undefined;
};

const bidWith = ({ bids }: Opened, id: string): OpenedBid | undefined => bids.find(({ bidId }) => bidId === id);

const has = (scored: readonly Score[] = [], { criterionId, score, comment }: Score): boolean =>
  scored.some((given) => given.criterionId === criterionId && given.score === score && given.comment === comment);

const tookPartInAnAward = ({ results }: Opened, bid: OpenedBid | undefined): boolean =>
  bid !== undefined && results.some(({ kind, lotId }) => kind === 'awarded' && priceFor(bid, lotId) !== undefined);
