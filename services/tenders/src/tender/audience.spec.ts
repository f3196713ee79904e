import { given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { toPublicEvents } from '../toPublicEvents.ts';
import { admitFirms } from './admitFirms.ts';
import { askQuestion } from './askQuestion.ts';
import { editTender } from './editTender.ts';
import { evolve } from './evolve.ts';
import { followTender } from './followTender.ts';
import { publishTender } from './publishTender.ts';
import {
  asBuyer,
  asFirm,
  asStranger,
  before,
  buyer,
  drafted,
  everyState,
  forBuild,
  known,
  published,
  publishedTender,
  sealedAs,
  shown,
  submitted,
  tenderAfter,
  terms,
} from './scenes.fixture.ts';
import { submitBid } from './submitBid.ts';
import { isVisibleTo, type Tender, type TenderFact } from './tender.ts';
import type { Terms } from './terms.ts';
import { withdrawBid } from './withdrawBid.ts';

const tenderFor = (audience: Terms['audience'], ...facts: readonly TenderFact[]): Tender =>
  tenderAfter(drafted, { ...shown, terms: { ...terms, audience, invited: ['alpha'] } } as TenderFact, ...facts);
const admitted: TenderFact = { type: 'FirmsAdmitted', firms: ['beta'] };
const sees = (tender: Tender) => ['buyer', 'alpha', 'beta', 'gamma'].filter((firm) => isVisibleTo(tender, firm));

const publicEvents = (tender: Tender, fact: TenderFact) =>
  toPublicEvents(() => 'sealed')('t1', fact, evolve(tender, fact), tender);

describe('who sees a published tender', () => {
  it('is everybody, or the firms that matching and the buyer name, or those of the buyer alone', () => {
    expect(sees(tenderFor('all'))).toEqual(['buyer', 'alpha', 'beta', 'gamma']);
    expect(sees(tenderFor('matched', admitted))).toEqual(['buyer', 'alpha', 'beta']);
    expect(sees(tenderFor('invited', admitted))).toEqual(['buyer', 'alpha']);
  });
  it('for all others it is not there, whatever they try', () => {
    const tender = tenderFor('invited', submitted('alpha'));
    const by = asFirm('gamma');
    given(tender)
      .when(askQuestion, { questionId: 'q', question: 'Why?', by, askedBy: 'asker', at: before })
      .thenRefused('no-such-tender');
    given(tender)
      .when(withdrawBid, { by, sealedAs: sealedAs('gamma'), at: before })
      .thenRefused('no-such-tender');
    given(tender).when(followTender, { by, follows: true }).thenRefused('no-such-tender');
    given(tender).when(editTender, { by, changes: {}, at: before }).thenRefused('no-such-tender');
    given(tender)
      .when(submitBid, {
        by,
        sealedAs: sealedAs('gamma'),
        at: before,
        bidId: 'b',
        contentId: 'c',
        digest: 'd',
        prices: forBuild(1),
        answers: [],
      })
      .thenRefused('no-such-tender');
  });
  it('stays so to the end', () => {
    for (const tender of Object.values(everyState)) {
      if (tender.status === 'absent') continue;
      const narrow = { ...tender, terms: { ...tender.terms, audience: 'invited' } } as Tender;
      expect(sees(narrow), tender.status).toEqual(['buyer']);
    }
  });
  it('must be somebody: a tender for invited firms names one before it is published', () =>
    expect(
      given(tenderAfter({ ...drafted, terms: { ...terms, audience: 'invited' } } as TenderFact)).when(publishTender, {
        by: asBuyer,
        buyerName: buyer.name,
        at: published,
      }).decision,
    ).toEqual({ refused: 'tender-not-complete', detail: 'It needs an invited firm.' }));
  it('takes each invited firm once', () =>
    given(everyState.draft)
      .when(editTender, { by: asBuyer, changes: { invited: ['alpha', 'alpha'] }, at: before })
      .thenRefused('given-twice'));
});

describe('the firms that matching suggests', () => {
  it('are let in, each once', () => {
    given(tenderFor('matched'))
      .when(admitFirms, { firms: ['beta', 'beta', 'alpha', 'buyer'] })
      .then(admitted);
    given(tenderFor('matched', admitted))
      .when(admitFirms, { firms: ['beta'] })
      .thenNothing();
  });
  it('change nothing where the audience does not depend on them, or nothing is decided any more', () => {
    for (const audience of ['all', 'invited'] as const)
      given(tenderFor(audience))
        .when(admitFirms, { firms: ['beta'] })
        .thenNothing();
    const { published: _, closed: __, opened: ___, ...others } = everyState;
    for (const tender of Object.values(others))
      given(tender)
        .when(admitFirms, { firms: ['beta'] })
        .thenNothing();
  });
});

describe('the audience of a published tender', () => {
  const amend = (changes: Partial<Terms>) => ({ by: asBuyer, changes, reason: 'So.', at: before });
  const told = (tender: Tender, changes: Partial<Terms>) => {
    const [fact] = given(tender).when(editTender, amend(changes)).decision as TenderFact[];
    if (!fact) throw new Error('this amendment changes something');
    return publicEvents(tender, fact);
  };

  it('only becomes wider: nobody who works on a bid is shut out', () => {
    expect(given(tenderFor('invited')).when(editTender, amend({ audience: 'matched' })).decision).toHaveLength(1);
    expect(given(tenderFor('matched')).when(editTender, amend({ audience: 'all' })).decision).toHaveLength(1);
    given(tenderFor('all'))
      .when(editTender, amend({ audience: 'matched' }))
      .thenRefused('audience-only-wider');
    given(tenderFor('matched'))
      .when(editTender, amend({ audience: 'invited' }))
      .thenRefused('audience-only-wider');
    given(tenderFor('invited'))
      .when(editTender, amend({ invited: ['beta'] }))
      .thenRefused('audience-only-wider');
  });
  it('grows by invitations that only the invited hear of', () => {
    const events = told(tenderFor('invited'), { invited: ['alpha', 'beta'] });
    expect(events).toMatchObject([{ type: 'FirmsInvited', data: { firms: ['beta'] } }]);
  });
  it('leaves bids valid', () =>
    expect(given(tenderFor('invited')).when(editTender, amend({ invited: ['alpha', 'beta'] })).decision).toMatchObject([
      { changed: ['invited'], changesWhatIsAsked: false },
    ]));
  it('is invited with the publication', () => {
    const invited = { ...shown, terms: { ...terms, invited: ['alpha'] } } as TenderFact;
    expect(publicEvents(tenderAfter(drafted), invited)).toMatchObject([
      { type: 'TenderPublished' },
      { type: 'FirmsInvited', data: { firms: ['alpha'], deadline: terms.deadline } },
    ]);
  });
  it('is told of a changed hidden budget neither the sums nor that it changed', () =>
    expect(told(publishedTender(), { budget: { amount: 77_123_457, currency: 'EUR' } })).toEqual([]));
});

describe('following a tender', () => {
  const follow = { by: asStranger, follows: true };
  const followed: TenderFact = { type: 'TenderFollowed', organisationId: 'stranger' };

  it('is noted once, and ended once', () => {
    given(publishedTender()).when(followTender, follow).then(followed);
    given(publishedTender(followed)).when(followTender, follow).thenNothing();
    given(publishedTender(followed))
      .when(followTender, { ...follow, follows: false })
      .then({ type: 'TenderUnfollowed', organisationId: 'stranger' });
    given(publishedTender())
      .when(followTender, { ...follow, follows: false })
      .thenNothing();
    expect(known(publishedTender(followed, { type: 'TenderUnfollowed', organisationId: 'stranger' }))).toMatchObject({
      followers: [],
    });
  });
  it('says nothing by itself, and is carried by what followers are told of', () => {
    const tender = publishedTender(followed);
    expect(publicEvents(tender, followed)).toEqual([]);
    const cancelled: TenderFact = { type: 'TenderCancelled', reason: 'Stopped.', at: before };
    expect(publicEvents(tender, cancelled)).toMatchObject([{ data: { followers: ['stranger'] } }]);
  });
  it('has nothing to do with bids: bidding follows nothing', () =>
    expect(publishedTender(submitted('alpha'))).not.toHaveProperty('followers'));
  it('is bounded', () => {
    const many = publishedTender(
      ...Array.from({ length: 1_000 }, (_, n): TenderFact => ({ type: 'TenderFollowed', organisationId: `f${n}` })),
    );
    given(many).when(followTender, follow).thenRefused('too-many-followers');
  });
  it('is for others than the buyer, until the end', () => {
    given(publishedTender()).when(followTender, { by: asBuyer, follows: true }).thenNothing();
    for (const tender of [everyState.closed, everyState.opened]) given(tender).when(followTender, follow).then(followed);
    for (const tender of [everyState.absent, everyState.draft, everyState.dropped])
      given(tender).when(followTender, follow).thenRefused('no-such-tender');
    for (const tender of [everyState.awarded, everyState.unsuccessful, everyState.cancelled])
      given(tender).when(followTender, follow).thenRefused('procedure-is-over');
  });
});
