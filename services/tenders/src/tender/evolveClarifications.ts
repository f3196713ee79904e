import type { Opened, TenderFact } from './tender.ts';

/** What bidders ask about their outcomes, and what they are answered: also after the end. */
export const evolveClarifications = <State extends Pick<Opened, 'clarifications'>>(state: State, fact: TenderFact): State => {
  switch (fact.type) {
    case 'ClarificationAsked': {
      const { type, at, clarificationId: id, ...asked } = fact;
      return { ...state, clarifications: [...(state.clarifications ?? []), { id, ...asked, askedAt: at }] };
    }
    case 'ClarificationAnswered':
      return {
        ...state,
        clarifications: (state.clarifications ?? []).map((one) =>
          one.id === fact.clarificationId ? { ...one, answer: fact.answer, answeredAt: fact.at } : one,
        ),
      };
    default:
      return state;
  }
};
