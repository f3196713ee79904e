import { refuse } from './refusals.ts';
import type { Buyer, Decision, Tender } from './tender.ts';
import { contradictionIn, newTerms, type TermsChanges } from './terms.ts';

export type CreateDraft = {
  readonly tenderId: string;
  readonly ocid: string;
  readonly buyer: Buyer;
  readonly terms: TermsChanges & { readonly title: string };
  readonly importedFrom?: { readonly ocid: string; readonly releaseId?: string };
  readonly at: string;
};

/** Begins a tender. Told again, whatever has become of it since, it stays quiet. */
export const createDraft = (tender: Tender, { terms: written, ...draft }: CreateDraft): Decision => {
  if (tender.status !== 'absent') return [];
  const terms = newTerms(written);
  const contradiction = contradictionIn(terms);
  return contradiction ? refuse(contradiction) : [{ type: 'TenderDrafted', ...draft, terms }];
};
