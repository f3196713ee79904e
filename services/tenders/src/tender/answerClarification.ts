import { type By, unlessBuyer } from './parties.ts';
import { refuse } from './refusals.ts';
import { type Decision, isEndedUnopened, openingOf, type Tender } from './tender.ts';

export type AnswerClarification = {
  readonly by: By;
  readonly clarificationId: string;
  readonly answer: string;
  readonly at: string;
};

/** Answers a bidder about its outcome, for its eyes only. An answer given stays. */
export const answerClarification = (tender: Tender, { by, clarificationId, answer, at }: AnswerClarification): Decision => {
  const refusal = unlessBuyer(tender, by);
  if (refusal) return refusal;
  const opening = openingOf(tender);
  if (!opening) return refuse(isEndedUnopened(tender) ? 'procedure-is-over' : 'bids-not-opened');
  const asked = opening.clarifications?.find(({ id }) => id === clarificationId);
  if (!asked) return refuse('no-such-clarification');
  if (asked.answer !== undefined) return asked.answer === answer ? [] : refuse('question-already-answered');
  return [{ type: 'ClarificationAnswered', clarificationId, answer, at }];
};
