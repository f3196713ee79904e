import { type By, unlessBuyer } from './parties.ts';
import { refuse } from './refusals.ts';
import type { Decision, Tender } from './tender.ts';
import { isAfter, missingIn, withLots } from './terms.ts';

/** `buyerName`: as identity told it; undefined until that has arrived. */
export type PublishTender = { readonly by: By; readonly buyerName: string | undefined; readonly at: string };

/** Shows a complete draft to everybody and takes bids from now until its deadline. */
export const publishTender = (tender: Tender, { by, buyerName, at }: PublishTender): Decision => {
  const refusal = unlessBuyer(tender, by);
  if (refusal) return refusal;
  if (tender.status === 'published') return [];
  if (tender.status !== 'draft') return refuse('not-a-draft');

  const terms = withLots(tender.terms);
  const missing = missingIn(terms);
  if (missing.length > 0 || terms.deadline === undefined) return refuse('tender-not-complete', `It needs ${missing.join(', ')}.`);
  if (!isAfter(terms.deadline, at)) return refuse('deadline-not-in-future');
  if (buyerName === undefined) return refuse('buyer-unknown-yet');
  return [{ type: 'TenderPublished', terms: { ...terms, deadline: terms.deadline }, buyerName, at }];
};
