import type { By } from './parties.ts';
import { refuse } from './refusals.ts';
import { type Decision, isVisibleTo, type Tender } from './tender.ts';

export type AskClarification = {
  readonly by: By;
  readonly lotId: string;
  readonly clarificationId: string;
  readonly question: string;
  readonly at: string;
};

/** A bidder asks the buyer once about its outcome of a lot. Nobody else reads it. */
export const askClarification = (tender: Tender, { by, lotId, clarificationId, question, at }: AskClarification): Decision => {
  if (!isVisibleTo(tender, by.organisation)) return refuse('no-such-tender');
  switch (tender.status) {
    case 'opened':
    case 'awarded':
    case 'unsuccessful': {
      const outcome = tender.outcomes.find((one) => one.lotId === lotId && one.organisationId === by.organisation);
      if (!outcome) return refuse('no-outcome-yet');
      const before = tender.clarifications?.find((one) => one.lotId === lotId && one.bidder === by.organisation);
      if (before)
        return before.id === clarificationId || before.question === question ? [] : refuse('clarification-asked-already');
      const { bidId } = outcome;
      return [{ type: 'ClarificationAsked', clarificationId, lotId, bidId, bidder: by.organisation, question, at }];
    }
    case 'draft':
    case 'published':
    case 'closed':
      return refuse('no-outcome-yet');
    default:
      return refuse('procedure-is-over');
  }
};
