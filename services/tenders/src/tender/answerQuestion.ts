import { type By, unlessBuyer } from './parties.ts';
import { refuse } from './refusals.ts';
import type { Decision, Question, Tender } from './tender.ts';

type Answer = { readonly answer: string } | { readonly rejectedBecause: string };
export type AnswerQuestion = { readonly questionId: string; readonly by: By; readonly at: string } & Answer;

/** Answers a question for everybody, or rejects it with a reason; until the bids are opened. An answer given stays. */
export const answerQuestion = (tender: Tender, command: AnswerQuestion): Decision => {
  const refusal = unlessBuyer(tender, command.by);
  if (refusal) return refusal;
  switch (tender.status) {
    case 'published':
    case 'closed':
    case 'opened': {
      const question = tender.questions.find(({ id }) => id === command.questionId);
      if (!question) return refuse('no-such-question');
      if (question.answeredAt !== undefined) return isSame(question, command) ? [] : refuse('question-already-answered');
      const { questionId, at } = command;
      return 'answer' in command
        ? [{ type: 'QuestionAnswered', questionId, answer: command.answer, at }]
        : [{ type: 'QuestionRejected', questionId, reason: command.rejectedBecause, at }];
    }
    case 'draft':
      return refuse('not-published');
    default:
      return refuse('procedure-is-over');
  }
};

const isSame = (question: Question, answer: Answer): boolean =>
  'answer' in answer ? question.answer === answer.answer : question.rejectedBecause === answer.rejectedBecause;
