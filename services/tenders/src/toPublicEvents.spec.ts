import { describe, expect, it } from 'vitest';
import { evolve } from './tender/evolve.ts';
import {
  before,
  closed,
  contractOffered,
  drafted,
  later,
  lotAwarded,
  openedTender,
  publishedTender,
  shown,
  submitted,
  tenderAfter,
  terms,
} from './tender/scenes.fixture.ts';
import type { Tender, TenderFact } from './tender/tender.ts';
import { toPublicEvents } from './toPublicEvents.ts';

const publicEvents = toPublicEvents((tenderId, owners) => `${tenderId}: ${owners.join()}`);
const told = (tender: Tender, fact: TenderFact) =>
  publicEvents('t1', fact, evolve(tender, fact), tender).map(({ type, data }) => ({
    type,
    data: data as Record<string, unknown>,
  }));

const awarded = openedTender(lotAwarded('build', 'alpha'));
const informed: TenderFact = {
  type: 'BidderInformed',
  lotId: 'build',
  bidId: 'bid-beta',
  organisationId: 'beta',
  outcome: 'lost',
  reason: 'Rank 2.',
  at: later,
};
const declined: TenderFact = {
  type: 'AwardLapsed',
  lotId: 'build',
  bidId: 'bid-alpha',
  winner: 'alpha',
  how: 'declined',
  reason: 'No team.',
  at: later,
};

describe('the owners of sealed bids', () => {
  const amended = (changesWhatIsAsked: boolean): TenderFact => ({
    type: 'TenderAmended',
    terms: { ...terms, description: 'Carriers also print.' },
    changed: ['description'],
    changesWhatIsAsked,
    at: before,
  });
  const cancelled: TenderFact = { type: 'TenderCancelled', reason: 'Stopped.', at: later };
  const two = [submitted('alpha', { owner: 'A' }), submitted('beta', { owner: 'B', valid: false })];
  const ownersIn = (tender: Tender, fact: TenderFact) => told(tender, fact).map(({ data }) => data.owners);

  it('go, sealed, with what takes all bids their worth', () => {
    expect(ownersIn(publishedTender(...two), amended(true))).toEqual(['t1: A,B']);
    expect(ownersIn(publishedTender(...two), cancelled)).toEqual(['t1: A,B']);
    expect(ownersIn(publishedTender(...two, closed), cancelled)).toEqual(['t1: A,B']);
  });
  it('are as many as have a bid now: who withdrew it is none, nor is who gave one before owners were sealed', () => {
    const withdrawn: TenderFact = { type: 'BidWithdrawn', bidId: 'bid-alpha' };
    expect(ownersIn(publishedTender(...two, withdrawn, submitted('gamma')), amended(true))).toEqual(['t1: B']);
  });
  it('are listed as well where there are none', () => {
    expect(ownersIn(publishedTender(), amended(true))).toEqual(['t1: ']);
    expect(ownersIn(publishedTender(), cancelled)).toEqual(['t1: ']);
  });
  it('go with nothing else: neither with an amendment that leaves bids valid, nor once bids are open', () => {
    expect(ownersIn(publishedTender(...two), amended(false))).toEqual([undefined]);
    expect(ownersIn(openedTender(), cancelled)).toEqual([undefined]);
  });
  it('are gone from the bids with the opening, which says who gave them', () => {
    const opened = openedTender();
    expect(opened.status).toBe('opened');
    expect(JSON.stringify(opened)).not.toContain('"owner"');
    const sealed = publishedTender(...two, closed);
    const bids = [{ bidId: 'bid-alpha', bidder: 'alpha', digest: 'd', prices: [] }];
    const after = evolve(sealed, { type: 'BidsOpened', bids, at: later });
    expect(after).toMatchObject({ bids: [{ bidder: 'alpha' }], unopened: [{ bidId: 'bid-beta' }] });
    expect(JSON.stringify(after)).not.toContain('"owner"');
  });
});

describe('what leaves the service of a lot', () => {
  const ofLots: readonly TenderFact[] = [
    lotAwarded('build', 'alpha'),
    informed,
    declined,
    { type: 'LotDeclaredUnsuccessful', lotId: 'build', reason: 'Too dear.', at: later },
    contractOffered('build'),
    {
      type: 'ClarificationAsked',
      lotId: 'build',
      bidId: 'bid-beta',
      bidder: 'beta',
      clarificationId: 'k',
      question: 'Why?',
      at: later,
    },
  ];
  it.each(ofLots.map((fact) => [fact.type, fact] as const))('names it where there are several: %s', (_, fact) => {
    const before = fact.type === 'LotAwarded' || fact.type === 'LotDeclaredUnsuccessful' ? openedTender() : awarded;
    expect(told(before, fact)[0]?.data).toMatchObject({ lotId: 'build', lotTitle: 'Build it' });
  });
  it('needs no name where it is the only one', () => {
    const one = tenderAfter(
      drafted,
      { ...shown, terms: { ...terms, lots: terms.lots.slice(0, 1) } } as TenderFact,
      { type: 'BiddingClosed', at: later },
      { type: 'BidsOpened', bids: [], at: later },
    );
    const [event] = told(one, lotAwarded('build', 'alpha'));
    expect(event?.type).toBe('LotAwarded');
    expect(event?.data).not.toHaveProperty('lotTitle');
  });
});

describe('the platform’s own reasons', () => {
  it('leave with what they say', () => {
    const ranking = { because: 'ranking', rank: 1, points: 86 } as const;
    expect(told(openedTender(), { ...lotAwarded('build', 'alpha'), ...ranking } as TenderFact)[0]?.data).toMatchObject({
      because: 'ranking',
      rank: 1,
      score: 86,
    });
    const lost = { because: 'ranking', rank: 2, points: 70, of: 2, winningPoints: 86, said: 'The soundest.' } as const;
    expect(told(awarded, { ...informed, ...lost } as TenderFact)[0]?.data).toMatchObject({
      because: 'ranking',
      rank: 2,
      score: 70,
      of: 2,
      winningScore: 86,
      said: 'The soundest.',
    });
    const nobody = { because: 'nobody-left', how: 'declined' } as const;
    for (const fact of [
      { type: 'LotDeclaredUnsuccessful', lotId: 'build', reason: 'None left.', at: later, ...nobody },
      { type: 'TenderDeclaredUnsuccessful', reason: 'None left.', at: later, ...nobody },
    ] as const)
      expect(told(openedTender(), fact)[0]?.data).toMatchObject(nobody);
  });
  it('of a disqualified bid are its ground and the buyer’s words', () => {
    const out = { outcome: 'disqualified', code: 'incomplete', reason: 'Two pages.' } as const;
    expect(told(awarded, { ...informed, ...out } as TenderFact)[0]?.data).toMatchObject(out);
  });
  it('are not made up for what an earlier version decided', () => {
    for (const fact of [lotAwarded('build', 'alpha'), informed]) {
      const [event] = told(openedTender(), fact);
      for (const name of ['because', 'how', 'said', 'code', 'of', 'winningScore']) expect(event?.data).not.toHaveProperty(name);
    }
  });
});
