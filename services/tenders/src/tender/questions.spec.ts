import { given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { answerQuestion } from './answerQuestion.ts';
import { askQuestion } from './askQuestion.ts';
import { evolve } from './evolve.ts';
import { hideAskers } from './hideAskers.ts';
import {
  asBuyer,
  asFirm,
  asked,
  asksAs,
  before,
  closed,
  deadline,
  everyState,
  justAfter,
  later,
  publishedTender,
} from './scenes.fixture.ts';
import { isShown, type TenderFact, unanswered } from './tender.ts';

const ask = { questionId: 'q1', question: 'May we?', by: asFirm('alpha'), askedBy: asksAs('alpha'), at: before };
const { absent, draft, dropped, cancelled, awarded, unsuccessful } = everyState;

describe('asking a question', () => {
  it('is possible until the deadline’s own instant', () => {
    given(publishedTender()).when(askQuestion, ask).then(asked);
    expect(given(publishedTender()).when(askQuestion, { ...ask, at: deadline }).decision).toHaveLength(1);
    given(publishedTender())
      .when(askQuestion, { ...ask, at: justAfter })
      .thenRefused('bidding-is-over');
  });
  it('stays quiet when told again', () => given(publishedTender(asked)).when(askQuestion, ask).thenNothing());
  it('is not for the buyer', () =>
    given(publishedTender())
      .when(askQuestion, { ...ask, by: asBuyer })
      .thenRefused('buyer-may-not-ask'));
  it('takes three hundred questions in all', () => {
    const some = (count: number) =>
      Array.from(
        { length: count },
        (_, n) => ({ ...asked, questionId: `other-${n}`, askedBy: `firm-${n % 40}` }) as typeof asked,
      );
    given(publishedTender(...some(299)))
      .when(askQuestion, ask)
      .then(asked);
    given(publishedTender(...some(300)))
      .when(askQuestion, ask)
      .thenRefused('too-many-questions');
  });
  it('takes ten open questions of one asker', () => {
    const ten = Array.from({ length: 10 }, (_, n) => ({ ...asked, questionId: `q${n + 10}` }) as typeof asked);
    given(publishedTender(...ten))
      .when(askQuestion, ask)
      .thenRefused('too-many-questions');
    expect(given(publishedTender(...ten)).when(askQuestion, { ...ask, askedBy: asksAs('stranger') }).decision).toHaveLength(1);
  });
  it('answers in every other state', () => {
    for (const tender of [absent, draft, dropped]) given(tender).when(askQuestion, ask).thenRefused('no-such-tender');
    for (const tender of [everyState.closed, everyState.opened])
      given(tender).when(askQuestion, ask).thenRefused('bidding-is-over');
    for (const tender of [cancelled, awarded, unsuccessful])
      given(tender).when(askQuestion, ask).thenRefused('procedure-is-over');
  });
});

describe('the askers of an earlier version’s questions', () => {
  const marks = new Map([['alpha', asksAs('alpha')]]);
  const named = (questionId: string, askedBy: string) => ({ ...asked, questionId, askedBy }) as typeof asked;
  const askers = ['q1', 'q3'].map((questionId) => ({ questionId, askedBy: asksAs('alpha') }));

  it('are hidden, also of a tender that has ended; those that are stay as they are', () => {
    const asking = [named('q1', 'alpha'), named('q2', asksAs('beta')), named('q3', 'alpha')];
    const cancelled: TenderFact = { type: 'TenderCancelled', reason: 'So.', at: later };
    for (const tender of [
      publishedTender(...asking),
      publishedTender(...asking, closed),
      publishedTender(...asking, cancelled),
    ]) {
      given(tender).when(hideAskers, { marks }).then({ type: 'AskersHidden', askers });
      expect(evolve(tender, { type: 'AskersHidden', askers })).toEqual({
        ...tender,
        questions: [{ askedBy: asksAs('alpha') }, { askedBy: asksAs('beta') }, { askedBy: asksAs('alpha') }].map((one) =>
          expect.objectContaining(one),
        ),
      });
    }
  });
  it('are left alone where there are none', () => {
    for (const tender of [...Object.values(everyState), publishedTender(named('q2', asksAs('beta')))]) {
      given(tender).when(hideAskers, { marks }).thenNothing();
      if (!isShown(tender)) expect(evolve(tender, { type: 'AskersHidden', askers })).toBe(tender);
    }
  });
});

describe('answering a question', () => {
  const answer = { questionId: 'q1', answer: 'You may.', by: asBuyer, at: later };
  const answered = { type: 'QuestionAnswered', questionId: 'q1', answer: 'You may.', at: later } as const;

  it('is possible while bids are taken and after, until they are opened', () => {
    for (const tender of [publishedTender(asked), publishedTender(asked, closed)])
      given(tender).when(answerQuestion, answer).then(answered);
    const tender = publishedTender(asked, answered);
    expect(tender.status === 'published' && unanswered(tender)).toEqual([]);
  });
  it('may be a refusal to answer, with a reason', () =>
    given(publishedTender(asked))
      .when(answerQuestion, { questionId: 'q1', rejectedBecause: 'It names a firm.', by: asBuyer, at: later })
      .then({ type: 'QuestionRejected', questionId: 'q1', reason: 'It names a firm.', at: later }));
  it('stays quiet when told the same again, and keeps what was said', () => {
    const tender = publishedTender(asked, answered);
    given(tender).when(answerQuestion, answer).thenNothing();
    given(tender)
      .when(answerQuestion, { ...answer, answer: 'You may not.' })
      .thenRefused('question-already-answered');
    given(tender)
      .when(answerQuestion, { questionId: 'q1', rejectedBecause: 'You may.', by: asBuyer, at: later })
      .thenRefused('question-already-answered');
  });
  it('needs a question that was asked', () => {
    for (const tender of [publishedTender(), everyState.closed, everyState.opened])
      given(tender).when(answerQuestion, answer).thenRefused('no-such-question');
  });
  it('is the buyer’s alone, and answers in every other state', () => {
    given(publishedTender(asked))
      .when(answerQuestion, { ...answer, by: asFirm('alpha') })
      .thenRefused('only-the-buyer');
    given(absent).when(answerQuestion, answer).thenRefused('no-such-tender');
    given(draft).when(answerQuestion, answer).thenRefused('not-published');
    for (const tender of [dropped, cancelled, awarded, unsuccessful])
      given(tender).when(answerQuestion, answer).thenRefused('procedure-is-over');
  });
});
