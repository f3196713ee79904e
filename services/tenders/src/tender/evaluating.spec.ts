import { given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { appointEvaluators } from './appointEvaluators.ts';
import { awardLot } from './awardLot.ts';
import { closeScoring } from './closeScoring.ts';
import { declareConflict } from './declareConflict.ts';
import { disqualifyBid } from './disqualifyBid.ts';
import { hasFinished, judgedBids } from './evaluation.ts';
import { rank } from './rank.ts';
import {
  appointed,
  asBuyer,
  asEvaluator,
  asFirm,
  closed as biddingClosed,
  everyState,
  later,
  lotAwarded,
  openedTender,
  opinionsOf,
  publishedTender,
  scoresOf,
} from './scenes.fixture.ts';
import { scoreBids } from './scoreBids.ts';
import type { Opened, Tender, TenderFact } from './tender.ts';

const { absent, draft, published, closed, opened, awarded, unsuccessful, cancelled, dropped } = everyState;
const endedBy = (...counted: readonly string[]): Extract<TenderFact, { type: 'ScoringEnded' }> => ({
  type: 'ScoringEnded',
  at: later,
  counted,
});
/** As an earlier version wrote it. */
const ended: TenderFact = { type: 'ScoringEnded', at: later };
const conflict = (userId: string, bidder: string): TenderFact => ({
  type: 'ConflictDeclared',
  userId,
  bidId: `bid-${bidder}`,
  reason: 'My sister works there.',
});
const scoring = (user: string, scores: Readonly<Record<string, number>>, memberOf: readonly string[] = []) => ({
  by: asEvaluator(user),
  memberOf,
  scores: Object.entries(scores).map(([bidder, score]) => ({ bidId: `bid-${bidder}`, criterionId: 'approach', score })),
  at: later,
});
/** Points for building by bidder. */
const points = (tender: Tender) => {
  const { terms } = tender as Opened;
  return Object.fromEntries(
    rank(terms, judgedBids(tender as Opened), 'build').map((ranked) => [ranked.bid.bidder, ranked.points]),
  );
};

describe('an evaluator', () => {
  it('has finished with a score for every quality criterion of every bid, not with some', () => {
    const terms = { criteria: ['approach', 'team'].map((id) => ({ id, name: id, weight: 50, kind: 'quality' as const })) };
    const opinion = (criterionId: string) => ({ bidId: 'bid-alpha', criterionId, score: 50 });
    const finishedWith = (...criteria: readonly string[]) => {
      const evaluator = { userId: 'ann', opinions: criteria.map(opinion), conflicts: [] };
      const bids = (opened as Opened).bids.filter(({ bidId }) => bidId === 'bid-alpha');
      return hasFinished({ terms, bids, results: [], evaluators: [evaluator] }, evaluator);
    };
    expect(finishedWith('approach')).toBe(false);
    expect(finishedWith('approach', 'team')).toBe(true);
  });
});

describe('a score given anew', () => {
  const given = [
    { bidId: 'bid-alpha', criterionId: 'approach', score: 50 },
    { bidId: 'bid-alpha', criterionId: 'team', score: 60 },
    { bidId: 'bid-alpha', criterionId: 'approach', score: 70 },
  ];
  it('takes the place of the one for the same criterion, and of no other: of the buyer', () => {
    const tender = openedTender(...given.map((one): TenderFact => ({ type: 'BidsScored', scores: [one] })));
    expect((tender as Opened).bids[0]?.scores).toEqual([
      { criterionId: 'team', score: 60 },
      { criterionId: 'approach', score: 70 },
    ]);
  });
  it('comes together with others, each in its own place', () => {
    const both = (approach: number, team: number): TenderFact => ({
      type: 'BidsScored',
      scores: [
        { bidId: 'bid-alpha', criterionId: 'approach', score: approach },
        { bidId: 'bid-alpha', criterionId: 'team', score: team },
      ],
    });
    expect((openedTender(both(1, 2), both(3, 4)) as Opened).bids[0]?.scores).toEqual([
      { criterionId: 'approach', score: 3 },
      { criterionId: 'team', score: 4 },
    ]);
  });
  it('takes the place of the one for the same criterion, and of no other: of an evaluator', () => {
    const opinions = given.map((one): TenderFact => ({ type: 'OpinionsGiven', userId: 'ann', opinions: [one] }));
    const tender = openedTender(appointed('ann'), ...opinions);
    expect((tender as Opened).evaluators?.[0]?.opinions).toEqual([given[1], given[2]]);
  });
});

describe('appointing evaluators', () => {
  const appoint = { by: asBuyer, evaluators: ['ann', 'ben'], members: ['ann', 'ben', 'cid'], at: later };

  it('is possible from publication until they have scored', () => {
    for (const tender of [published, closed, opened])
      given(tender).when(appointEvaluators, appoint).then(appointed('ann', 'ben'));
    given(openedTender(appointed('ben', 'ann')))
      .when(appointEvaluators, appoint)
      .thenNothing();
  });
  it('puts one in the place of another', () =>
    given(openedTender(appointed('ann', 'ben')))
      .when(appointEvaluators, { ...appoint, evaluators: ['ann', 'cid'] })
      .then(appointed('ann', 'cid')));
  it('ends no scoring that has not begun', () => {
    for (const tender of [publishedTender(), publishedTender(biddingClosed)])
      given(tender).when(appointEvaluators, appoint).then(appointed('ann', 'ben'));
  });
  it('takes members of the buyer only, each once', () => {
    given(opened)
      .when(appointEvaluators, { ...appoint, evaluators: ['dan'] })
      .thenRefused('not-a-member');
    given(opened)
      .when(appointEvaluators, { ...appoint, evaluators: ['ann', 'ann'] })
      .thenRefused('given-twice');
  });
  it('keeps those who have scored, with what they gave', () => {
    const tender = openedTender(appointed('ann', 'ben'), opinionsOf('ann', { alpha: 70 }));
    given(tender)
      .when(appointEvaluators, { ...appoint, evaluators: ['ben'] })
      .thenRefused('evaluator-has-scored');
    expect(openedTender(appointed('ann'), opinionsOf('ann', { alpha: 70 }), appointed('ann', 'cid'))).toMatchObject({
      evaluators: [
        { userId: 'ann', opinions: [{ score: 70 }] },
        { userId: 'cid', opinions: [] },
      ],
    });
  });
  it('keeps, or takes off, one who has left the buyer since, and takes nobody else who is no member', () => {
    const left = openedTender(appointed('dan', 'eve'), opinionsOf('dan', { alpha: 70 }));
    given(left)
      .when(appointEvaluators, { ...appoint, evaluators: ['dan', 'cid'] })
      .then(appointed('dan', 'cid'));
    given(openedTender(appointed('dan'), appointed('cid')))
      .when(appointEvaluators, { ...appoint, evaluators: ['cid', 'dan'] })
      .thenRefused('not-a-member');
  });
  it('ends the scoring when the last one who was waited for is taken off', () =>
    given(openedTender(appointed('ann', 'ben'), opinionsOf('ann', { alpha: 70, beta: 60 })))
      .when(appointEvaluators, { ...appoint, evaluators: ['ann'] })
      .then(appointed('ann'), endedBy('ann')));
  it('is too late once scores are seen or a lot is awarded', () => {
    given(openedTender(appointed('ann'), ended))
      .when(appointEvaluators, appoint)
      .thenRefused('scoring-is-over');
    given(openedTender(lotAwarded('run', 'alpha')))
      .when(appointEvaluators, appoint)
      .thenRefused('scores-are-final');
  });
  it('is the buyer’s alone, and answers in every other state', () => {
    given(absent).when(appointEvaluators, appoint).thenRefused('no-such-tender');
    given(opened)
      .when(appointEvaluators, { ...appoint, by: asFirm('alpha') })
      .thenRefused('only-the-buyer');
    given(draft).when(appointEvaluators, appoint).thenRefused('not-published');
    for (const tender of [awarded, unsuccessful, cancelled, dropped])
      given(tender).when(appointEvaluators, appoint).thenRefused('procedure-is-over');
  });
});

describe('scoring by several evaluators', () => {
  const two = openedTender(appointed('ann', 'ben'));

  it('notes each one’s scores by themselves, and ends with the last one’s last score', () => {
    given(two)
      .when(scoreBids, scoring('ann', { alpha: 70, beta: 60 }))
      .then(opinionsOf('ann', { alpha: 70, beta: 60 }));
    given(openedTender(appointed('ann', 'ben'), opinionsOf('ann', { alpha: 70, beta: 60 }), opinionsOf('ben', { alpha: 90 })))
      .when(scoreBids, scoring('ben', { beta: 50 }))
      .then(opinionsOf('ben', { beta: 50 }), endedBy('ann', 'ben'));
  });
  it('may be changed until then, and not after', () => {
    const one = openedTender(appointed('ann', 'ben'), opinionsOf('ann', { alpha: 70 }));
    given(one)
      .when(scoreBids, scoring('ann', { alpha: 71 }))
      .then(opinionsOf('ann', { alpha: 71 }));
    given(one)
      .when(scoreBids, scoring('ann', { alpha: 70 }))
      .thenNothing();
    const over = openedTender(appointed('ann'), opinionsOf('ann', { alpha: 70, beta: 60 }), ended);
    given(over)
      .when(scoreBids, scoring('ann', { alpha: 71 }))
      .thenRefused('scoring-is-over');
    given(over)
      .when(scoreBids, scoring('ann', { alpha: 70 }))
      .thenNothing();
  });
  it('keeps a comment with its score', () => {
    const scores = [{ bidId: 'bid-alpha', criterionId: 'approach', score: 70, comment: 'Sound.' }];
    given(two)
      .when(scoreBids, { by: asEvaluator('ann'), scores, at: later })
      .then({ type: 'OpinionsGiven', userId: 'ann', opinions: scores });
  });
  it('is for the appointed ones: not for other members, nor for the buyer as one', () => {
    given(two)
      .when(scoreBids, scoring('cid', { alpha: 70 }))
      .thenRefused('not-an-evaluator');
    given(two)
      .when(scoreBids, { ...scoring('ann', { alpha: 70 }), by: asBuyer })
      .thenRefused('not-an-evaluator');
    given(two)
      .when(scoreBids, scoring('ann', { gamma: 70 }))
      .thenRefused('no-such-bid');
  });
  it('shows nobody a ranking by scores before it has ended', () => {
    const half = openedTender(
      scoresOf({ alpha: 1, beta: 99 }),
      appointed('ann', 'ben'),
      opinionsOf('ann', { alpha: 90, beta: 10 }),
    );
    expect(points(half)).toEqual(points(openedTender()));
  });
  it('rounds a mean of exactly half up', () => {
    const two = [opinionsOf('ann', { alpha: 10, beta: 10 }), opinionsOf('ben', { alpha: 10.0001, beta: 10 })];
    const tender = openedTender(appointed('ann', 'ben'), ...two, ended);
    expect(judgedBids(tender as Opened)[0]?.scores).toEqual([{ criterionId: 'approach', score: 10.0001 }]);
  });
  it('ranks by the mean, rounded to four decimals', () => {
    const tender = openedTender(
      appointed('ann', 'ben', 'cid'),
      opinionsOf('ann', { alpha: 90, beta: 10 }),
      opinionsOf('ben', { alpha: 80, beta: 10 }),
      opinionsOf('cid', { alpha: 80, beta: 10.0001 }),
      ended,
    );
    expect(judgedBids(tender as Opened).map(({ scores }) => scores)).toEqual([
      [{ criterionId: 'approach', score: 83.3333 }],
      [{ criterionId: 'approach', score: 10 }],
    ]);
    // By price alpha has 32 of 40 points and beta all of them.
    expect(points(tender)).toEqual({ alpha: 82, beta: 46 });
  });
});

describe('a conflict of interest', () => {
  const declare = { by: asEvaluator('ann'), bidId: 'bid-beta', reason: 'My sister works there.', at: later };

  it('is declared by an evaluator, once; what it gave the bid is gone', () => {
    const tender = openedTender(appointed('ann', 'ben'), opinionsOf('ann', { beta: 100 }));
    given(tender).when(declareConflict, declare).then(conflict('ann', 'beta'));
    const after = openedTender(appointed('ann', 'ben'), opinionsOf('ann', { beta: 100 }), conflict('ann', 'beta'));
    given(after).when(declareConflict, declare).thenNothing();
    expect(after).toMatchObject({ evaluators: [{ userId: 'ann', opinions: [] }, { userId: 'ben' }] });
  });
  it('keeps the evaluator from scoring that bid and its rivals; what it gave these is gone as well', () => {
    const tender = openedTender(appointed('ann', 'ben'), conflict('ann', 'beta'));
    for (const bidder of ['alpha', 'beta'])
      given(tender)
        .when(scoreBids, scoring('ann', { [bidder]: 70 }))
        .thenRefused('conflict-of-interest');
    const runOver: TenderFact = { type: 'LotDeclaredUnsuccessful', lotId: 'run', reason: 'So.', at: later };
    const buildOver: TenderFact = { ...runOver, lotId: 'build' };
    const told = [appointed('ann', 'ben'), opinionsOf('ann', { alpha: 90 }), conflict('ann', 'beta')];
    expect(openedTender(...told)).toMatchObject({ evaluators: [{ userId: 'ann', opinions: [] }, {}] });
    // Where they are no rivals any more each is judged by itself.
    const [first, second, third] = told as [TenderFact, TenderFact, TenderFact];
    expect(openedTender(first, second, buildOver, third)).toMatchObject({ evaluators: [{ opinions: [{ score: 90 }] }, {}] });
  });
  it('is there without a word for a bid of a firm the evaluator belongs to', () =>
    given(openedTender(appointed('ann', 'ben')))
      .when(scoreBids, scoring('ann', { beta: 100 }, ['buyer', 'beta']))
      .thenRefused('conflict-of-interest'));
  it('does not keep the scoring from ending', () => {
    const ben = opinionsOf('ben', { alpha: 50, beta: 50 });
    given(openedTender(appointed('ann', 'ben'), conflict('ann', 'beta')))
      .when(scoreBids, scoring('ben', { alpha: 50, beta: 50 }))
      .then(ben, endedBy('ann', 'ben'));
    given(openedTender(appointed('ann', 'ben'), ben, opinionsOf('ann', { alpha: 70 })))
      .when(declareConflict, declare)
      .then(conflict('ann', 'beta'), endedBy('ann', 'ben'));
  });
  it('leaves the mean to the others, and counts what an earlier version took for the rivals', () =>
    expect(
      points(
        openedTender(
          appointed('ann', 'ben'),
          conflict('ann', 'beta'),
          opinionsOf('ann', { alpha: 70 }),
          opinionsOf('ben', { alpha: 50, beta: 50 }),
          ended,
        ),
      ),
    ).toEqual({ alpha: 32 + 36, beta: 40 + 30 }));
  it('of all evaluators with one bid keeps the scoring open until another is appointed', () =>
    expect(
      given(openedTender(appointed('ann'), opinionsOf('ann', { alpha: 70, beta: 10 }))).when(declareConflict, declare).decision,
    ).toEqual([conflict('ann', 'beta')]));
  it('is any member of the buyer’s to declare, once, also where the buyer scores as one and when the scoring is over', () => {
    const byCid = { ...declare, by: asEvaluator('cid') };
    for (const before of [[], [appointed('ann')], [appointed('ann'), ended]]) {
      given(openedTender(...before))
        .when(declareConflict, byCid)
        .then(conflict('cid', 'beta'));
      given(openedTender(...before, conflict('cid', 'beta')))
        .when(declareConflict, byCid)
        .thenNothing();
    }
    expect(openedTender(conflict('cid', 'alpha'), conflict('ben', 'beta'), conflict('cid', 'beta'))).toMatchObject({
      dismissed: [{ userId: 'ben' }, { userId: 'cid', conflicts: [{ bidId: 'bid-alpha' }, { bidId: 'bid-beta' }] }],
    });
  });
  it('is of an opened bid, and an evaluator’s before scores are seen', () => {
    const tender = openedTender(appointed('ann'));
    given(tender)
      .when(declareConflict, { ...declare, by: asBuyer })
      .thenRefused('not-an-evaluator');
    given(tender)
      .when(declareConflict, { ...declare, bidId: 'x' })
      .thenRefused('no-such-bid');
    given(openedTender(appointed('ann'), ended))
      .when(declareConflict, declare)
      .thenRefused('scoring-is-over');
    given(tender)
      .when(declareConflict, { ...declare, by: asFirm('beta') })
      .thenRefused('only-the-buyer');
  });
});

describe('a disqualification while evaluators score', () => {
  it('ends the scoring when only that bid was waited for', () =>
    expect(
      given(openedTender(appointed('ann'), opinionsOf('ann', { alpha: 70 }))).when(disqualifyBid, {
        by: asBuyer,
        bidId: 'bid-beta',
        code: 'false-statement',
        reason: 'The certificate is forged.',
        at: later,
      }).decision,
    ).toMatchObject([{ type: 'BidDisqualified', code: 'false-statement' }, ended]));
});

describe('closing the scoring', () => {
  const close = { by: asBuyer, reason: 'Ben is on leave.', at: later };
  const annOnly = openedTender(
    appointed('ann', 'ben'),
    opinionsOf('ann', { alpha: 70, beta: 60 }),
    opinionsOf('ben', { beta: 100 }),
  );

  it('does not wait for all, with a reason; who has not finished does not count', () => {
    given(annOnly)
      .when(closeScoring, close)
      .then({ ...endedBy('ann'), reason: 'Ben is on leave.' });
    const after = openedTender(
      appointed('ann', 'ben'),
      opinionsOf('ann', { alpha: 70, beta: 60 }),
      opinionsOf('ben', { beta: 100 }),
      { ...ended, reason: 'Ben is on leave.' } as TenderFact,
    );
    expect(points(after)).toEqual({ alpha: 32 + 42, beta: 40 + 36 });
    given(after).when(closeScoring, close).thenNothing();
  });
  it('keeps what did not count from counting ever, also when the bid that was left to score is out', () => {
    const half = [appointed('ann', 'ben'), opinionsOf('ann', { alpha: 90, beta: 50 }), opinionsOf('ben', { alpha: 0 })];
    const betaIsOut: TenderFact = { type: 'BidDisqualified', bidId: 'bid-beta', code: 'other', reason: 'So.', at: later };
    const closing = given(openedTender(...half)).when(closeScoring, close).decision as TenderFact[];
    const after = openedTender(...half, ...closing, betaIsOut);
    expect(judgedBids(after as Opened)[0]?.scores).toEqual([{ criterionId: 'approach', score: 90 }]);
    // Who was out before counts, as who has given all that was asked of it.
    const finished = given(openedTender(...half, betaIsOut)).when(closeScoring, close).decision;
    expect(finished).toEqual([{ ...endedBy('ann', 'ben'), reason: 'Ben is on leave.' }]);
  });
  it('needs a finished evaluator for each bid', () => {
    given(openedTender(appointed('ann', 'ben'), opinionsOf('ann', { alpha: 70 })))
      .when(closeScoring, close)
      .thenRefused('bids-not-scored');
    given(openedTender(appointed('ann', 'ben'), opinionsOf('ann', { alpha: 70 }), conflict('ann', 'beta')))
      .when(closeScoring, close)
      .thenRefused('bids-not-scored');
  });
  it('needs evaluators, and is the buyer’s alone', () => {
    given(opened).when(closeScoring, close).thenRefused('no-evaluators');
    given(annOnly)
      .when(closeScoring, { ...close, by: asFirm('alpha') })
      .thenRefused('only-the-buyer');
  });
});

describe('awarding what evaluators have scored', () => {
  const award = { by: asBuyer, lotId: 'build', bidId: 'bid-beta', at: later };
  const all = [appointed('ann', 'ben'), opinionsOf('ann', { alpha: 60, beta: 70 }), opinionsOf('ben', { alpha: 60, beta: 70 })];

  it('waits for the end of the scoring', () =>
    given(openedTender(...all))
      .when(awardLot, award)
      .thenRefused('scoring-not-over'));
  it('goes by the mean, not by what the buyer may have given before', () =>
    expect(given(openedTender(scoresOf({ alpha: 100, beta: 0 }), ...all, ended)).when(awardLot, award).decision).toMatchObject([
      { type: 'LotAwarded', bidId: 'bid-beta' },
      { outcome: 'won', points: 82, shares: [{}, { criterionId: 'approach', score: 70, points: 42 }] },
      { outcome: 'lost', points: 68 },
    ]));
  it('may bring the last evaluator’s scores along', () =>
    expect(
      given(openedTender(appointed('ann'))).when(awardLot, { ...award, ...scoring('ann', { alpha: 60, beta: 70 }) }).decision,
    ).toMatchObject([{ type: 'OpinionsGiven' }, ended, { type: 'LotAwarded' }, {}, {}]));
});

describe('before the bids are opened', () => {
  it('an appointment says nothing of them', () =>
    expect(JSON.stringify(publishedTender(appointed('ann')))).not.toMatch(/bid-|alpha/));
});
