import { askedTerms } from '@umuhuza/contracts/tenders/asked';
import { etagOf } from '@umuhuza/service/etag';
import { describe, expect, it } from 'vitest';
import { digestOf } from './digest.ts';
import {
  appointed,
  asked,
  asksAs,
  closed,
  everyState,
  forBoth,
  forBuild,
  known,
  later,
  lotAwarded,
  opened,
  openedTender,
  publishedTender,
  scoresOf,
  sealedAs,
  submitted,
  tenderAfter,
  terms,
} from './tender/scenes.fixture.ts';
import type { Tender, TenderFact } from './tender/tender.ts';
import { asked as askedByRule } from './tender/terms.ts';
import { namelessIn, toMyBid, toOpenedBids, toSummary, toTenderView } from './views.ts';

const asBidder = (firm: string) => ({ organisation: firm, sealedAs: sealedAs(firm) });
const content = { prices: forBoth(1_000, 500).map(({ lotId, price }) => ({ lotId, price })), answers: [] };
const view = (tender: Tender, reader: string) => toTenderView(known(tender), reader, asksAs(reader));
const amended: TenderFact = { type: 'TenderAmended', terms, changed: ['description'], changesWhatIsAsked: true, at: later };

describe('before opening', () => {
  const without = [publishedTender(asked), publishedTender(asked, amended), publishedTender(asked, closed), tenderAfter()];
  const bids = [submitted('alpha'), submitted('beta'), submitted('alpha', { version: 2, submittedAt: later })];
  const withBids = [
    publishedTender(...bids, asked),
    publishedTender(...bids, asked, amended),
    publishedTender(...bids, asked, closed),
    tenderAfter(),
  ];

  it('every reader’s view of a tender is byte for byte the same with bids and without, and so is its ETag', () => {
    for (const [n, tender] of withBids.entries()) {
      if (tender.status === 'absent') continue;
      for (const reader of ['buyer', 'alpha', 'stranger']) {
        const other = without[n] as Tender;
        expect(JSON.stringify(view(tender, reader))).toBe(JSON.stringify(view(other, reader)));
        expect(etagOf(view(tender, reader))).toBe(etagOf(view(other, reader)));
        expect(JSON.stringify(toSummary(known(tender), reader))).toBe(JSON.stringify(toSummary(known(other), reader)));
      }
    }
  });
  it('there are no bids to be read, not even for the buyer', () => {
    for (const tender of withBids)
      if (tender.status !== 'absent') expect(toOpenedBids(tender, { contents: new Map() }, 'user')).toBeUndefined();
  });
  it('a bidder reads its own bid and nobody else’s', () => {
    const tender = publishedTender(submitted('alpha'));
    expect(toMyBid(tender, asBidder('alpha'), content)).toEqual({
      tenderId: 't1',
      bidId: 'bid-alpha',
      version: 1,
      submittedAt: '2027-01-20T12:00:00.000Z',
      digest: digestOf(content),
      status: 'valid',
      content,
      outcomes: [],
    });
    expect(toMyBid(tender, asBidder('beta'), undefined)).toBeUndefined();
    expect(toMyBid(publishedTender(submitted('alpha'), amended), asBidder('alpha'), content)).toMatchObject({
      status: 'invalid',
    });
  });
});

it('what the pages call a change of what is asked is what the rule calls so', () =>
  expect([...askedTerms]).toEqual([...askedByRule]));

