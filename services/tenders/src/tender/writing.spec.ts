import { given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { cancelTender } from './cancelTender.ts';
import { createDraft } from './createDraft.ts';
import { editTender } from './editTender.ts';
import { evolve } from './evolve.ts';
import { publishTender } from './publishTender.ts';
import {
  asBuyer,
  asStranger,
  before,
  buyer,
  cancelled,
  created,
  deadline,
  drafted,
  everyState,
  justAfter,
  later,
  lotAwarded,
  openedTender,
  published,
  publishedTender,
  scoresOf,
  shown,
  submitted,
  tenderAfter,
  terms,
} from './scenes.fixture.ts';
import type { Tender, TenderFact } from './tender.ts';
import { newTerms, type TermsChanges } from './terms.ts';

const { absent, draft, ...notDraft } = everyState;

describe('creating a draft', () => {
  const create = (written: TermsChanges & { title: string }) => ({
    tenderId: 't1',
    ocid: 'ocds-umuhuza-t1',
    buyer,
    terms: written,
    at: created,
  });

  it('needs no more than a title', () =>
    given(absent)
      .when(createDraft, create({ title: 'An idea' }))
      .then({
        type: 'TenderDrafted',
        tenderId: 't1',
        ocid: 'ocds-umuhuza-t1',
        buyer,
        terms: newTerms({ title: 'An idea' }),
        at: created,
      }));
  it('stays quiet when told again, whatever has become of it', () => {
    for (const tender of [draft, ...Object.values(notDraft)])
      given(tender)
        .when(createDraft, create({ title: 'Another idea' }))
        .thenNothing();
  });
  it('refuses two lots or two criteria of one id', () => {
    const lots = [
      { id: 'a', title: 'One' },
      { id: 'a', title: 'Two' },
    ];
    given(absent)
      .when(createDraft, create({ title: 'T', lots }))
      .thenRefused('duplicate-ids');
    const criteria = [
      { id: 'c', name: 'One', weight: 50, kind: 'quality' as const },
      { id: 'c', name: 'Two', weight: 50, kind: 'quality' as const },
    ];
    given(absent)
      .when(createDraft, create({ title: 'T', criteria }))
      .thenRefused('duplicate-ids');
  });
  it('refuses a budget in another currency than the tender', () =>
    given(absent)
      .when(createDraft, create({ title: 'T', currency: 'EUR', budget: { amount: 1, currency: 'RWF' } }))
      .thenRefused('budget-in-other-currency'));
});

describe('a tender that was never begun', () => {
  it('stays so, whatever fact is told of it', () => {
    for (const fact of [shown, submitted('alpha'), cancelled]) expect(evolve(absent, fact)).toBe(absent);
  });
});

describe('the terms a buyer writes', () => {
  it('take the currency of the budget where only that is named', () => {
    expect(newTerms({ title: 'T', budget: { amount: 1, currency: 'RWF' } }).currency).toBe('RWF');
    expect(newTerms({ title: 'T' }).currency).toBe('EUR');
  });
  it('number new lots and criteria around the ids that are given', () => {
    const { lots, criteria } = newTerms({
      title: 'T',
      lots: [{ title: 'A' }, { id: 'lot-1', title: 'B', description: 'b' }, { title: 'C' }],
      criteria: [{ name: 'Price', weight: 100, kind: 'price' }],
    });
    expect(lots).toEqual([
      { id: 'lot-2', title: 'A', description: '' },
      { id: 'lot-1', title: 'B', description: 'b' },
      { id: 'lot-3', title: 'C', description: '' },
    ]);
    expect(criteria).toEqual([{ id: 'criterion-1', name: 'Price', weight: 100, kind: 'price' }]);
  });
});

describe('editing a draft', () => {
  it('replaces what is named, takes away what is null, and leaves the rest', () =>
    given(draft)
      .when(editTender, { by: asBuyer, changes: { title: 'Better', budget: null, skills: undefined }, at: before })
      .then({ type: 'DraftEdited', terms: { ...withoutBudget, title: 'Better' } }));
  it('stays quiet when nothing changes', () =>
    given(draft)
      .when(editTender, { by: asBuyer, changes: { title: terms.title }, at: before })
      .thenNothing());
  it('refuses what no tender may contain', () =>
    given(draft)
      .when(editTender, { by: asBuyer, changes: { currency: 'USD' }, at: before })
      .thenRefused('budget-in-other-currency'));
  it('shows others not even that it exists', () =>
    given(draft)
      .when(editTender, { by: asStranger, changes: { title: 'Mine now' }, at: before })
      .thenRefused('no-such-tender'));
  it('takes a deadline that has passed; only publishing refuses it', () =>
    given(draft)
      .when(editTender, { by: asBuyer, changes: { deadline: created }, at: before })
      .then({ type: 'DraftEdited', terms: { ...terms, deadline: created } }));
});

const { budget, ...withoutBudget } = terms;

describe('amending a published tender', () => {
  const amend = (changes: TermsChanges, at = before, reason = 'It was asked for.') => ({ by: asBuyer, changes, at, reason });
  const tender = publishedTender(submitted('alpha'));

  it('notes what changed from what to what, when and why', () =>
    given(tender)
      .when(editTender, amend({ sectors: ['ports'] }, before, 'Ports joined.'))
      .then({
        type: 'TenderAmended',
        terms: { ...terms, sectors: ['ports'] },
        changed: ['sectors'],
        changes: [{ term: 'sectors', from: ['logistics'], to: ['ports'] }],
        reason: 'Ports joined.',
        changesWhatIsAsked: true,
        at: before,
      }));
  it('says why, whatever it changes', () => {
    for (const changes of [{ sectors: ['ports'] }, { deadline: later }, { invited: ['alpha'] }])
      given(tender).when(editTender, { by: asBuyer, changes, at: before }).thenRefused('amendment-without-reason');
    given(tender)
      .when(editTender, { by: asBuyer, changes: { sectors: terms.sectors }, at: before })
      .thenNothing();
  });
  it('makes bids invalid when it changes what is asked, and only then', () => {
    const fact = (changesWhatIsAsked: boolean) =>
      ({ type: 'TenderAmended', terms, changed: ['description'], changesWhatIsAsked, at: before }) as const;
    expect(evolve(tender, fact(true))).toMatchObject({ bids: [{ valid: false }] });
    expect(evolve(tender, fact(false))).toMatchObject({ bids: [{ valid: true }] });
  });
  it('says which changes those are', () => {
    const { decision } = given(tender).when(editTender, amend({ description: 'Carriers also print.' }));
    expect(decision).toMatchObject([{ changed: ['description'], changesWhatIsAsked: true }]);
  });
  it('counts everything a bid answers to, from the title to the documents, and not the money, the time or the audience', () => {
    const document = { id: 'd', name: 'd.pdf', type: 'application/pdf', size: 1, sha256: 'a' };
    const asked = {
      title: 'Another portal',
      cpv: ['48000000'],
      skills: ['Java'],
      sectors: ['ports'],
      lots: [{ id: 'build', title: 'Build it all' }],
      currency: 'USD',
      budget: null,
      mustHaves: ['A helpdesk'],
      mustHaveCodes: ['signed-nda'],
      paymentTerms: '30 days net.',
      milestones: [{ title: 'Go-live' }],
      documents: [document],
      languages: [],
      criteria: [{ id: 'price', name: 'Price', weight: 100, kind: 'price' }],
      startsOn: '2027-03-01',
      durationMonths: 6,
      workingHoursOverlap: 2,
    } as const;
    const { budget: _, ...each } = asked;
    for (const [term, value] of Object.entries(each)) {
      const changes = term === 'currency' ? { currency: 'USD', budget: null } : { [term]: value };
      expect([term, given(tender).when(editTender, amend(changes)).decision]).toMatchObject([
        term,
        [{ changesWhatIsAsked: true }],
      ]);
    }
    for (const changes of [
      { budget: { amount: 1, currency: 'EUR' } },
      { showBudget: true },
      { invited: ['alpha'] },
      { standstillDays: 10 },
      { deadline: later },
    ])
      expect(given(tender).when(editTender, amend(changes)).decision).toMatchObject([{ changesWhatIsAsked: false }]);
  });
  it('keeps a budget that is hidden before or after for the buyer', () => {
    const budget = { amount: 1, currency: 'EUR' };
    expect(given(tender).when(editTender, amend({ budget })).decision).toMatchObject([
      { changes: [{ term: 'budget', from: terms.budget, to: budget, hidden: true }] },
    ]);
    expect(given(tender).when(editTender, amend({ budget, showBudget: true })).decision).toMatchObject([
      {
        changes: [
          { term: 'budget', hidden: true },
          { term: 'showBudget', from: false, to: true },
        ],
      },
    ]);
  });
  it('keeps its history within what a document can hold', () =>
    given(tender)
      .when(editTender, amend({ sectors: Array.from({ length: 10_000 }, (_, n) => `${n} `.padEnd(110, 'x')) }))
      .thenRefused('too-many-amendments'));
  it('stays quiet when nothing changes', () => {
    given(tender)
      .when(editTender, amend({ lots: terms.lots }))
      .thenNothing();
    given(tender)
      .when(editTender, amend({ invited: [], mustHaveCodes: [], milestones: [] }))
      .thenNothing();
  });
  it('moves the deadline later, never earlier', () => {
    given(tender)
      .when(editTender, amend({ deadline: later }))
      .then({
        type: 'TenderAmended',
        terms: { ...terms, deadline: later },
        changed: ['deadline'],
        changes: [{ term: 'deadline', from: deadline, to: later }],
        reason: 'It was asked for.',
        changesWhatIsAsked: false,
        at: before,
      });
    given(tender)
      .when(editTender, amend({ deadline: '2027-01-25T00:00:00.000Z' }))
      .thenRefused('deadline-only-later');
  });
  it('changes what is asked in the last four days only with a later deadline', () => {
    const lastDays = '2027-01-28T22:59:59.001Z';
    given(tender)
      .when(editTender, amend({ description: 'More.' }, lastDays))
      .thenRefused('too-close-to-deadline');
    expect(given(tender).when(editTender, amend({ description: 'More.' }, '2027-01-28T22:59:59.000Z')).decision).toHaveLength(1);
    expect(given(tender).when(editTender, amend({ description: 'More.', deadline: later }, lastDays)).decision).toHaveLength(1);
  });
  it('keeps it complete and free of contradictions', () => {
    given(tender)
      .when(editTender, amend({ description: '' }))
      .thenRefused('tender-not-complete');
    given(tender)
      .when(editTender, amend({ deadline: null }))
      .thenRefused('tender-not-complete');
    given(tender)
      .when(editTender, amend({ currency: 'USD' }))
      .thenRefused('budget-in-other-currency');
  });
  it('ends with the deadline, whether or not a timer has closed the bidding', () => {
    given(tender)
      .when(editTender, amend({ sectors: [] }, justAfter))
      .thenRefused('bidding-is-over');
    for (const over of [everyState.closed, everyState.opened])
      given(over)
        .when(editTender, amend({ sectors: [] }))
        .thenRefused('bidding-is-over');
    for (const over of [everyState.awarded, everyState.unsuccessful, everyState.cancelled, everyState.dropped])
      given(over)
        .when(editTender, amend({ sectors: [] }))
        .thenRefused('procedure-is-over');
  });
  it('is not done without end', () => {
    const amended = Array.from(
      { length: 50 },
      (_, n) => ({ type: 'TenderAmended', terms, changed: [], reason: `${n}`, changesWhatIsAsked: false, at: before }) as const,
    );
    given(publishedTender(...amended))
      .when(editTender, amend({ sectors: [] }))
      .thenRefused('too-many-amendments');
  });
  it('is the buyer’s alone', () => {
    given(tender)
      .when(editTender, { by: asStranger, changes: { sectors: [] }, at: before })
      .thenRefused('only-the-buyer');
    given(absent)
      .when(editTender, amend({ sectors: [] }))
      .thenRefused('no-such-tender');
  });
});

describe('publishing a tender', () => {
  const publish = { by: asBuyer, buyerName: buyer.name, at: published };
  const draftWith = (changes: Partial<typeof terms>) => tenderAfter({ ...drafted, terms: { ...terms, ...changes } } as never);

  it('shows a complete draft', () =>
    given(draft).when(publishTender, publish).then({ type: 'TenderPublished', terms, buyerName: buyer.name, at: published }));
  it('makes one lot of a tender without lots', () =>
    expect(given(draftWith({ lots: [] })).when(publishTender, publish).decision).toMatchObject([
      { terms: { lots: [{ id: 'lot-1', title: terms.title, description: '' }] } },
    ]));
  it('stays quiet when told again', () => given(everyState.published).when(publishTender, publish).thenNothing());
  it('names all that is missing', () => {
    const { decision } = given(tenderAfter({ ...drafted, terms: newTerms({ title: 'T' }) } as never)).when(
      publishTender,
      publish,
    );
    expect(decision).toEqual({
      refused: 'tender-not-complete',
      detail: 'It needs a description, a CPV code or a skill, criteria whose weights sum to 100 (now 0), a deadline.',
    });
  });
  it('needs weights of 100 and not two price criteria', () => {
    const [price] = terms.criteria;
    if (!price) throw new Error('the scene has a price criterion');
    given(draftWith({ criteria: [price] }))
      .when(publishTender, publish)
      .thenRefused('tender-not-complete');
    given(
      draftWith({
        criteria: [
          { ...price, weight: 50 },
          { ...price, id: 'again', weight: 50 },
        ],
      }),
    )
      .when(publishTender, publish)
      .thenRefused('tender-not-complete');
  });
  it('needs a deadline that is still to come', () =>
    given(draft)
      .when(publishTender, { ...publish, at: deadline })
      .thenRefused('deadline-not-in-future'));
  it('waits until the buyer’s registration has arrived', () =>
    given(draft)
      .when(publishTender, { ...publish, buyerName: undefined })
      .thenRefused('buyer-unknown-yet'));
  it('is done once, by the buyer', () => {
    given(draft)
      .when(publishTender, { ...publish, by: asStranger })
      .thenRefused('no-such-tender');
    given(absent).when(publishTender, publish).thenRefused('no-such-tender');
    const { closed, opened, awarded, unsuccessful, cancelled: ended, dropped } = everyState;
    for (const tender of [closed, opened, awarded, unsuccessful, ended, dropped])
      given(tender).when(publishTender, publish).thenRefused('not-a-draft');
  });
});

describe('cancelling a tender', () => {
  const cancel = { by: asBuyer, reason: 'The project was stopped.', at: later };

  it('is possible from the draft until the first award', () => {
    for (const tender of [draft, everyState.published, everyState.closed])
      given(tender).when(cancelTender, cancel).then(cancelled);
    expect(given(everyState.opened).when(cancelTender, cancel).decision).toContainEqual(cancelled);
  });
  it('tells every bidder of an opened bid the end of each lot that was open, with its own place where all were scored', () => {
    const end = {
      outcome: 'lost',
      because: 'no-award',
      said: cancel.reason,
      reason: `The tender was cancelled: ${cancel.reason}`,
    };
    const decisionOn = (tender: Tender) => given(tender).when(cancelTender, cancel).decision as TenderFact[];
    const unscored = decisionOn(openedTender());
    expect(unscored).toMatchObject([
      { type: 'BidderInformed', lotId: 'build', organisationId: 'alpha', ...end },
      { type: 'BidderInformed', lotId: 'build', organisationId: 'beta', ...end },
      { type: 'BidderInformed', lotId: 'run', organisationId: 'alpha', ...end },
      { type: 'TenderCancelled' },
    ]);
    for (const fact of unscored) expect(fact).not.toHaveProperty('rank');
    const scored = openedTender(scoresOf({ alpha: 90, beta: 50 }));
    expect(decisionOn(scored)).toMatchObject([{ rank: 1, of: 2 }, { rank: 2, of: 2 }, { rank: 1, of: 1 }, {}]);
    expect(decisionOn(scored).reduce(evolve, scored)).toMatchObject({
      status: 'cancelled',
      opening: { outcomes: [{ organisationId: 'alpha' }, { organisationId: 'beta' }, { organisationId: 'alpha' }] },
    });
  });
  it('tells nothing again of a lot that was ended before', () => {
    const ended: TenderFact = { type: 'LotDeclaredUnsuccessful', lotId: 'build', code: 'other', reason: 'So.', at: later };
    expect(given(openedTender(ended)).when(cancelTender, cancel).decision).toMatchObject([
      { type: 'BidderInformed', lotId: 'run', organisationId: 'alpha' },
      { type: 'TenderCancelled' },
    ]);
  });
  it('leaves nothing of the bids before opening', () => {
    expect(JSON.stringify(evolve(everyState.published, cancelled))).not.toMatch(/alpha|bid-|content-|digest/);
    expect(JSON.stringify(evolve(everyState.closed, cancelled))).not.toMatch(/alpha|bid-|content-|digest/);
  });
  it('keeps the opened bids for those who gave and read them', () =>
    expect(evolve(everyState.opened, cancelled)).toMatchObject({ opening: { bids: [{ bidder: 'alpha' }, { bidder: 'beta' }] } }));
  it('of a draft stays unknown to everybody else', () =>
    expect(evolve(draft, cancelled)).toMatchObject({ status: 'dropped', reason: 'The project was stopped.' }));
  it('stays quiet when told again', () => {
    for (const tender of [everyState.cancelled, everyState.dropped]) given(tender).when(cancelTender, cancel).thenNothing();
  });
  it('is too late after an award or the end', () => {
    given(openedTender(lotAwarded('run', 'alpha')))
      .when(cancelTender, cancel)
      .thenRefused('a-lot-is-awarded');
    for (const tender of [everyState.awarded, everyState.unsuccessful])
      given(tender).when(cancelTender, cancel).thenRefused('procedure-is-over');
  });
  it('is the buyer’s alone', () => {
    given(absent).when(cancelTender, cancel).thenRefused('no-such-tender');
    given(draft)
      .when(cancelTender, { ...cancel, by: asStranger })
      .thenRefused('no-such-tender');
    given(everyState.published)
      .when(cancelTender, { ...cancel, by: asStranger })
      .thenRefused('only-the-buyer');
  });
});
