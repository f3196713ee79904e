import { type By, unlessBuyer } from './parties.ts';
import { refuse } from './refusals.ts';
import { type Decision, isOver, type Published, type Tender } from './tender.ts';
import {
  changedFields,
  changedTerms,
  changeWhatIsAsked,
  contradictionIn,
  isAfter,
  missingIn,
  type PublishedTerms,
  type Terms,
  type TermsChanges,
  withLots,
} from './terms.ts';

export type EditTender = { readonly by: By; readonly changes: TermsChanges; readonly reason?: string; readonly at: string };

/** In the last days before the deadline bidders get more time along with a change of what is asked. */
const closeToDeadline = { hours: 4 * 24 };
const mostAmendments = 50;

/** A draft is edited freely. A published tender is amended in everybody's sight, until its deadline. */
export const editTender = (tender: Tender, command: EditTender): Decision => {
  const refusal = unlessBuyer(tender, command.by);
  if (refusal) return refusal;
  switch (tender.status) {
    case 'draft': {
      const terms = changedTerms(tender.terms, command.changes);
      if (changedFields(tender.terms, terms).length === 0) return [];
      const contradiction = contradictionIn(terms);
      return contradiction ? refuse(contradiction) : [{ type: 'DraftEdited', terms }];
    }
    case 'published':
      return amend(tender, withLots(changedTerms(tender.terms, command.changes)), command);
    case 'closed':
    case 'opened':
      return refuse('bidding-is-over');
    default:
      return refuse('procedure-is-over');
  }
};

const amend = (tender: Published, terms: Terms, { reason, at }: EditTender): Decision => {
  if (isOver(tender, at)) return refuse('bidding-is-over');
  const changed = changedFields(tender.terms, terms);
  if (changed.length === 0) return [];
  const contradiction = contradictionIn(terms);
  if (contradiction) return refuse(contradiction);
  const missing = missingIn(terms);
  if (missing.length > 0 || !hasDeadline(terms)) return refuse('tender-not-complete', `It needs ${missing.join(', ')}.`);

  const before = tender.terms.deadline;
  if (isAfter(before, terms.deadline)) return refuse('deadline-only-later');
  const changesWhatIsAsked = changeWhatIsAsked(changed);
  const isClose = isAfter(Temporal.Instant.from(at).add(closeToDeadline).toString(), before);
  if (changesWhatIsAsked && isClose && !isAfter(terms.deadline, before)) return refuse('too-close-to-deadline');
  if (tender.amendments.length >= mostAmendments) return refuse('too-many-amendments');
  return [{ type: 'TenderAmended', terms, changed, ...(reason === undefined ? {} : { reason }), changesWhatIsAsked, at }];
};

const hasDeadline = (terms: Terms): terms is PublishedTerms => terms.deadline !== undefined;
