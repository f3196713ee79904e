import { describe, expect, it } from 'vitest';
import { evolve } from './tender/evolve.ts';
import { contractOffered, drafted, later, lotAwarded, openedTender, shown, tenderAfter, terms } from './tender/scenes.fixture.ts';
import type { Tender, TenderFact } from './tender/tender.ts';
import { toPublicEvents } from './toPublicEvents.ts';

const told = (tender: Tender, fact: TenderFact) =>
  toPublicEvents('t1', fact, evolve(tender, fact)).map(({ type, data }) => ({ type, data: data as Record<string, unknown> }));

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