describe('a tender’s view', () => {
  it('keeps the asker of a question from all but itself', () => {
    const tender = publishedTender(asked);
    expect(view(tender, 'alpha').questions).toMatchObject([{ id: 'q1', mine: true }]);
    for (const reader of ['buyer', 'beta']) {
      expect(view(tender, reader).questions).toMatchObject([{ id: 'q1', mine: false }]);
      expect(JSON.stringify(view(tender, reader))).not.toContain('alpha');
    }
  });
  it('names the questions that keep the bids closed', () => {
    expect(view(publishedTender(asked, closed), 'buyer').openingWaitsFor).toEqual(['q1']);
    expect(view(publishedTender(closed), 'buyer')).not.toHaveProperty('openingWaitsFor');
  });
  it('shows a hidden budget to its buyer only', () => {
    expect(view(everyState.published, 'buyer')).toMatchObject({ budget: terms.budget, showBudget: false, mine: true });
    expect(view(everyState.published, 'alpha')).not.toHaveProperty('budget');
    expect(view(everyState.published, 'alpha')).not.toHaveProperty('showBudget');
  });
  it('tells the buyer of a draft what is missing', () =>
    expect(view(tenderAfter({ ...everyDraft, terms: { ...terms, description: '', criteria: [] } }), 'buyer').missing).toEqual([
      'a description',
      'criteria whose weights sum to 100 (now 0)',
    ]));
  it('shows what became of each lot', () => {
    const tender = openedTender(lotAwarded('build', 'alpha'), {
      type: 'LotDeclaredUnsuccessful',
      lotId: 'run',
      reason: 'Too dear.',
      at: later,
    });
    expect(view(tender, 'stranger').lots).toMatchObject([
      { id: 'build', award: { bidId: 'bid-alpha', winner: { organisationId: 'alpha' } } },
      { id: 'run', unsuccessful: { reason: 'Too dear.' } },
    ]);
  });
  it('names a winner by what the tender holds, else by what is known now', () => {
    const tender = known(openedTender(lotAwarded('build', 'alpha')));
    const winnerIn = (names?: ReadonlyMap<string, string>) =>
      toTenderView(tender, 'stranger', asksAs('stranger'), names).lots[0]?.award?.winner;
    expect(winnerIn()).toEqual({ organisationId: 'alpha' });
    expect(winnerIn(new Map([['alpha', 'Alpha Ltd']]))).toEqual({ organisationId: 'alpha', name: 'Alpha Ltd' });
  });
  it('calls a cancelled draft cancelled', () => expect(view(everyState.dropped, 'buyer').status).toBe('cancelled'));
});

const everyDraft: Extract<TenderFact, { type: 'TenderDrafted' }> = {
  type: 'TenderDrafted',
  tenderId: 't1',
  ocid: 'ocds-umuhuza-t1',
  buyer: { organisationId: 'buyer', country: 'DE' },
  terms,
  at: later,
};

