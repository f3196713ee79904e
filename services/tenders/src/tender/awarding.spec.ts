import { given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { awardLot } from './awardLot.ts';
import { declareUnsuccessful } from './declareUnsuccessful.ts';
import { disqualifyBid } from './disqualifyBid.ts';
import { rank } from './rank.ts';
import {
  asBuyer,
  asFirm,
  criteria,
  euros,
  everyState,
  forBuild,
  later,
  lotAwarded,
  openedBids,
  openedTender,
  scoresOf,
} from './scenes.fixture.ts';
import { scoreBids } from './scoreBids.ts';
import type { OpenedBid, TenderFact } from './tender.ts';

const { absent, draft, published, closed, opened, awarded, unsuccessful, cancelled } = everyState;
const sealed = [draft, published, closed];
const over = [awarded, unsuccessful, cancelled];
const disqualified = (bidder: string): TenderFact => ({
  type: 'BidDisqualified',
  bidId: `bid-${bidder}`,
  code: 'must-have-not-met',
  reason: 'No ISO 27001.',
  at: later,
});

describe('the ranking of a lot', () => {
  const bid = (bidder: string, price: number, score: number | undefined, submittedAt = later): OpenedBid => ({
    bidId: bidder,
    bidder,
    contentId: bidder,
    digest: bidder,
    version: 1,
    submittedAt,
    valid: true,
    prices: forBuild(price),
    scores: score === undefined ? [] : [{ criterionId: 'approach', score }],
  });
  const ranked = (...bids: OpenedBid[]) => rank({ criteria }, bids, 'build').map(({ bid: { bidId }, points }) => [bidId, points]);

  it('sums the weighted shares: the lowest price gets all of its weight, others in proportion', () => {
    const [first, second] = rank({ criteria }, [bid('dear', 1_200, 90), bid('cheap', 800, 50)], 'build');
    expect(first).toMatchObject({
      rank: 1,
      bid: { bidId: 'dear' },
      points: 80.6667,
      shares: [
        { criterionId: 'price', score: 66.6667, points: 26.6667 },
        { criterionId: 'approach', score: 90, points: 54 },
      ],
    });
    expect(second).toMatchObject({ rank: 2, points: 70, unscored: [] });
  });
  it('gives a tie to the earlier bid, and at one instant to the one taken first', () => {
    const early = '2027-01-10T00:00:00.000Z';
    expect(ranked(bid('late', 1_000, 50), bid('early', 1_000, 50, early))).toEqual([
      ['early', 70],
      ['late', 70],
    ]);
    expect(ranked(bid('first', 1_000, 50), bid('second', 1_000, 50))[0]).toEqual(['first', 70]);
  });
  it('counts a missing score as nothing and names it', () =>
    expect(rank({ criteria }, [bid('mute', 1_000, undefined)], 'build')).toMatchObject([{ points: 40, unscored: ['approach'] }]));
  it('does not divide by a price of zero', () =>
    expect(ranked(bid('gift', 0, 0), bid('paid', 10, 0))).toEqual([
      ['gift', 40],
      ['paid', 0],
    ]));
  it('leaves disqualified bids out, their price too', () =>
    expect(ranked({ ...bid('cheap', 1, 100), disqualifiedBecause: 'No.' }, bid('sound', 1_000, 50))).toEqual([['sound', 70]]));
  it('ranks only bids for that lot', () =>
    expect(rank({ criteria }, openedBids(opened), 'run').map(({ rank: place }) => place)).toEqual([1]));
  it('is exact for the largest amounts', () =>
    expect(ranked(bid('twice', 9_000_000_000_002, 0), bid('once', 4_500_000_000_001, 0))).toEqual([
      ['once', 40],
      ['twice', 20],
    ]));
});

describe('scoring bids', () => {
  const score = (bidder: string, points: number, criterionId = 'approach') => ({
    bidId: `bid-${bidder}`,
    criterionId,
    score: points,
  });
  const scoreWith = (...scores: ReturnType<typeof score>[]) => ({ by: asBuyer, scores, at: later });

  it('notes what is new', () =>
    given(openedTender(scoresOf({ alpha: 70 })))
      .when(scoreBids, scoreWith(score('alpha', 70), score('beta', 60)))
      .then({ type: 'BidsScored', scores: [score('beta', 60)] }));
  it('may be changed until an award', () =>
    given(openedTender(scoresOf({ alpha: 70 })))
      .when(scoreBids, scoreWith(score('alpha', 75)))
      .then({ type: 'BidsScored', scores: [score('alpha', 75)] }));
  it('stays quiet when told again', () =>
    given(openedTender(scoresOf({ alpha: 70 })))
      .when(scoreBids, scoreWith(score('alpha', 70)))
      .thenNothing());
  it('is final for bids that took part in an award', () => {
    const tender = openedTender(scoresOf({ alpha: 70 }), lotAwarded('run', 'alpha'));
    given(tender)
      .when(scoreBids, scoreWith(score('alpha', 90)))
      .thenRefused('scores-are-final');
    given(tender)
      .when(scoreBids, scoreWith(score('alpha', 70), score('beta', 5)))
      .then({ type: 'BidsScored', scores: [score('beta', 5)] });
  });
  it('refuses what cannot be scored', () => {
    given(opened)
      .when(scoreBids, scoreWith(score('gamma', 1)))
      .thenRefused('no-such-bid');
    given(opened)
      .when(scoreBids, scoreWith(score('alpha', 1, 'charm')))
      .thenRefused('no-such-criterion');
    given(opened)
      .when(scoreBids, scoreWith(score('alpha', 1, 'price')))
      .thenRefused('no-such-criterion');
    given(opened)
      .when(scoreBids, scoreWith(score('alpha', 1), score('alpha', 2)))
      .thenRefused('given-twice');
    given(openedTender(disqualified('alpha')))
      .when(scoreBids, scoreWith(score('alpha', 1)))
      .thenRefused('bid-is-disqualified');
  });
  it('is the buyer’s alone, after opening, before the end', () => {
    given(absent)
      .when(scoreBids, scoreWith(score('alpha', 1)))
      .thenRefused('no-such-tender');
    given(opened)
      .when(scoreBids, { by: asFirm('alpha'), scores: [score('alpha', 100)], at: later })
      .thenRefused('only-the-buyer');
    for (const tender of sealed)
      given(tender)
        .when(scoreBids, scoreWith(score('alpha', 1)))
        .thenRefused('bids-not-opened');
    for (const tender of over)
      given(tender)
        .when(scoreBids, scoreWith(score('alpha', 1)))
        .thenRefused('procedure-is-over');
  });
});

describe('disqualifying a bid', () => {
  const disqualify = { by: asBuyer, bidId: 'bid-alpha', code: 'must-have-not-met', reason: 'No ISO 27001.', at: later } as const;

  it('takes it out with a reason, once', () => {
    given(opened).when(disqualifyBid, disqualify).then(disqualified('alpha'));
    given(openedTender(disqualified('alpha')))
      .when(disqualifyBid, disqualify)
      .thenNothing();
  });
  it('is kept with its code, its reason and its instant', () => {
    const [alpha, beta] = openedBids(openedTender(disqualified('alpha')));
    expect(alpha).toMatchObject({
      disqualifiedBecause: 'No ISO 27001.',
      disqualificationCode: 'must-have-not-met',
      disqualifiedAt: later,
    });
    expect(beta).not.toHaveProperty('disqualifiedBecause');
    const { code, at, ...old } = disqualified('alpha') as Extract<TenderFact, { readonly type: 'BidDisqualified' }>;
    for (const missing of ['disqualificationCode', 'disqualifiedAt'])
      expect(openedBids(openedTender(old))[0]).not.toHaveProperty(missing);
  });
  it('is too late for a winner', () =>
    given(openedTender(lotAwarded('run', 'alpha')))
      .when(disqualifyBid, disqualify)
      .thenRefused('bid-already-won'));
  it('needs a bid that was opened', () =>
    given(opened)
      .when(disqualifyBid, { ...disqualify, bidId: 'x' })
      .thenRefused('no-such-bid'));
  it('is the buyer’s alone, after opening, before the end', () => {
    given(absent).when(disqualifyBid, disqualify).thenRefused('no-such-tender');
    given(opened)
      .when(disqualifyBid, { ...disqualify, by: asFirm('beta') })
      .thenRefused('only-the-buyer');
    for (const tender of sealed) given(tender).when(disqualifyBid, disqualify).thenRefused('bids-not-opened');
    for (const tender of over) given(tender).when(disqualifyBid, disqualify).thenRefused('procedure-is-over');
  });
});

describe('awarding a lot', () => {
  // Building: alpha 1,000 (32 points) and beta 800 (40 points) by price.
  const scored = openedTender(scoresOf({ alpha: 90, beta: 50 }));
  const award = { by: asBuyer, lotId: 'build', bidId: 'bid-alpha', reason: 'The soundest approach.', at: later };

  it('goes to the first in the ranking, and every bidder gets its outcome and the reason', () =>
    given(scored)
      .when(awardLot, award)
      .then(
        {
          type: 'LotAwarded',
          lotId: 'build',
          bidId: 'bid-alpha',
          winner: 'alpha',
          value: euros(1_000),
          reason: 'The soundest approach.',
          at: later,
        },
        {
          type: 'BidderInformed',
          lotId: 'build',
          bidId: 'bid-alpha',
          organisationId: 'alpha',
          outcome: 'won',
          rank: 1,
          of: 2,
          points: 86,
          shares: [
            { criterionId: 'price', score: 80, points: 32 },
            { criterionId: 'approach', score: 90, points: 54 },
          ],
          reason: 'The soundest approach.',
          at: later,
        },
        {
          type: 'BidderInformed',
          lotId: 'build',
          bidId: 'bid-beta',
          organisationId: 'beta',
          outcome: 'lost',
          rank: 2,
          of: 2,
          points: 70,
          winningPoints: 86,
          shares: [
            { criterionId: 'price', score: 100, points: 40 },
            { criterionId: 'approach', score: 50, points: 30 },
          ],
          reason: 'Rank 2 of 2 with 70 of 100 points; the winning bid has 86. The soundest approach.',
          because: 'ranking',
          said: 'The soundest approach.',
          at: later,
        },
      ));
  it('may bring the scores along', () => {
    const scores = [
      { bidId: 'bid-alpha', criterionId: 'approach', score: 10 },
      { bidId: 'bid-beta', criterionId: 'approach', score: 90 },
    ];
    expect(given(opened).when(awardLot, { ...award, bidId: 'bid-beta', scores }).decision).toMatchObject([
      { type: 'BidsScored', scores },
      { type: 'LotAwarded', bidId: 'bid-beta' },
      { type: 'BidderInformed', outcome: 'won' },
      { type: 'BidderInformed', outcome: 'lost' },
    ]);
    given(opened)
      .when(awardLot, { ...award, scores: [{ bidId: 'x', criterionId: 'approach', score: 1 }] })
      .thenRefused('no-such-bid');
  });
  it('gives the ranking as the reason where the buyer gives none', () => {
    const { reason, ...without } = award;
    expect(given(scored).when(awardLot, without).decision).toMatchObject([
      { type: 'LotAwarded', reason: 'First in the ranking with 86 of 100 points.', because: 'ranking', rank: 1, points: 86 },
      { outcome: 'won', because: 'ranking' },
      { outcome: 'lost', because: 'ranking', reason: expect.stringMatching(/^Rank 2 of 2 .* First in the ranking/) },
    ]);
    for (const fact of given(scored).when(awardLot, without).decision as TenderFact[]) expect(fact).not.toHaveProperty('said');
    // Where the buyer gives one it is the reason, in its own words and no others.
    const [awardedFor, won] = given(scored).when(awardLot, award).decision as TenderFact[];
    for (const fact of [awardedFor, won]) expect(fact).not.toHaveProperty('because');
  });
  it('with the last lot completes the tender', () =>
    expect(
      given(openedTender(scoresOf({ alpha: 90, beta: 50 }), lotAwarded('build', 'alpha'))).when(awardLot, {
        ...award,
        lotId: 'run',
      }).decision,
    ).toMatchObject([
      { type: 'LotAwarded', lotId: 'run' },
      { type: 'BidderInformed', organisationId: 'alpha', outcome: 'won' },
      { type: 'TenderCompleted', at: later },
    ]));
  it('tells a disqualified bidder why', () =>
    expect(given(openedTender(scoresOf({ alpha: 90 }), disqualified('beta'))).when(awardLot, award).decision).toMatchObject([
      { type: 'LotAwarded' },
      { organisationId: 'alpha', outcome: 'won' },
      { organisationId: 'beta', outcome: 'disqualified', code: 'must-have-not-met', reason: 'No ISO 27001.' },
    ]));
  it('is done once a lot: quiet when told again, refused for another bid', () => {
    for (const tender of [openedTender(lotAwarded('build', 'alpha')), awarded]) {
      given(tender).when(awardLot, award).thenNothing();
      given(tender)
        .when(awardLot, { ...award, bidId: 'bid-beta' })
        .thenRefused('lot-already-awarded');
    }
  });
  it('passes over no bid that ranks higher', () =>
    given(scored)
      .when(awardLot, { ...award, bidId: 'bid-beta' })
      .thenRefused('not-first-in-ranking'));
  it('needs every score, a bid for that lot, and a bid that is not disqualified', () => {
    given(openedTender(scoresOf({ alpha: 90 })))
      .when(awardLot, award)
      .thenRefused('bids-not-scored');
    given(scored)
      .when(awardLot, { ...award, lotId: 'run', bidId: 'bid-beta' })
      .thenRefused('no-such-bid');
    given(scored)
      .when(awardLot, { ...award, bidId: 'bid-gamma' })
      .thenRefused('no-such-bid');
    given(scored)
      .when(awardLot, { ...award, lotId: 'paint' })
      .thenRefused('no-such-lot');
    given(openedTender(disqualified('alpha')))
      .when(awardLot, award)
      .thenRefused('bid-is-disqualified');
  });
  it('does not revive a lot that was declared unsuccessful', () =>
    given(openedTender({ type: 'LotDeclaredUnsuccessful', lotId: 'build', reason: 'Too dear.', at: later }))
      .when(awardLot, award)
      .thenRefused('lot-unsuccessful'));
  it('is the buyer’s alone, after opening', () => {
    given(absent).when(awardLot, award).thenRefused('no-such-tender');
    given(scored)
      .when(awardLot, { ...award, by: asFirm('alpha') })
      .thenRefused('only-the-buyer');
    for (const tender of sealed) given(tender).when(awardLot, award).thenRefused('bids-not-opened');
    for (const tender of [unsuccessful, cancelled, everyState.dropped])
      given(tender).when(awardLot, award).thenRefused('procedure-is-over');
    given(awarded)
      .when(awardLot, { ...award, lotId: 'paint' })
      .thenRefused('procedure-is-over');
  });
});

describe('declaring a lot or a tender unsuccessful', () => {
  const declare = { by: asBuyer, code: 'over-budget', reason: 'All too dear.', at: later } as const;
  const unsuccessfulLot = (lotId: string): TenderFact => ({
    type: 'LotDeclaredUnsuccessful',
    lotId,
    code: 'over-budget',
    reason: 'All too dear.',
    at: later,
  });

  it('ends one lot and tells its bidders', () =>
    expect(given(opened).when(declareUnsuccessful, { ...declare, lotId: 'build' }).decision).toMatchObject([
      unsuccessfulLot('build'),
      {
        type: 'BidderInformed',
        organisationId: 'alpha',
        outcome: 'lost',
        reason: 'The lot was declared unsuccessful: All too dear.',
        because: 'no-award',
        said: 'All too dear.',
      },
      { type: 'BidderInformed', organisationId: 'beta', outcome: 'lost' },
    ]));
  it('without a lot ends all that are open, and the tender', () =>
    expect(given(opened).when(declareUnsuccessful, declare).decision).toMatchObject([
      unsuccessfulLot('build'),
      { organisationId: 'alpha' },
      { organisationId: 'beta' },
      unsuccessfulLot('run'),
      { organisationId: 'alpha' },
      { type: 'TenderDeclaredUnsuccessful', code: 'over-budget', reason: 'All too dear.' },
    ]));
  it('of the last lot completes a tender that has an award', () =>
    expect(
      given(openedTender(lotAwarded('build', 'alpha'))).when(declareUnsuccessful, { ...declare, lotId: 'run' }).decision,
    ).toMatchObject([unsuccessfulLot('run'), { organisationId: 'alpha' }, { type: 'TenderCompleted' }]));
  it('stays quiet when told again', () => {
    given(openedTender(unsuccessfulLot('build')))
      .when(declareUnsuccessful, { ...declare, lotId: 'build' })
      .thenNothing();
    given(unsuccessful).when(declareUnsuccessful, declare).thenNothing();
  });
  it('takes back no award', () =>
    given(openedTender(lotAwarded('build', 'alpha')))
      .when(declareUnsuccessful, { ...declare, lotId: 'build' })
      .thenRefused('lot-already-awarded'));
  it('is the buyer’s alone, after opening, of a lot there is', () => {
    given(opened)
      .when(declareUnsuccessful, { ...declare, lotId: 'paint' })
      .thenRefused('no-such-lot');
    given(absent).when(declareUnsuccessful, declare).thenRefused('no-such-tender');
    given(opened)
      .when(declareUnsuccessful, { ...declare, by: asFirm('alpha') })
      .thenRefused('only-the-buyer');
    for (const tender of sealed) given(tender).when(declareUnsuccessful, declare).thenRefused('bids-not-opened');
    for (const tender of [awarded, cancelled]) given(tender).when(declareUnsuccessful, declare).thenRefused('procedure-is-over');
  });
});
