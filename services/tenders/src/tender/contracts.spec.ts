import { given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { addMilestoneDocument, milestoneDocumentsOf } from './addMilestoneDocument.ts';
import { answerClarification } from './answerClarification.ts';
import { askClarification } from './askClarification.ts';
import { awardLot } from './awardLot.ts';
import { declineAward } from './declineAward.ts';
import { disqualifyBid } from './disqualifyBid.ts';
import { evolve } from './evolve.ts';
import { noteWithdrawal } from './noteWithdrawal.ts';
import { offerContract } from './offerContract.ts';
import { presentOutcomes } from './outcomes.ts';
import {
  afterStandstill,
  asBuyer,
  asFirm,
  asStranger,
  contractOffered,
  drafted,
  euros,
  everyState,
  forBoth,
  later,
  lotAwarded,
  openedTender,
  opened as openedWith,
  publishedTender,
  scoresOf,
  shown,
  standstillEnds,
  submitted,
  tenderAfter,
  terms,
} from './scenes.fixture.ts';
import { signContract } from './signContract.ts';
import { signOffMilestone } from './signOffMilestone.ts';
import { type Opened, openingOf, type Tender, type TenderFact } from './tender.ts';

const { absent, published, closed, opened, unsuccessful, cancelled } = everyState;
const informed = (bidder: string, outcome: 'won' | 'lost'): TenderFact => ({
  type: 'BidderInformed',
  lotId: 'build',
  bidId: `bid-${bidder}`,
  organisationId: bidder,
  outcome,
  ...(bidder === 'alpha' ? { rank: 1, points: 86 } : { rank: 2, points: 70 }),
  of: 2,
  ...(outcome === 'lost' ? { winningPoints: 86, because: 'ranking', said: 'The best.' } : {}),
  reason: 'So it is.',
  at: later,
});
/** Building goes to alpha with 86 points before beta with 70; only alpha bids for running. */
const building = (...facts: readonly TenderFact[]): Tender =>
  openedTender(
    scoresOf({ alpha: 90, beta: 50 }),
    lotAwarded('build', 'alpha'),
    informed('alpha', 'won'),
    informed('beta', 'lost'),
    ...facts,
  );
const completed: TenderFact = { type: 'TenderCompleted', at: later };
const both = (...facts: readonly TenderFact[]): Tender => building(lotAwarded('run', 'alpha'), completed, ...facts);
const signed = (lotId: string): TenderFact => ({ type: 'ContractSigned', lotId, at: afterStandstill });
const lapsed = (lotId: string, bidder: string, how: 'declined' | 'withdrawn' = 'declined'): TenderFact => ({
  type: 'AwardLapsed',
  lotId,
  bidId: `bid-${bidder}`,
  winner: bidder,
  how,
  reason: 'No team.',
  at: later,
});

describe('declining an award', () => {
  it('is never the buyer’s to do, not even before there is one', () => {
    for (const tender of [everyState.draft, published, closed, building(), both()])
      given(tender).when(declineAward, { by: asBuyer, lotId: 'build', reason: 'No.', at: later }).thenRefused('not-the-winner');
  });
  const decline = { by: asFirm('alpha'), lotId: 'build', reason: 'No team.', at: later };
  const passedOn = [
    lapsed('build', 'alpha'),
    {
      type: 'LotAwarded',
      lotId: 'build',
      bidId: 'bid-beta',
      winner: 'beta',
      value: euros(800),
      rank: 2,
      points: 70,
      reason: 'Rank 2 with 70 of 100 points, and the award passes on: the bid before it was awarded and declined.',
      because: 'passed-on',
      how: 'declined',
      at: later,
    },
    {
      type: 'BidderInformed',
      lotId: 'build',
      bidId: 'bid-beta',
      organisationId: 'beta',
      outcome: 'won',
      rank: 2,
      of: 2,
      points: 70,
      reason: 'Rank 2 with 70 of 100 points, and the award passes on: the bid before it was awarded and declined.',
      because: 'passed-on',
      how: 'declined',
      at: later,
    },
  ];

  it('passes the lot to the next in the ranking, who is told; also when the tender is complete', () => {
    for (const tender of [building(), both()]) expect(given(tender).when(declineAward, decline).decision).toEqual(passedOn);
  });
  it('leaves each bidder one outcome', () =>
    expect(building(...(passedOn.slice(0, 2) as TenderFact[]), informed('beta', 'won'))).toMatchObject({
      results: [{ lotId: 'build', winner: 'beta' }],
      outcomes: [
        { organisationId: 'alpha', outcome: 'declined', reason: 'No team.' },
        { organisationId: 'beta', outcome: 'won' },
      ],
    }));
  it('ends the lot when nobody is left, and the tender with its last award', () => {
    expect(given(both()).when(declineAward, { ...decline, lotId: 'run' }).decision).toMatchObject([
      lapsed('run', 'alpha'),
      { type: 'LotDeclaredUnsuccessful', lotId: 'run', code: 'winner-refused', because: 'nobody-left', how: 'declined' },
    ]);
    const unsuccessfulBuild: TenderFact = {
      type: 'LotDeclaredUnsuccessful',
      lotId: 'build',
      code: 'other',
      reason: 'No.',
      at: later,
    };
    const runOnly = openedTender(scoresOf({ alpha: 90 }), unsuccessfulBuild, lotAwarded('run', 'alpha'), completed);
    const last = given(runOnly).when(declineAward, { ...decline, lotId: 'run' }).decision as TenderFact[];
    expect(last).toMatchObject([
      { type: 'AwardLapsed' },
      { type: 'LotDeclaredUnsuccessful' },
      { type: 'TenderDeclaredUnsuccessful', code: 'winner-refused', because: 'nobody-left', how: 'declined' },
    ]);
    const over = openedTender(scoresOf({ alpha: 90 }), unsuccessfulBuild, lotAwarded('run', 'alpha'), completed, ...last);
    // That it had been complete is a thing that everybody was told.
    expect(over).toMatchObject({ status: 'unsuccessful', completedAt: later, endedAt: later, because: 'nobody-left' });
  });
  it('tells the one who declined its own reason, and no other', () => {
    const { outcomes } = openedTender(
      { ...informed('alpha', 'won'), because: 'ranking' } as TenderFact,
      lapsed('build', 'alpha'),
    ) as Opened;
    expect(outcomes).toMatchObject([{ outcome: 'declined', rank: 1, of: 2, points: 86, reason: 'No team.' }]);
    expect(outcomes[0]).not.toHaveProperty('because');
  });
  describe('to the next in the ranking it was made by', () => {
    // Gamma is cheapest by far: without it the price points of all others would be others.
    const prices = { alpha: 1_000, beta: 800, gamma: 400 };
    const threeBids = publishedTender(
      ...Object.keys(prices).map((bidder) => submitted(bidder)),
      { type: 'BiddingClosed', at: later },
      openedWith(Object.fromEntries(Object.entries(prices).map(([bidder, price]) => [bidder, forBoth(price, price)]))),
      scoresOf({ alpha: 81, beta: 74, gamma: 90 }),
    );
    const decided = (tender: Tender, decision: unknown): Tender => (decision as TenderFact[]).reduce(evolve, tender);
    const award = (tender: Tender, bidder: string): Tender =>
      decided(tender, awardLot(tender, { by: asBuyer, lotId: 'build', bidId: `bid-${bidder}`, at: later }));
    const disqualify = (tender: Tender, bidder: string): Tender =>
      decided(
        tender,
        disqualifyBid(tender, { by: asBuyer, bidId: `bid-${bidder}`, code: 'incomplete', reason: 'Two pages.', at: later }),
      );
    const awardedToGamma = award(threeBids, 'gamma');
    const declinesOf = (tender: Tender) => given(tender).when(declineAward, { ...decline, by: asFirm('gamma') }).decision;
    const pointsOf = (tender: Tender, bidder: string) =>
      openingOf(tender)?.outcomes.find(({ organisationId }) => organisationId === bidder)?.points;

    it('with the points its bidder was told', () => {
      expect(pointsOf(awardedToGamma, 'alpha')).toBe(64.6);
      expect(pointsOf(awardedToGamma, 'beta')).toBe(64.4);
      expect(declinesOf(awardedToGamma)).toMatchObject([
        { type: 'AwardLapsed' },
        { type: 'LotAwarded', winner: 'alpha', rank: 2, points: 64.6 },
        { organisationId: 'alpha', outcome: 'won', rank: 2, of: 3, points: 64.6 },
      ]);
    });
    it('with the points of the one who has it now for whoever lost, in its own words', () => {
      const before = award(threeBids, 'gamma');
      const losersOf = (tender: Tender) => presentOutcomes(tender as Opened).filter(({ outcome }) => outcome === 'lost');
      expect(losersOf(before)).toMatchObject([
        { organisationId: 'alpha', winningPoints: 94 },
        { organisationId: 'beta', winningPoints: 94 },
      ]);
      expect(losersOf(decided(before, declinesOf(before)))).toMatchObject([
        {
          organisationId: 'beta',
          points: 64.4,
          winningPoints: 64.6,
          reason:
            'Rank 3 of 3 with 64.4 of 100 points; the winning bid has 64.6. Rank 2 with 64.6 of 100 points, and the award passes on: the bid before it was awarded and declined.',
        },
      ]);
    });
    it('whoever was disqualified since is passed over and told so; nobody else’s place changes', () => {
      expect(declinesOf(disqualify(awardedToGamma, 'alpha'))).toMatchObject([
        { type: 'AwardLapsed' },
        { organisationId: 'alpha', outcome: 'disqualified', code: 'incomplete', reason: 'Two pages.' },
        { type: 'LotAwarded', winner: 'beta', rank: 3, points: 64.4 },
        { organisationId: 'beta', outcome: 'won', rank: 3, points: 64.4 },
      ]);
    });
    it('nor do anybody’s points, when the cheapest is out since', () => {
      const toAlpha = award(decided(threeBids, [scoresOf({ alpha: 100, beta: 80, gamma: 0 })]), 'alpha');
      expect(pointsOf(toAlpha, 'beta')).toBe(68);
      expect(given(disqualify(toAlpha, 'gamma')).when(declineAward, decline).decision).toMatchObject([
        { type: 'AwardLapsed' },
        { type: 'LotAwarded', winner: 'beta', rank: 2, points: 68 },
        { organisationId: 'beta', points: 68, shares: [{ points: 20 }, { points: 48 }] },
      ]);
    });
    it('and with nobody left each of them learns why', () => {
      const none = disqualify(disqualify(awardedToGamma, 'alpha'), 'beta');
      expect(declinesOf(none)).toMatchObject([
        { type: 'AwardLapsed' },
        { organisationId: 'alpha', outcome: 'disqualified' },
        { organisationId: 'beta', outcome: 'disqualified' },
        { type: 'LotDeclaredUnsuccessful', because: 'nobody-left' },
      ]);
    });
  });
  it('never comes back to one who declined', () =>
    expect(
      given(building(lapsed('build', 'alpha'), lotAwarded('build', 'beta'))).when(declineAward, {
        ...decline,
        by: asFirm('beta'),
      }).decision,
    ).toMatchObject([{ type: 'AwardLapsed', winner: 'beta' }, { type: 'LotDeclaredUnsuccessful' }]));
  it('stays quiet when told again', () =>
    given(building(lapsed('build', 'alpha'), lotAwarded('build', 'beta')))
      .when(declineAward, decline)
      .thenNothing());
  it('is the winner’s, until it has signed', () => {
    given(building())
      .when(declineAward, { ...decline, by: asFirm('beta') })
      .thenRefused('not-the-winner');
    given(building())
      .when(declineAward, { ...decline, by: asBuyer })
      .thenRefused('not-the-winner');
    given(building())
      .when(declineAward, { ...decline, lotId: 'run' })
      .thenRefused('lot-not-awarded');
    given(building())
      .when(declineAward, { ...decline, lotId: 'x' })
      .thenRefused('no-such-lot');
    expect(given(building(contractOffered('build'))).when(declineAward, decline).decision).toHaveLength(3);
    given(building(contractOffered('build'), signed('build')))
      .when(declineAward, decline)
      .thenRefused('contract-is-signed');
    for (const tender of [published, closed]) given(tender).when(declineAward, decline).thenRefused('bids-not-opened');
    for (const tender of [unsuccessful, cancelled]) given(tender).when(declineAward, decline).thenRefused('procedure-is-over');
    given(absent).when(declineAward, decline).thenRefused('no-such-tender');
  });
});

describe('noting that a winner withdrew', () => {
  const note = { by: asBuyer, lotId: 'build', bidId: 'bid-alpha', reason: 'It is insolvent.', at: later };

  it('passes the lot on as a decline does', () =>
    expect(given(building()).when(noteWithdrawal, note).decision).toMatchObject([
      { type: 'AwardLapsed', how: 'withdrawn', reason: 'It is insolvent.' },
      { type: 'LotAwarded', winner: 'beta' },
      { outcome: 'won' },
    ]));
  it('noted again takes nothing from the next one', () => {
    const passed = building(lapsed('build', 'alpha', 'withdrawn'), lotAwarded('build', 'beta'));
    given(passed).when(noteWithdrawal, note).thenNothing();
    expect(given(passed).when(noteWithdrawal, { ...note, bidId: 'bid-beta' }).decision).toHaveLength(2);
  });
  it('is the buyer’s, of the winning bid, until it has signed', () => {
    given(building())
      .when(noteWithdrawal, { ...note, bidId: 'bid-beta' })
      .thenRefused('no-such-bid');
    given(building())
      .when(noteWithdrawal, { ...note, by: asFirm('beta') })
      .thenRefused('only-the-buyer');
    given(opened).when(noteWithdrawal, note).thenRefused('lot-not-awarded');
    given(building(contractOffered('build'), signed('build')))
      .when(noteWithdrawal, note)
      .thenRefused('contract-is-signed');
  });
});

describe('offering the contract', () => {
  const offer = { by: asBuyer, lotId: 'build', contractId: 'c1', at: afterStandstill };
  const milestones = [{ id: 'milestone-1', title: 'Everything is delivered and accepted' }];

  it('is possible once the standstill is over, to its very instant', () => {
    given(building())
      .when(offerContract, { ...offer, at: standstillEnds })
      .then({ type: 'ContractOffered', lotId: 'build', contractId: 'c1', milestones, at: standstillEnds });
    expect(given(building()).when(offerContract, { ...offer, at: '2027-02-07T07:59:59.999Z' }).decision).toEqual({
      refused: 'standstill-not-over',
      detail: `It ends at ${standstillEnds}.`,
    });
  });
  it('comes at once where the tender has no standstill, with the milestones of the tender', () => {
    const quick = tenderAfter(
      drafted,
      { ...shown, terms: { ...terms, standstillDays: 0, milestones: [{ id: 'm', title: 'M' }] } } as TenderFact,
      { type: 'BiddingClosed', at: later },
      { type: 'BidsOpened', bids: [], at: later },
      lotAwarded('build', 'alpha'),
    );
    expect(given(quick).when(offerContract, { ...offer, at: later }).decision).toMatchObject([
      { milestones: [{ id: 'm', title: 'M' }] },
    ]);
  });
  it('names its own milestones where the buyer wants others', () => {
    expect(
      given(building()).when(offerContract, { ...offer, milestones: [{ title: 'A' }, { title: 'B' }] }).decision,
    ).toMatchObject([
      {
        milestones: [
          { id: 'milestone-1', title: 'A' },
          { id: 'milestone-2', title: 'B' },
        ],
      },
    ]);
    given(building())
      .when(offerContract, {
        ...offer,
        milestones: [
          { id: 'a', title: 'A' },
          { id: 'a', title: 'B' },
        ],
      })
      .thenRefused('duplicate-ids');
  });
  it('may be made anew until it is signed; quiet when told again', () => {
    expect(given(building(contractOffered('build'))).when(offerContract, offer).decision).toHaveLength(1);
    given(building(contractOffered('build')))
      .when(offerContract, { ...offer, contractId: 'contract-build' })
      .thenNothing();
    given(building(contractOffered('build'), signed('build')))
      .when(offerContract, offer)
      .thenRefused('contract-is-signed');
  });
  it('begins its standstill anew when the award passes on', () =>
    given(building(lapsed('build', 'alpha'), { ...lotAwarded('build', 'beta'), at: afterStandstill } as TenderFact))
      .when(offerContract, offer)
      .thenRefused('standstill-not-over'));
  it('is the buyer’s, about an awarded lot', () => {
    given(building())
      .when(offerContract, { ...offer, by: asFirm('alpha') })
      .thenRefused('only-the-buyer');
    given(building())
      .when(offerContract, { ...offer, lotId: 'run' })
      .thenRefused('lot-not-awarded');
    given(published).when(offerContract, offer).thenRefused('bids-not-opened');
    given(unsuccessful).when(offerContract, offer).thenRefused('procedure-is-over');
  });
});

describe('signing the contract', () => {
  const sign = { by: asFirm('alpha'), lotId: 'build', contractId: 'contract-build', at: afterStandstill };

  it('is the winner’s, of the offer it has read, once', () => {
    given(building(contractOffered('build')))
      .when(signContract, sign)
      .then(signed('build'));
    given(building(contractOffered('build'), signed('build')))
      .when(signContract, sign)
      .thenNothing();
    given(building(contractOffered('build')))
      .when(signContract, { ...sign, contractId: 'older' })
      .thenRefused('no-such-contract');
    given(building()).when(signContract, sign).thenRefused('no-such-contract');
    for (const by of [asFirm('beta'), asBuyer, asStranger])
      given(building(contractOffered('build')))
        .when(signContract, { ...sign, by })
        .thenRefused('not-the-winner');
  });
});

describe('an award that came to nothing', () => {
  it('is noted once, also after others came to nothing', () => {
    const lapsed = (lotId: string, bidder: string): TenderFact => ({
      ...{ type: 'AwardLapsed', lotId, bidId: `bid-${bidder}`, winner: bidder, how: 'withdrawn' },
      ...{ reason: 'Silent.', at: later },
    });
    const note = { by: asBuyer, lotId: 'build', bidId: 'bid-alpha', reason: 'Silent.', at: later };
    given(
      openedTender(lotAwarded('build', 'alpha'), lapsed('build', 'alpha'), lotAwarded('build', 'beta'), lapsed('build', 'beta')),
    )
      .when(noteWithdrawal, note)
      .thenNothing();
  });
  it('is remembered as it was, and the other lot’s stands', () => {
    const ofBuild = { ...(lotAwarded('build', 'beta') as object), value: euros(800) } as TenderFact;
    const lapse = { lotId: 'run', bidId: 'bid-alpha', winner: 'alpha', how: 'declined', reason: 'No.', at: later } as const;
    expect(openedTender(ofBuild, lotAwarded('run', 'alpha'), { type: 'AwardLapsed', ...lapse })).toMatchObject({
      results: [{ lotId: 'build', winner: 'beta' }],
      lapses: [{ ...lapse, awarded: { value: euros(1_000), reason: 'The best.', at: later } }],
    });
  });
});

describe('a contract', () => {
  it('is about one lot: what is signed or signed off there changes no other', () => {
    const offers = [contractOffered('build'), contractOffered('run')];
    const tender = openedTender(lotAwarded('build', 'alpha'), lotAwarded('run', 'alpha'), ...offers, signed('build'), {
      ...{ type: 'MilestoneSignedOff', lotId: 'build', milestoneId: 'design', side: 'buyer' },
      at: afterStandstill,
    });
    const contractOf = (lotId: string) =>
      tender.status === 'opened' ? tender.results.find((one) => one.lotId === lotId) : undefined;
    expect(contractOf('build')).toMatchObject({
      contract: {
        contractId: 'contract-build',
        signedAt: afterStandstill,
        milestones: [{ signedOff: { buyer: afterStandstill } }, {}],
      },
    });
    expect(contractOf('run')).toMatchObject({ contract: { contractId: 'contract-run', milestones: [{ signedOff: {} }, {}] } });
    expect(contractOf('run')).not.toHaveProperty('contract.signedAt');
  });
});

describe('what is done with an award', () => {
  it('needs one: not a lot that is open, nor one without an award, nor one that is not there', () => {
    const runOver: TenderFact = { type: 'LotDeclaredUnsuccessful', lotId: 'run', reason: 'No.', at: later };
    const refusals = [
      ['lot-not-awarded', building(), 'run'],
      ['lot-unsuccessful', building(runOver), 'run'],
      ['no-such-lot', building(), 'x'],
    ] as const;
    const document = { id: 'd1', name: 'a.pdf', type: 'application/pdf', size: 3, sha256: 'a' };
    for (const [refusal, tender, lotId] of refusals)
      for (const by of [asBuyer, asFirm('alpha')]) {
        const where = { by, lotId, at: afterStandstill };
        given(tender)
          .when(signOffMilestone, { ...where, milestoneId: 'design' })
          .thenRefused(refusal);
        given(tender)
          .when(addMilestoneDocument, { ...where, milestoneId: 'design', document })
          .thenRefused(refusal);
        given(tender)
          .when(signContract, { ...where, contractId: 'c' })
          .thenRefused(refusal);
        if (by === asBuyer) {
          given(tender)
            .when(offerContract, { ...where, contractId: 'c' })
            .thenRefused(refusal);
          given(tender)
            .when(noteWithdrawal, { ...where, bidId: 'bid-alpha', reason: 'No.' })
            .thenRefused(refusal);
        } else
          given(tender)
            .when(declineAward, { ...where, reason: 'No.' })
            .thenRefused(refusal);
      }
  });
});

describe('signing off a milestone', () => {
  const signOff = (by: { organisation: string }, milestoneId: string) => ({
    by,
    lotId: 'build',
    milestoneId,
    at: afterStandstill,
  });
  const contract = (...facts: readonly TenderFact[]) => both(contractOffered('build'), signed('build'), ...facts);
  const signedOff = (milestoneId: string, side: 'buyer' | 'supplier'): TenderFact => ({
    type: 'MilestoneSignedOff',
    lotId: 'build',
    milestoneId,
    side,
    at: afterStandstill,
  });

  it('is each side’s own word, once', () => {
    given(contract()).when(signOffMilestone, signOff(asBuyer, 'design')).then(signedOff('design', 'buyer'));
    given(contract())
      .when(signOffMilestone, signOff(asFirm('alpha'), 'design'))
      .then(signedOff('design', 'supplier'));
    given(contract(signedOff('design', 'buyer')))
      .when(signOffMilestone, signOff(asBuyer, 'design'))
      .thenNothing();
  });
  it('completes the contract with the last word of both', () => {
    const almost = contract(signedOff('design', 'buyer'), signedOff('design', 'supplier'), signedOff('go-live', 'supplier'));
    given(almost)
      .when(signOffMilestone, signOff(asBuyer, 'go-live'))
      .then(signedOff('go-live', 'buyer'), { type: 'ContractCompleted', lotId: 'build', at: afterStandstill });
  });
  it('needs a signed contract with such a milestone, and one of its sides', () => {
    given(contract())
      .when(signOffMilestone, signOff(asFirm('beta'), 'design'))
      .thenRefused('not-the-winner');
    given(contract()).when(signOffMilestone, signOff(asBuyer, 'x')).thenRefused('no-such-milestone');
    given(building(contractOffered('build')))
      .when(signOffMilestone, signOff(asBuyer, 'design'))
      .thenRefused('contract-not-signed');
    given(building()).when(signOffMilestone, signOff(asBuyer, 'design')).thenRefused('contract-not-signed');
  });
});

describe('a document added to a milestone', () => {
  const document = { id: 'd1', name: 'protocol.pdf', type: 'application/pdf', size: 3, sha256: 'a' };
  const add = (organisation: string, milestoneId = 'design') => ({
    ...{ by: { organisation }, lotId: 'build', milestoneId, document },
    at: afterStandstill,
  });
  const contract = (...facts: readonly TenderFact[]) => both(contractOffered('build'), signed('build'), ...facts);
  const added = (by: 'buyer' | 'supplier', id = 'd1'): TenderFact => ({
    type: 'MilestoneDocumentAdded',
    lotId: 'build',
    milestoneId: 'design',
    document: { ...document, id, by, at: afterStandstill },
  });
  const signedOff = (side: 'buyer' | 'supplier'): TenderFact => ({
    ...{ type: 'MilestoneSignedOff', lotId: 'build', milestoneId: 'design', side },
    at: afterStandstill,
  });

  it('comes from either side, and is there once', () => {
    given(contract()).when(addMilestoneDocument, add('buyer')).then(added('buyer'));
    given(contract()).when(addMilestoneDocument, add('alpha')).then(added('supplier'));
    given(contract(added('buyer')))
      .when(addMilestoneDocument, add('alpha'))
      .thenNothing();
    expect(milestoneDocumentsOf(contract(added('buyer'), added('supplier', 'd2')))).toMatchObject([{ id: 'd1' }, { id: 'd2' }]);
    expect(milestoneDocumentsOf(building())).toEqual([]);
  });
  it('comes until both have signed the milestone off', () => {
    given(contract(signedOff('buyer')))
      .when(addMilestoneDocument, add('buyer'))
      .then(added('buyer'));
    given(contract(signedOff('supplier')))
      .when(addMilestoneDocument, add('buyer'))
      .then(added('buyer'));
    given(contract(signedOff('buyer'), signedOff('supplier')))
      .when(addMilestoneDocument, add('alpha'))
      .thenRefused('milestone-is-reached');
  });
  it('needs a signed contract with such a milestone, and one of its sides', () => {
    given(contract()).when(addMilestoneDocument, add('beta')).thenRefused('not-the-winner');
    given(contract()).when(addMilestoneDocument, add('buyer', 'x')).thenRefused('no-such-milestone');
    given(building(contractOffered('build')))
      .when(addMilestoneDocument, add('buyer'))
      .thenRefused('contract-not-signed');
    given(building()).when(addMilestoneDocument, add('buyer')).thenRefused('contract-not-signed');
  });
  it('is one of twenty at most', () => {
    const some = (count: number) => contract(...Array.from({ length: count }, (_, n) => added('buyer', `d-${n}`)));
    given(some(19)).when(addMilestoneDocument, add('buyer')).then(added('buyer'));
    given(some(20)).when(addMilestoneDocument, add('buyer')).thenRefused('too-many-documents');
  });
});

describe('asking about one’s outcome', () => {
  const ask = { by: asFirm('beta'), lotId: 'build', clarificationId: 'k1', question: 'What was missing?', at: later };
  const asked: TenderFact = {
    type: 'ClarificationAsked',
    clarificationId: 'k1',
    lotId: 'build',
    bidId: 'bid-beta',
    bidder: 'beta',
    question: 'What was missing?',
    at: later,
  };
  const answer = { by: asBuyer, clarificationId: 'k1', answer: 'A test plan.', at: later };

  it('is possible once for each lot, by those who have an outcome', () => {
    for (const tender of [building(), both()]) given(tender).when(askClarification, ask).then(asked);
    given(building(asked))
      .when(askClarification, { ...ask, clarificationId: 'k2' })
      .thenNothing();
    given(building(asked))
      .when(askClarification, { ...ask, clarificationId: 'k2', question: 'And?' })
      .thenRefused('clarification-asked-already');
    given(building())
      .when(askClarification, { ...ask, lotId: 'run' })
      .thenRefused('no-outcome-yet');
    given(building())
      .when(askClarification, { ...ask, by: asStranger })
      .thenRefused('no-outcome-yet');
  });
  it('is possible for a lot whatever was asked about another, and by another bidder', () => {
    const wonRun: TenderFact = { ...(informed('alpha', 'won') as object), lotId: 'run' } as TenderFact;
    const ofAlpha = { ...ask, by: asFirm('alpha'), clarificationId: 'k2' };
    const askedByAlpha: TenderFact = { ...asked, bidId: 'bid-alpha', bidder: 'alpha', clarificationId: 'k2' } as TenderFact;
    given(building(asked)).when(askClarification, ofAlpha).then(askedByAlpha);
    given(building(wonRun, askedByAlpha))
      .when(askClarification, { ...ofAlpha, lotId: 'run', clarificationId: 'k3' })
      .then({ ...askedByAlpha, lotId: 'run', clarificationId: 'k3' });
  });
  it('is possible after a tender was cancelled with opened bids, and is answered then', () => {
    const end: TenderFact = { type: 'TenderCancelled', reason: 'Stopped.', at: later };
    given(building(end)).when(askClarification, ask).then(asked);
    given(building(end, asked))
      .when(askClarification, { ...ask, clarificationId: 'k2', question: 'And?' })
      .thenRefused('clarification-asked-already');
    const [answered] = given(building(end, asked)).when(answerClarification, answer).decision as TenderFact[];
    expect(openingOf(evolve(building(end, asked), answered as TenderFact))?.clarifications).toMatchObject([
      { id: 'k1', answer: 'A test plan.' },
    ]);
    for (const command of [ask, { ...ask, by: asBuyer }])
      given(cancelled).when(askClarification, command).thenRefused('procedure-is-over');
    given(cancelled).when(answerClarification, answer).thenRefused('procedure-is-over');
  });
  it('is possible once for the owner of a bid that was not opened, which has no outcome of a lot', () => {
    const notOpened = publishedTender(
      submitted('beta'),
      { type: 'BiddingClosed', at: later },
      { ...openedWith({}), unopened: [{ bidId: 'bid-beta', bidder: 'beta' }] },
    );
    given(notOpened).when(askClarification, ask).then(asked);
    given(evolve(notOpened, asked))
      .when(askClarification, { ...ask, clarificationId: 'k2', lotId: 'run', question: 'And?' })
      .thenRefused('clarification-asked-already');
    given(evolve(notOpened, asked))
      .when(askClarification, { ...ask, clarificationId: 'k2' })
      .thenNothing();
    given(notOpened)
      .when(askClarification, { ...ask, lotId: 'x' })
      .thenRefused('no-such-lot');
    given(notOpened)
      .when(askClarification, { ...ask, by: asFirm('alpha') })
      .thenRefused('no-outcome-yet');
  });
  it('is answered by the buyer, once', () => {
    const answered: TenderFact = { type: 'ClarificationAnswered', clarificationId: 'k1', answer: 'A test plan.', at: later };
    given(building(asked)).when(answerClarification, answer).then(answered);
    given(building(asked, answered)).when(answerClarification, answer).thenNothing();
    given(building(asked, answered))
      .when(answerClarification, { ...answer, answer: 'Nothing.' })
      .thenRefused('question-already-answered');
    given(building()).when(answerClarification, answer).thenRefused('no-such-clarification');
    given(building(asked))
      .when(answerClarification, { ...answer, by: asFirm('beta') })
      .thenRefused('only-the-buyer');
  });
});