describe('after opening', () => {
  const tender = openedTender(scoresOf({ alpha: 90, beta: 50 }));
  const contents = new Map([
    ['content-alpha', content],
    ['content-beta', content],
  ]);

  it('the buyer reads the bids and the ranking with each criterion’s share', () =>
    expect(toOpenedBids(known(tender), { contents }, 'user')).toMatchObject({
      bids: [
        { bidId: 'bid-alpha', status: 'opened', content },
        { bidId: 'bid-beta', status: 'opened' },
      ],
      lots: [
        {
          lotId: 'build',
          evaluated: true,
          ranking: [
            { bidId: 'bid-alpha', rank: 1, points: 86, shares: [{ criterionId: 'price', points: 32 }, { points: 54 }] },
            { bidId: 'bid-beta', rank: 2, points: 70 },
          ],
        },
        { lotId: 'run', evaluated: true, ranking: [{ bidId: 'bid-alpha', rank: 1 }] },
      ],
    }));
  it('the buyer reads the name of everybody who bid, also where the tender itself holds none', () => {
    const clarification: TenderFact = {
      type: 'ClarificationAsked',
      clarificationId: 'c1',
      lotId: 'build',
      bidId: 'bid-gamma',
      bidder: 'gamma',
      question: 'Why?',
      at: later,
    };
    const said = opened({ alpha: forBoth(1, 1), beta: forBuild(1) });
    const bids = said.bids.map((bid) => (bid.bidder === 'alpha' ? { ...bid, bidderName: 'Alpha Ltd' } : bid));
    const gave = [submitted('alpha'), submitted('beta'), submitted('gamma')];
    const unopened = [{ bidId: 'bid-gamma', bidder: 'gamma' }];
    const tender = known(publishedTender(...gave, closed, { ...said, bids, unopened }, clarification));
    expect(namelessIn(tender)).toEqual(['beta', 'gamma']);
    const names = new Map([
      ['beta', 'Beta Ltd'],
      ['gamma', 'Gamma Ltd'],
    ]);
    const seen = toOpenedBids(tender, { contents, names }, 'user');
    expect(seen?.bids.map(({ bidder }) => bidder.name)).toEqual(['Alpha Ltd', 'Beta Ltd']);
    expect(seen?.lots[0]?.ranking.map(({ bidder }) => bidder.name).sort()).toEqual(['Alpha Ltd', 'Beta Ltd']);
    expect(seen?.clarifications[0]?.bidder).toEqual({ organisationId: 'gamma', name: 'Gamma Ltd' });
    expect(namelessIn(publishedTender(...gave))).toEqual([]);
  });
  it('a bidder reads that its bid is out, why and since when, before any lot is decided', () => {
    const out: TenderFact = { type: 'BidDisqualified', bidId: 'bid-beta', code: 'incomplete', reason: 'Two pages.', at: later };
    const disqualified = { reason: 'Two pages.', code: 'incomplete', at: later };
    expect(toMyBid(openedTender(out), asBidder('beta'), content)).toMatchObject({ status: 'disqualified', disqualified });
    expect(toMyBid(openedTender(out), asBidder('alpha'), content)).not.toHaveProperty('disqualified');
    const { code, at, ...old } = out as Extract<TenderFact, { type: 'BidDisqualified' }>;
    expect(toMyBid(openedTender(old), asBidder('beta'), content)?.disqualified).toEqual({ reason: 'Two pages.' });
  });
  it('the platform’s own reasons come with what they say, for every reader', () => {
    const why = { because: 'passed-on', how: 'declined', rank: 2, points: 70 } as const;
    const over = { because: 'nobody-left', how: 'withdrawn' } as const;
    const tender = openedTender({ ...lotAwarded('build', 'beta'), ...why } as TenderFact, {
      type: 'LotDeclaredUnsuccessful',
      lotId: 'run',
      reason: 'None left.',
      ...over,
      at: later,
    });
    expect(view(tender, 'stranger').lots).toMatchObject([{ award: why }, { unsuccessful: over }]);
    expect(view(everyState.unsuccessful, 'stranger').unsuccessful).not.toHaveProperty('because');
    const ended = openedTender({ type: 'TenderDeclaredUnsuccessful', reason: 'None left.', ...over, at: later });
    expect(view(ended, 'stranger').unsuccessful).toMatchObject(over);
  });
  it('the buyer reads what it gave as one again, with its comments', () => {
    const given = { bidId: 'bid-alpha', criterionId: 'approach', score: 90, comment: 'Sound.' };
    const seen = toOpenedBids(known(openedTender({ type: 'BidsScored', scores: [given] })), { contents }, 'user');
    const { bidId, ...score } = given;
    expect(seen?.bids.map(({ scores }) => scores)).toEqual([[score], []]);
  });
  it('the evaluators read all that was given once the scoring has ended, and nothing the buyer gave as one', () => {
    const opinion = (score: number, comment: string) => ({ bidId: 'bid-alpha', criterionId: 'approach', score, comment });
    const conflict = { bidId: 'bid-beta', reason: 'My sister works there.' };
    const given: TenderFact[] = [
      scoresOf({ alpha: 13 }),
      appointed('ann', 'ben'),
      // An earlier version took scores for the rivals of a bid with a conflict.
      { type: 'ConflictDeclared', userId: 'ben', ...conflict },
      { type: 'OpinionsGiven', userId: 'ann', opinions: [opinion(90, 'Sound.')] },
      { type: 'OpinionsGiven', userId: 'ben', opinions: [opinion(40, 'Thin.')] },
    ];
    const seenBy = (user: string, ...facts: readonly TenderFact[]) =>
      toOpenedBids(known(openedTender(...given, ...facts)), { contents }, user);
    expect(JSON.stringify(seenBy('ann'))).not.toContain('Thin.');
    const ended: TenderFact = { type: 'ScoringEnded', at: later };
    for (const user of ['ann', 'ben', 'cid'])
      expect(seenBy(user, ended)?.evaluation?.evaluators).toMatchObject([
        { userId: 'ann', conflicts: [], scores: [opinion(90, 'Sound.')] },
        { userId: 'ben', conflicts: [conflict], scores: [opinion(40, 'Thin.')] },
      ]);
    // Who counts is said by who had finished; for the page nothing else changes.
    const closed = seenBy('ann', { ...ended, reason: 'Enough.', counted: ['ann'] })?.evaluation;
    expect(closed?.ended).toEqual({ at: later, reason: 'Enough.' });
    expect(closed?.evaluators.map(({ finished }) => finished)).toEqual([true, false]);
    for (const bid of seenBy('ann', ended)?.bids ?? []) expect(bid).not.toHaveProperty('scores');
  });
  it('each reader for the buyer sees which bids are judged without it', () => {
    const conflicts = (user: string, memberOf: readonly string[], ...facts: readonly TenderFact[]) =>
      toOpenedBids(known(openedTender(...facts)), { contents }, user, memberOf)?.bids.map(({ conflict }) => conflict);
    const declared: TenderFact = { type: 'ConflictDeclared', userId: 'ann', bidId: 'bid-beta', reason: 'A cousin.' };
    expect(conflicts('ben', ['buyer'], declared)).toEqual([undefined, undefined]);
    expect(conflicts('ann', ['buyer'], declared)).toEqual(['with-a-rival', 'with-it']);
    expect(conflicts('ben', ['buyer', 'alpha'], appointed('ben'))).toEqual(['with-it', 'with-a-rival']);
  });
  it('a bidder reads its own outcome with its scores', () => {
    const informed: TenderFact = {
      type: 'BidderInformed',
      lotId: 'build',
      bidId: 'bid-beta',
      organisationId: 'beta',
      outcome: 'lost',
      rank: 2,
      points: 70,
      reason: 'Rank 2 of 2.',
      at: later,
    };
    expect(toMyBid(openedTender(informed), asBidder('beta'), content)).toMatchObject({
      status: 'opened',
      outcomes: [{ lotId: 'build', outcome: 'lost', rank: 2, points: 70, reason: 'Rank 2 of 2.' }],
    });
    expect(toMyBid(openedTender(informed), asBidder('alpha'), content)).toMatchObject({ outcomes: [] });
    const award = { ...lotAwarded('build', 'alpha'), points: 64 } as TenderFact;
    const before: TenderFact = { ...informed, winningPoints: 92, of: 3, said: 'The best.' };
    const lapse = { lotId: 'build', bidId: 'bid-gamma', winner: 'gamma', how: 'declined', reason: 'No.', at: later } as const;
    const after = openedTender(before, { type: 'AwardLapsed', ...lapse }, award);
    expect(toMyBid(after, asBidder('beta'), content)?.outcomes).toMatchObject([{ rank: 2, points: 70, winningPoints: 64 }]);
    // An earlier version did not say of how many: its sentence names the points that it was written with, and so they stay beside it.
    const { of: _, said: __, ...unnumbered } = { ...before, reason: 'Rank 2 with 70 of 100 points; the winning bid has 92.' };
    const earlier = openedTender(unnumbered, { type: 'AwardLapsed', ...lapse }, award);
    expect(toMyBid(earlier, asBidder('beta'), content)?.outcomes).toMatchObject([
      { winningPoints: 92, reason: unnumbered.reason },
    ]);
  });
  it('a bid that was never confirmed stays unread', () => {
    const unconfirmed = publishedTender(submitted('alpha'), amended, submitted('beta'), closed, {
      ...opened({ beta: forBoth(1, 1) }),
      unopened: [{ bidId: 'bid-alpha', bidder: 'alpha' }],
    });
    const mine = toMyBid(unconfirmed, asBidder('alpha'), undefined);
    expect(mine).toMatchObject({ status: 'not-opened' });
    expect(mine).not.toHaveProperty('digest');
    expect(toOpenedBids(known(unconfirmed), { contents }, 'user')?.bids).toHaveLength(1);
    expect(JSON.stringify(view(unconfirmed, 'buyer'))).not.toContain('alpha');
  });
});

