import { given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { closeBidding } from './closeBidding.ts';
import { deleteLeftovers } from './deleteLeftovers.ts';
import { evolve } from './evolve.ts';
import { openBids } from './openBids.ts';
import {
  appointed,
  asBuyer,
  asFirm,
  asked,
  asStranger,
  before,
  closed,
  criteria,
  deadline,
  drafted,
  euros,
  everyState,
  forBoth,
  forBuild,
  justAfter,
  justBefore,
  later,
  opened,
  publishedTender,
  saidBy,
  sealedAs,
  sealedBid,
  shown,
  submitted,
  tenderAfter,
  terms,
} from './scenes.fixture.ts';
import { sealBids } from './sealBids.ts';
import { submitBid } from './submitBid.ts';
import type { TenderFact } from './tender.ts';
import { withdrawBid } from './withdrawBid.ts';

const { absent, draft, dropped, awarded, unsuccessful, cancelled } = everyState;
const amended: TenderFact = { type: 'TenderAmended', terms, changed: ['description'], changesWhatIsAsked: true, at: before };

const submit = {
  bidId: 'bid-alpha',
  contentId: 'content-alpha',
  digest: 'digest-alpha',
  prices: forBoth(1_000, 500),
  answers: ['approach'],
  by: asFirm('alpha'),
  sealedAs: sealedAs('alpha'),
  at: before,
};

describe('submitting a bid', () => {
  it('is taken sealed: the tender notes who and when, not what', () => {
    given(publishedTender())
      .when(submitBid, submit)
      .then({ type: 'BidSubmitted', bid: sealedBid('alpha') });
    expect(JSON.stringify(publishedTender(submitted('alpha')))).not.toContain('prices');
  });
  it('may bid for one lot of several', () =>
    given(publishedTender())
      .when(submitBid, { ...submit, prices: forBuild(1_000) })
      .then({ type: 'BidSubmitted', bid: sealedBid('alpha') }));
  it('replaces the bid before, under its id, as the next version', () =>
    given(publishedTender(submitted('alpha')))
      .when(submitBid, { ...submit, bidId: 'other', contentId: 'content-2', digest: 'digest-2', at: justBefore })
      .then({
        type: 'BidSubmitted',
        bid: sealedBid('alpha', { contentId: 'content-2', digest: 'digest-2', version: 2, submittedAt: justBefore }),
      }));
  it('stays quiet when the same is submitted again', () =>
    given(publishedTender(submitted('alpha')))
      .when(submitBid, { ...submit, contentId: 'content-2' })
      .thenNothing());
  it('confirms a bid that an amendment has made invalid', () =>
    given(publishedTender(submitted('alpha'), amended))
      .when(submitBid, submit)
      .then({ type: 'BidSubmitted', bid: sealedBid('alpha', { version: 2 }) }));

  it('is in time at the deadline’s own instant and late a millisecond after, whatever the timer did', () => {
    for (const at of [justBefore, deadline])
      expect(given(publishedTender()).when(submitBid, { ...submit, at }).decision).toHaveLength(1);
    given(publishedTender())
      .when(submitBid, { ...submit, at: justAfter })
      .thenRefused('bidding-is-over');
  });
  it('compares instants as instants, not as text', () =>
    given(publishedTender())
      .when(submitBid, { ...submit, at: '2027-02-02T00:59:59.001+02:00' })
      .thenRefused('bidding-is-over'));

  it('refuses the buyer and firms from elsewhere', () => {
    given(publishedTender())
      .when(submitBid, { ...submit, by: { ...asBuyer, country: 'DE' } })
      .thenRefused('buyer-may-not-bid');
    given(publishedTender())
      .when(submitBid, { ...submit, by: { ...asStranger, country: 'DE' } })
      .thenRefused('only-rwandan-firms-bid');
  });
  it('refuses what does not fit the tender', () => {
    const submitWith = (changes: Partial<typeof submit>) => given(publishedTender()).when(submitBid, { ...submit, ...changes });
    submitWith({ prices: [{ lotId: 'paint', price: euros(1) }] }).thenRefused('no-such-lot');
    submitWith({ prices: [...forBuild(1), ...forBuild(2)] }).thenRefused('given-twice');
    submitWith({ answers: ['approach', 'approach'] }).thenRefused('given-twice');
    submitWith({ answers: ['charm'] }).thenRefused('no-such-criterion');
    submitWith({ prices: [{ lotId: 'build', price: { amount: 1, currency: 'RWF' } }] }).thenRefused('price-in-other-currency');
  });
  it('confirms each coded must-have', () => {
    const tender = publishedTender({
      type: 'TenderAmended',
      terms: { ...terms, mustHaveCodes: ['iso-27001', 'signed-nda'] },
      changed: ['mustHaveCodes'],
      changesWhatIsAsked: true,
      at: before,
    });
    expect(given(tender).when(submitBid, { ...submit, confirms: ['iso-27001'] }).decision).toEqual({
      refused: 'must-have-not-confirmed',
      detail: 'Confirm signed-nda.',
    });
    given(tender).when(submitBid, submit).thenRefused('must-have-not-confirmed');
    expect(given(tender).when(submitBid, { ...submit, confirms: ['signed-nda', 'iso-27001'] }).decision).toHaveLength(1);
  });
  it('is for the terms that were read: not taken when what is asked has changed since', () => {
    const once = publishedTender(amended);
    const read = (amendmentsRead: number, tender = once) => given(tender).when(submitBid, { ...submit, amendmentsRead });
    read(0).thenRefused('amended-since');
    read(0, publishedTender(submitted('alpha'), amended)).thenRefused('amended-since');
    for (const amendmentsRead of [1, 2]) read(amendmentsRead).then({ type: 'BidSubmitted', bid: sealedBid('alpha') });
    read(0, publishedTender()).then({ type: 'BidSubmitted', bid: sealedBid('alpha') });
    // Refused before anything that only fails because of the amendment.
    given(once)
      .when(submitBid, { ...submit, answers: ['charm'], amendmentsRead: 0 })
      .thenRefused('amended-since');
    // Whoever does not say what it has read is taken at its word, as before.
    expect(given(once).when(submitBid, submit).decision).toHaveLength(1);
  });
  it('counts the amendments that a bidder sees, and minds none that leaves what is asked as it was', () => {
    const hidden: TenderFact = {
      ...amended,
      changed: ['budget'],
      changes: [{ term: 'budget', hidden: true }],
      changesWhatIsAsked: false,
    };
    const longer: TenderFact = { ...amended, changed: ['deadline'], changesWhatIsAsked: false };
    const read = (amendmentsRead: number, ...facts: readonly TenderFact[]) =>
      given(publishedTender(...facts)).when(submitBid, { ...submit, amendmentsRead });
    expect(read(0, longer).decision).toHaveLength(1);
    read(1, longer, amended).thenRefused('amended-since');
    read(0, hidden, amended).thenRefused('amended-since');
    expect(read(1, hidden, amended).decision).toHaveLength(1);
    read(1, hidden, amended, amended).thenRefused('amended-since');
  });
  it('answers in every other state', () => {
    for (const tender of [absent, draft, dropped]) given(tender).when(submitBid, submit).thenRefused('no-such-tender');
    for (const tender of [everyState.closed, everyState.opened, awarded, unsuccessful])
      given(tender).when(submitBid, submit).thenRefused('bidding-is-over');
    given(cancelled).when(submitBid, submit).thenRefused('procedure-is-over');
  });
});

describe('withdrawing a bid', () => {
  const withdraw = { by: asFirm('alpha'), sealedAs: sealedAs('alpha'), at: deadline };

  it('leaves nothing of it', () => {
    given(publishedTender(submitted('alpha')))
      .when(withdrawBid, withdraw)
      .then({ type: 'BidWithdrawn', bidId: 'bid-alpha' });
    expect(publishedTender(submitted('alpha'), { type: 'BidWithdrawn', bidId: 'bid-alpha' })).toEqual(publishedTender());
  });
  it('is too late after the deadline', () => {
    given(publishedTender(submitted('alpha')))
      .when(withdrawBid, { ...withdraw, at: justAfter })
      .thenRefused('bidding-is-over');
    for (const tender of [everyState.closed, everyState.opened, awarded])
      given(tender).when(withdrawBid, withdraw).thenRefused('bidding-is-over');
  });
  it('of an opened bid is not possible after cancelling either', () =>
    given(
      publishedTender(
        submitted('alpha'),
        closed,
        { type: 'BidsOpened', bids: [{ bidId: 'bid-alpha', ...saidBy('alpha', []) }], at: later },
        { type: 'TenderCancelled', reason: 'Stopped.', at: later },
      ),
    )
      .when(withdrawBid, withdraw)
      .thenRefused('procedure-is-over'));
  it('needs a bid of one’s own', () => {
    given(publishedTender(submitted('alpha')))
      .when(withdrawBid, { ...withdraw, by: asFirm('beta'), sealedAs: sealedAs('beta') })
      .thenRefused('no-bid');
    for (const tender of [unsuccessful, cancelled]) given(tender).when(withdrawBid, withdraw).thenRefused('no-bid');
    for (const tender of [absent, draft, dropped]) given(tender).when(withdrawBid, withdraw).thenRefused('no-such-tender');
  });
});

describe('closing the bidding', () => {
  it('happens once the deadline has passed', () => {
    given(publishedTender()).when(closeBidding, { at: justAfter }).then(closed);
    given(publishedTender()).when(closeBidding, { at: deadline }).thenNothing();
  });
  it('stays quiet in every other state', () => {
    for (const tender of [absent, draft, dropped, everyState.closed, everyState.opened, awarded, unsuccessful, cancelled])
      given(tender).when(closeBidding, { at: later }).thenNothing();
  });
});

describe('opening the bids', () => {
  const contents = new Map([['content-alpha', saidBy('alpha', forBoth(1_000, 500))]]);
  const open = { by: asBuyer, contents, at: later };
  const bidsOpened = opened({ alpha: forBoth(1_000, 500) });

  it('happens after the deadline, by the buyer or by itself', () => {
    given(everyState.closed).when(openBids, open).then(bidsOpened);
    given(everyState.closed).when(openBids, { contents, at: later }).then(bidsOpened);
  });
  it('closes the bidding first when no timer has', () =>
    given(everyState.published).when(openBids, open).then({ type: 'BiddingClosed', at: later }, bidsOpened));
  it('is refused until the deadline has passed, with or without bids', () => {
    for (const tender of [everyState.published, publishedTender()])
      expect(given(tender).when(openBids, { ...open, at: deadline }).decision).toEqual({ refused: 'bidding-not-over' });
  });
  it('waits for answers to all questions', () =>
    expect(given(publishedTender(submitted('alpha'), asked, closed)).when(openBids, open).decision).toEqual({
      refused: 'questions-unanswered',
      detail: '1 open: answer each or reject it with a reason.',
    }));
  it('leaves bids unread that were not confirmed after an amendment', () => {
    const tender = publishedTender(submitted('alpha'), amended, submitted('beta'), closed);
    given(tender)
      .when(openBids, {
        ...open,
        contents: new Map([['content-beta', saidBy('beta', forBuild(1))]]),
        unread: new Map([['content-alpha', 'alpha']]),
      })
      .then({ ...opened({ beta: forBuild(1) }), unopened: [{ bidId: 'bid-alpha', bidder: 'alpha' }] });
  });
  it('tells who gave what: until then neither the bidder nor the hash of its bid is known', () => {
    expect(JSON.stringify(everyState.closed)).not.toMatch(/"alpha"|digest-of/);
    expect(evolve(everyState.closed, bidsOpened)).toMatchObject({ bids: [{ bidder: 'alpha', digest: 'digest-of-alpha' }] });
    const unopened = { ...opened({}), unopened: [{ bidId: 'bid-alpha', bidder: 'alpha' }] };
    expect(evolve(everyState.closed, unopened)).toMatchObject({
      bids: [],
      unopened: [{ bidder: 'alpha', digest: 'digest-alpha' }],
    });
  });
  it('without a valid bid the tender is unsuccessful', () => {
    for (const tender of [publishedTender(closed), publishedTender(submitted('alpha'), amended, closed)])
      given(tender)
        .when(openBids, { ...open, contents: new Map() })
        .then(
          { type: 'BidsOpened', bids: [], at: later },
          {
            type: 'TenderDeclaredUnsuccessful',
            code: 'no-valid-bid',
            because: 'no-valid-bid',
            reason: 'No valid bid was received.',
            at: later,
          },
        );
  });
  it('ends the scoring of evaluators whom no criterion leaves anything to score', () => {
    const byPrice = criteria.filter(({ kind }) => kind === 'price').map((one) => ({ ...one, weight: 100 }));
    const priceOnly: TenderFact = { ...shown, terms: { ...terms, criteria: byPrice } } as TenderFact;
    const told = [drafted, priceOnly, appointed('ann', 'ben')];
    given(tenderAfter(...told, submitted('alpha'), closed))
      .when(openBids, open)
      .then(bidsOpened, { type: 'ScoringEnded', at: later, counted: ['ann', 'ben'] });
    expect(given(tenderAfter(...told, closed)).when(openBids, { ...open, contents: new Map() }).decision).toMatchObject([
      { type: 'BidsOpened', bids: [] },
      { type: 'TenderDeclaredUnsuccessful' },
    ]);
    given(publishedTender(appointed('ann', 'ben'), submitted('alpha'), closed))
      .when(openBids, open)
      .then(bidsOpened);
  });
  it('opens all or none', () =>
    given(publishedTender(submitted('alpha'), submitted('beta'), closed))
      .when(openBids, open)
      .thenRefused('bids-not-readable'));
  it('stays quiet when told again', () => {
    for (const tender of [everyState.opened, awarded, unsuccessful]) given(tender).when(openBids, open).thenNothing();
  });
  it('is the buyer’s alone, and answers in every other state', () => {
    given(everyState.closed)
      .when(openBids, { ...open, by: asFirm('alpha') })
      .thenRefused('only-the-buyer');
    given(absent).when(openBids, open).thenRefused('no-such-tender');
    given(absent).when(openBids, { contents, at: later }).thenRefused('no-such-tender');
    given(draft).when(openBids, open).thenRefused('not-published');
    for (const tender of [cancelled, dropped]) given(tender).when(openBids, open).thenRefused('procedure-is-over');
  });
});

describe('an opened tender', () => {
  it('has each bid either opened or left unopened', () => {
    const sealed = publishedTender(submitted('alpha'), submitted('beta'), submitted('gamma', { valid: false }), closed);
    const tender = evolve(sealed, {
      ...opened({ alpha: forBuild(1), beta: forBuild(2) }),
      unopened: [{ bidId: 'bid-gamma', bidder: 'gamma' }],
    });
    expect(tender).toMatchObject({ bids: [{ bidder: 'alpha' }, { bidder: 'beta' }], unopened: [{ bidder: 'gamma' }] });
  });
  it('that ends without an award keeps the code of the reason, where there is one', () => {
    const over = { type: 'TenderDeclaredUnsuccessful', reason: 'Nobody.', at: later } as const;
    expect(evolve(everyState.opened, { ...over, code: 'none-suitable' })).toMatchObject({ code: 'none-suitable' });
    expect(evolve(everyState.opened, over)).not.toHaveProperty('code');
  });
});

describe('bids that were given before bids were sealed', () => {
  const sealed = new Map([['content-alpha', { bidder: 'mark', contentId: 'sealed', digest: 'mark' }]]);

  it('are sealed in their place, those that there are', () => {
    const tender = publishedTender(submitted('alpha'), submitted('beta'));
    const bids = [{ bidId: 'bid-alpha', bidder: 'mark', contentId: 'sealed', digest: 'mark' }];
    for (const one of [tender, evolve(tender, closed)]) {
      given(one).when(sealBids, { sealed }).then({ type: 'BidsSealed', bids });
      expect(evolve(one, { type: 'BidsSealed', bids })).toMatchObject({
        bids: [{ bidder: 'mark', version: 1 }, { bidder: sealedAs('beta') }],
      });
    }
    given(publishedTender()).when(sealBids, { sealed }).thenNothing();
  });
  it('are left alone in every other state', () => {
    for (const tender of [absent, draft, dropped, everyState.opened, awarded, unsuccessful, cancelled])
      given(tender).when(sealBids, { sealed }).thenNothing();
  });
});

describe('what unopened and cancelled bids said', () => {
  it('waits to be deleted after opening and after cancelling, once', () => {
    for (const tender of [everyState.opened, awarded, unsuccessful, cancelled]) {
      given(tender).when(deleteLeftovers, undefined).then({ type: 'LeftoversDeleted' });
      given(evolve(tender, { type: 'LeftoversDeleted' }))
        .when(deleteLeftovers, undefined)
        .thenNothing();
    }
  });
  it('is not touched while bids are sealed', () => {
    for (const tender of [absent, draft, dropped, everyState.published, everyState.closed])
      given(tender).when(deleteLeftovers, undefined).thenNothing();
  });
});
