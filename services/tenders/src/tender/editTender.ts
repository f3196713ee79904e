import { type By, unlessBuyer } from './parties.ts';
import { refuse } from './refusals.ts';
import { type Amendment, type Decision, isOver, type Published, type Tender, type TermChange } from './tender.ts';
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
/** Of the whole history with what was and what became, in characters of JSON: it lies in the tender's own document. */
const longestHistory = 1_000_000;

/** A draft is edited freely. A published tender is amended in everybody's sight and with a reason, until its deadline. */
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
  if (isNarrower(tender.terms, terms)) return refuse('audience-only-wider');
  if (reason === undefined) return refuse('amendment-without-reason');
  const changes = changed.map((term) => changeOf(term as keyof Terms, tender.terms, terms));
  const amendment: Amendment = { changed, changes, reason, changesWhatIsAsked, at };
  const history = JSON.stringify([...tender.amendments, amendment]).length;
  if (tender.amendments.length >= mostAmendments || history > longestHistory) return refuse('too-many-amendments');
  return [{ type: 'TenderAmended', terms, ...amendment }];
};

const audiences = ['invited', 'matched', 'all'];
/** Somebody who sees the tender now would not see it any more. */
const isNarrower = (before: Terms, after: Terms): boolean =>
  audiences.indexOf(after.audience) < audiences.indexOf(before.audience) ||
  (before.invited ?? []).some((firm) => !after.invited?.includes(firm));

const changeOf = (term: keyof Terms, before: Terms, after: Terms): TermChange => {
  const isHidden = term === 'invited' || (term === 'budget' && !(before.showBudget && after.showBudget));
  return {
    term,
    ...(before[term] === undefined ? {} : { from: before[term] }),
    ...(after[term] === undefined ? {} : { to: after[term] }),
    ...(isHidden ? { hidden: true } : {}),
  };
};

const hasDeadline = (terms: Terms): terms is PublishedTerms => terms.deadline !== undefined;