describe('the history of a tender', () => {
  const hidden = {
    term: 'budget',
    from: { amount: 1, currency: 'EUR' },
    to: { amount: 2, currency: 'EUR' },
    hidden: true,
  } as const;
  const line = { type: 'TenderAmended', terms, changesWhatIsAsked: false, at: later } as const;

  it('says of each change what was and what became, but of a hidden budget to the buyer only', () => {
    const tender = publishedTender({
      ...line,
      changed: ['sectors', 'budget'],
      changes: [{ term: 'sectors', from: [], to: ['ports'] }, hidden],
    });
    expect(view(tender, 'stranger').amendments).toEqual([
      { at: later, changed: ['sectors'], changesWhatIsAsked: false, changes: [{ term: 'sectors', from: [], to: ['ports'] }] },
    ]);
    expect(view(tender, 'buyer').amendments).toMatchObject([
      { changed: ['sectors', 'budget'], changes: [{}, { term: 'budget', from: { amount: 1 }, to: { amount: 2 } }] },
    ]);
  });
  it('does not show others that there was a change they may not see', () =>
    expect(view(publishedTender({ ...line, changed: ['budget'], changes: [hidden] }), 'stranger')).toEqual(
      view(publishedTender(), 'stranger'),
    ));
  it('of an earlier version is still read', () =>
    expect(view(publishedTender({ ...line, changed: ['sectors'] }), 'stranger').amendments).toEqual([
      { at: later, changed: ['sectors'], changesWhatIsAsked: false, changes: [] },
    ]));
});
