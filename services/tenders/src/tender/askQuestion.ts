import type { By } from './parties.ts';
import { refuse } from './refusals.ts';
import { type Decision, isOver, isVisibleTo, type Tender } from './tender.ts';

export type AskQuestion = {
  readonly questionId: string;
  readonly question: string;
  readonly by: By;
  /** What stands for it in its questions. */
  readonly askedBy: string;
  readonly at: string;
};

const mostQuestions = 300;
const mostOpenOfOneAsker = 10;

/** Anyone but the buyer may ask until the deadline. */
export const askQuestion = (tender: Tender, { questionId, question, by, askedBy, at }: AskQuestion): Decision => {
  if (!isVisibleTo(tender, by.organisation)) return refuse('no-such-tender');
  if (tender.buyer.organisationId === by.organisation) return refuse('buyer-may-not-ask');
  switch (tender.status) {
    case 'published': {
      if (tender.questions.some(({ id }) => id === questionId)) return [];
      if (isOver(tender, at)) return refuse('bidding-is-over');
      const open = tender.questions.filter((one) => one.askedBy === askedBy && one.answeredAt === undefined);
      if (open.length >= mostOpenOfOneAsker || tender.questions.length >= mostQuestions) return refuse('too-many-questions');
      return [{ type: 'QuestionAsked', questionId, question, askedBy, at }];
    }
    case 'closed':
    case 'opened':
      return refuse('bidding-is-over');
    default:
      return refuse('procedure-is-over');
  }
};
