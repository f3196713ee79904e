import { given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { evolve } from './evolve.ts';
import { nextReminderOf, remindBuyer, waitingOf } from './remindBuyer.ts';
import { asked, closed, everyState, lotAwarded, openedTender, publishedTender, submitted } from './scenes.fixture.ts';
import type { TenderFact } from './tender.ts';

/** Bids were opened on the second of February at 08:00; bidding was closed the evening before. */
const opened = '2027-02-02T08:00:00.000Z';
const aWeekAfter = '2027-02-09T08:00:00.000Z';
const justBefore = '2027-02-09T07:59:59.999Z';
const reminded = (at: string): TenderFact => ({ type: 'BuyerReminded', at });
const clarification = (id: string, at: string): TenderFact => ({
  type: 'ClarificationAsked',
  clarificationId: id,
  lotId: 'build',
  bidId: `bid-${id}`,
  bidder: id,
  question: 'Why?',
  at,
});
const answered = (id: string): TenderFact => ({ type: 'ClarificationAnswered', clarificationId: id, answer: 'So.', at: opened });
const runOver: TenderFact = { type: 'LotDeclaredUnsuccessful', lotId: 'run', reason: 'No.', at: opened };
const completed: TenderFact = { type: 'TenderCompleted', at: opened };
const decided = [lotAwarded('build', 'alpha'), runOver, completed];

describe('a buyer that others wait for', () => {
  it('is reminded a week after the opening while a lot is undecided, and then once a week', () => {
    given(openedTender()).when(remindBuyer, { at: justBefore }).thenNothing();
    given(openedTender()).when(remindBuyer, { at: aWeekAfter }).then(reminded(aWeekAfter));
    const once = openedTender(reminded(aWeekAfter));
    given(once).when(remindBuyer, { at: '2027-02-16T07:59:59.999Z' }).thenNothing();
    given(once).when(remindBuyer, { at: '2027-02-16T08:00:00.000Z' }).then(reminded('2027-02-16T08:00:00.000Z'));
    // However long nobody looked: one reminder makes up for all that were due.
    const late = '2027-06-01T08:00:00.000Z';
    given(openedTender()).when(remindBuyer, { at: late }).then(reminded(late));
    given(openedTender(reminded(late)))
      .when(remindBuyer, { at: late })
      .thenNothing();
  });
  it('is not any more once every lot is decided', () => {
    expect(waitingOf(openedTender(lotAwarded('build', 'alpha')))).toMatchObject({ undecidedLots: ['run'] });
    for (const tender of [openedTender(...decided), openedTender(reminded(aWeekAfter), ...decided)])
      given(tender).when(remindBuyer, { at: '2027-03-01T08:00:00.000Z' }).thenNothing();
  });
  it('is reminded of a question that keeps the bids sealed, from the deadline on', () => {
    const sealed = publishedTender(asked, closed);
    given(sealed).when(remindBuyer, { at: '2027-02-08T22:59:59.000Z' }).thenNothing();
    expect(given(sealed).when(remindBuyer, { at: '2027-02-08T22:59:59.001Z' }).decision).toHaveLength(1);
    expect(waitingOf(sealed)).toMatchObject({ openQuestions: 1, undecidedLots: [], openClarifications: 0 });
    given(publishedTender(closed)).when(remindBuyer, { at: aWeekAfter }).thenNothing();
    given(publishedTender(asked)).when(remindBuyer, { at: aWeekAfter }).thenNothing();
    expect(publishedTender(asked, closed, reminded(aWeekAfter))).toMatchObject({ status: 'closed', remindedAt: aWeekAfter });
  });
  it('depends on no bid before the opening', () => {
    const [without, withBids] = [publishedTender(asked, closed), publishedTender(submitted('alpha'), asked, closed)];
    expect(waitingOf(withBids)).toEqual(waitingOf(without));
    expect(nextReminderOf(publishedTender(submitted('alpha'), closed))).toBeUndefined();
  });
  it('is reminded of an outcome it has not explained, also when all is decided', () => {
    const at = '2027-02-05T12:00:00.000Z';
    const tender = openedTender(...decided, clarification('beta', at), clarification('alpha', opened), answered('alpha'));
    expect(waitingOf(tender)).toEqual({ since: at, openQuestions: 0, undecidedLots: [], openClarifications: 1 });
    given(tender).when(remindBuyer, { at: '2027-02-12T11:59:59.999Z' }).thenNothing();
    given(tender).when(remindBuyer, { at: '2027-02-12T12:00:00.000Z' }).then(reminded('2027-02-12T12:00:00.000Z'));
    given(openedTender(...decided, clarification('beta', at), answered('beta')))
      .when(remindBuyer, { at: aWeekAfter })
      .thenNothing();
    const over: TenderFact = { type: 'TenderDeclaredUnsuccessful', reason: 'Nobody is left.', at: opened };
    const ended = openedTender(over, clarification('beta', opened));
    given(ended).when(remindBuyer, { at: aWeekAfter }).then(reminded(aWeekAfter));
    expect(openedTender(over, clarification('beta', opened), reminded(aWeekAfter))).toMatchObject({ remindedAt: aWeekAfter });
  });
  it('is reminded of the questions of bidders also after it cancelled a tender whose bids were opened, and of nothing else of it', () => {
    const end: TenderFact = { type: 'TenderCancelled', reason: 'Stopped.', at: opened };
    given(openedTender(end)).when(remindBuyer, { at: '2028-01-01T00:00:00.000Z' }).thenNothing();
    const tender = openedTender(end, clarification('beta', opened));
    expect(waitingOf(tender)).toEqual({ since: opened, openQuestions: 0, undecidedLots: [], openClarifications: 1 });
    given(tender).when(remindBuyer, { at: justBefore }).thenNothing();
    given(tender).when(remindBuyer, { at: aWeekAfter }).then(reminded(aWeekAfter));
    const once = openedTender(end, clarification('beta', opened), reminded(aWeekAfter));
    given(once).when(remindBuyer, { at: aWeekAfter }).thenNothing();
    given(evolve(once, answered('beta')))
      .when(remindBuyer, { at: '2028-01-01T00:00:00.000Z' })
      .thenNothing();
  });
  it('is given a week for what begins to wait after the last reminder', () => {
    const asksLater = openedTender(...decided, reminded(aWeekAfter), clarification('beta', '2027-03-01T00:00:00.000Z'));
    expect(nextReminderOf(asksLater)).toBe('2027-03-08T00:00:00.000Z');
  });
  it('is the one who can bring it forward: in no other state does anybody wait for it', () => {
    const { absent, draft, dropped, published, cancelled } = everyState;
    for (const tender of [absent, draft, dropped, published, cancelled])
      given(tender).when(remindBuyer, { at: '2028-01-01T00:00:00.000Z' }).thenNothing();
  });
});
