import { given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { appointEvaluators } from './appointEvaluators.ts';
import { awardLot } from './awardLot.ts';
import { declareUnsuccessful } from './declareUnsuccessful.ts';
import { disqualifyBid } from './disqualifyBid.ts';
import { noteWithdrawal } from './noteWithdrawal.ts';
import {
  appointed,
  asBuyer,
  asEvaluator,
  closed,
  euros,
  everyState,
  forBoth,
  forBuild,
  later,
  lotAwarded,
  opened,
  openedTender,
  opinionsOf,
  publishedTender,
  scoresOf,
  submitted,
} from './scenes.fixture.ts';
import { scoreBids } from './scoreBids.ts';
import type { TenderFact } from './tender.ts';

/** Alpha bids for both lots, beta for building only; the person belongs to beta, or has said that it is not free in judging its bid. */
const ofBeta = { by: asEvaluator('ann'), memberOf: ['buyer', 'beta'] };
const declared: TenderFact = { type: 'ConflictDeclared', userId: 'ann', bidId: 'bid-beta', reason: 'My sister works there.' };
const scored = [scoresOf({ alpha: 90, beta: 50 })];
const evaluated: TenderFact[] = [
  appointed('ann', 'ben'),
  opinionsOf('ben', { alpha: 90, beta: 50 }),
  declared,
  opinionsOf('ann', { alpha: 90 }),
  { type: 'ScoringEnded', at: later },
];
const betaIsOut: TenderFact = { type: 'BidDisqualified', bidId: 'bid-beta', code: 'incomplete', reason: 'Two pages.', at: later };

const score = (bidder: string) => ({
  scores: [{ bidId: `bid-${bidder}`, criterionId: 'approach', score: 70 }],
  at: later,
});
const disqualify = (bidder: string) => ({ bidId: `bid-${bidder}`, code: 'other', reason: 'So.', at: later }) as const;
const award = (lotId: string) => ({ lotId, bidId: 'bid-alpha', at: later });
const end = (lotId?: string) => ({ ...(lotId === undefined ? {} : { lotId }), code: 'other', reason: 'So.', at: later }) as const;
const withdrew = (lotId: string) => ({ lotId, bidId: 'bid-alpha', reason: 'It told us.', at: later });

describe('whoever belongs to a bidder, where the buyer scores as one,', () => {
  const tender = openedTender(...scored);

  it('scores neither its bid nor the rivals of it, but those for other lots', () => {
    for (const bidder of ['beta', 'alpha'])
      given(tender)
        .when(scoreBids, { ...ofBeta, ...score(bidder) })
        .thenRefused('conflict-of-interest');
    const withGamma = publishedTender(
      submitted('alpha'),
      submitted('beta'),
      submitted('gamma'),
      closed,
      opened({ alpha: forBoth(1_000, 500), beta: forBuild(800), gamma: [{ lotId: 'run', price: euros(400) }] }),
    );
    given(withGamma)
      .when(scoreBids, { ...ofBeta, ...score('gamma') })
      .then(scoresOf({ gamma: 70 }));
    // Nor together with an award.
    given(tender)
      .when(awardLot, { ...ofBeta, ...award('run'), scores: score('beta').scores })
      .thenRefused('conflict-of-interest');
  });
  it('decides nothing about the lots it is for: not by an award, not without one, not by who is out', () => {
    given(tender)
      .when(awardLot, { ...ofBeta, ...award('build') })
      .thenRefused('conflict-of-interest');
    for (const lot of ['build', undefined])
      given(tender)
        .when(declareUnsuccessful, { ...ofBeta, ...end(lot) })
        .thenRefused('conflict-of-interest');
    for (const bidder of ['alpha', 'beta'])
      given(tender)
        .when(disqualifyBid, { ...ofBeta, ...disqualify(bidder) })
        .thenRefused('conflict-of-interest');
    given(openedTender(...scored, lotAwarded('build', 'alpha')))
      .when(noteWithdrawal, { ...ofBeta, ...withdrew('build') })
      .thenRefused('conflict-of-interest');
  });
  it('decides about the others', () => {
    expect(given(tender).when(awardLot, { ...ofBeta, ...award('run') }).decision).toMatchObject([{ type: 'LotAwarded' }, {}]);
    expect(given(tender).when(declareUnsuccessful, { ...ofBeta, ...end('run') }).decision).toHaveLength(2);
    const runAwarded = openedTender(...scored, lotAwarded('run', 'alpha'));
    expect(given(runAwarded).when(noteWithdrawal, { ...ofBeta, ...withdrew('run') }).decision).toHaveLength(2);
  });
  it('scores its rivals once its bid is out, or the lot decided', () => {
    const runOver: TenderFact = { type: 'LotDeclaredUnsuccessful', lotId: 'run', reason: 'So.', at: later };
    const buildOver: TenderFact = { ...runOver, lotId: 'build' };
    for (const over of [betaIsOut, buildOver])
      given(openedTender(over))
        .when(scoreBids, { ...ofBeta, ...score('alpha') })
        .then(scoresOf({ alpha: 70 }));
    given(openedTender(runOver))
      .when(scoreBids, { ...ofBeta, ...score('alpha') })
      .thenRefused('conflict-of-interest');
  });
  it('and about all once its bid is out, or its lot decided', () => {
    const out = openedTender(...scored, betaIsOut);
    expect(given(out).when(awardLot, { ...ofBeta, ...award('build') }).decision).toMatchObject([{ type: 'LotAwarded' }, {}, {}]);
    expect(given(out).when(disqualifyBid, { ...ofBeta, ...disqualify('alpha') }).decision).toHaveLength(1);
    const buildOver: TenderFact = { type: 'LotDeclaredUnsuccessful', lotId: 'build', reason: 'So.', at: later };
    expect(
      given(openedTender(...scored, buildOver)).when(disqualifyBid, { ...ofBeta, ...disqualify('alpha') }).decision,
    ).toHaveLength(1);
  });
  it('but takes nobody out who stands between an award and its own bid, for it may pass on', () => {
    given(openedTender(...scored, lotAwarded('build', 'gamma')))
      .when(disqualifyBid, { ...ofBeta, ...disqualify('alpha') })
      .thenRefused('conflict-of-interest');
  });
  it('is told again what is decided already', () => {
    const decided = openedTender(...scored, lotAwarded('build', 'alpha'));
    given(decided)
      .when(awardLot, { ...ofBeta, ...award('build') })
      .thenNothing();
    given(openedTender(betaIsOut))
      .when(disqualifyBid, { ...ofBeta, ...disqualify('beta') })
      .thenNothing();
  });
  it('holds nobody else up', () => {
    const other = { by: asEvaluator('ben'), memberOf: ['buyer'] };
    expect(given(tender).when(awardLot, { ...other, ...award('build') }).decision).toHaveLength(3);
    expect(given(tender).when(disqualifyBid, { ...other, ...disqualify('beta') }).decision).toHaveLength(1);
    expect(given(tender).when(declareUnsuccessful, { ...other, ...end() }).decision).toHaveLength(6);
  });
});

describe('an evaluator with a declared conflict', () => {
  const asAnn = { by: asEvaluator('ann'), memberOf: ['buyer'] };

  it('neither disqualifies that bid, nor its rivals, nor awards or ends a lot it is for', () => {
    const tender = openedTender(...evaluated);
    for (const bidder of ['alpha', 'beta'])
      given(tender)
        .when(disqualifyBid, { ...asAnn, ...disqualify(bidder) })
        .thenRefused('conflict-of-interest');
    given(tender)
      .when(awardLot, { ...asAnn, ...award('build') })
      .thenRefused('conflict-of-interest');
    given(tender)
      .when(declareUnsuccessful, { ...asAnn, ...end('build') })
      .thenRefused('conflict-of-interest');
    given(openedTender(...evaluated, lotAwarded('build', 'alpha')))
      .when(noteWithdrawal, { ...asAnn, ...withdrew('build') })
      .thenRefused('conflict-of-interest');
    expect(given(tender).when(awardLot, { ...asAnn, ...award('run') }).decision).toHaveLength(2);
    expect(given(tender).when(awardLot, { ...asAnn, by: asEvaluator('ben'), ...award('build') }).decision).toHaveLength(3);
  });
  it('has it also when it is an evaluator no more, and when it is one again', () => {
    const dismissed = [appointed('ann', 'ben'), declared, appointed('ben')];
    given(openedTender(...dismissed, ...[opinionsOf('ben', { alpha: 90, beta: 50 })], { type: 'ScoringEnded', at: later }))
      .when(awardLot, { ...asAnn, ...award('build') })
      .thenRefused('conflict-of-interest');
    // Nor does the buyer as one get round it, nor who declares it as that.
    given(openedTender(declared))
      .when(scoreBids, { ...asAnn, ...score('alpha') })
      .thenRefused('conflict-of-interest');
    given(openedTender(...scored, declared))
      .when(awardLot, { ...asAnn, ...award('build') })
      .thenRefused('conflict-of-interest');
    given(openedTender(...dismissed, appointed()))
      .when(scoreBids, { ...asAnn, ...score('beta') })
      .thenRefused('conflict-of-interest');
    const again = openedTender(...dismissed, appointed('ben', 'ann'));
    given(again)
      .when(scoreBids, { ...asAnn, ...score('beta') })
      .thenRefused('conflict-of-interest');
    expect(again).toMatchObject({ evaluators: [{ userId: 'ben' }, { userId: 'ann', conflicts: [{ bidId: 'bid-beta' }] }] });
    expect(openedTender(appointed('ann', 'ben'), appointed('ben'))).not.toHaveProperty('dismissed');
  });
  it('may still be taken off while it has scored nothing', () =>
    given(openedTender(appointed('ann', 'ben'), declared))
      .when(appointEvaluators, { by: asBuyer, evaluators: ['ben'], members: ['ann', 'ben'], at: later })
      .then(appointed('ben')));
});

it('before the opening nobody is asked whether it is free: there is nothing to decide', () => {
  for (const tender of [everyState.published, everyState.closed])
    given(tender)
      .when(awardLot, { ...ofBeta, ...award('build') })
      .thenRefused('bids-not-opened');
});
