import type { By } from './parties.ts';
import { refuse } from './refusals.ts';
import { type Decision, isEndedUnopened, isVisibleTo, openingOf, type Tender } from './tender.ts';

export type AskClarification = {
  readonly by: By;
  readonly lotId: string;
  readonly clarificationId: string;
  readonly question: string;
  readonly at: string;
};

/**
 * A bidder asks the buyer once about its outcome of a lot; one whose bid was never opened, once about that. Nobody else reads it. Also after
 * the end.
 */
export const askClarification = (tender: Tender, { by, lotId, clarificationId, question, at }: AskClarification): Decision => {
  if (!isVisibleTo(tender, by.organisation)) return refuse('no-such-tender');
  const opening = openingOf(tender);
  if (!opening) return refuse(isEndedUnopened(tender) ? 'procedure-is-over' : 'no-outcome-yet');
  const bidder = by.organisation;
  const unopened = opening.unopened.find((bid) => bid.bidder === bidder);
  const about = unopened ?? opening.outcomes.find((one) => one.lotId === lotId && one.organisationId === bidder);
  if (!about) return refuse('no-outcome-yet');
  if (unopened && !tender.terms.lots.some(({ id }) => id === lotId)) return refuse('no-such-lot');
  const before = opening.clarifications?.find((one) => one.bidder === bidder && (unopened || one.lotId === lotId));
  if (before) return before.id === clarificationId || before.question === question ? [] : refuse('clarification-asked-already');
  return [{ type: 'ClarificationAsked', clarificationId, lotId, bidId: about.bidId, bidder, question, at }];
};
