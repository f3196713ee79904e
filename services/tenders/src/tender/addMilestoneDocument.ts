import type { MilestoneDocument } from './contract.ts';
import { milestoneFor, type WhichMilestone } from './milestoneFor.ts';
import { isRefusal, refuse } from './refusals.ts';
import { type Decision, openingOf, type Tender } from './tender.ts';
import type { TenderDocument } from './terms.ts';

export type AddMilestoneDocument = WhichMilestone & { readonly document: TenderDocument; readonly at: string };

export const mostDocuments = 20;

/**
 * Buyer or supplier adds to a milestone what was delivered, or how it was accepted, until both have signed it off. It stays there: what the
 * other side has relied on is not taken away.
 */
export const addMilestoneDocument = (tender: Tender, { document, at, ...where }: AddMilestoneDocument): Decision => {
  const found = milestoneFor(tender, where);
  if (isRefusal(found)) return found;
  const { side, milestone } = found;
  const documents = milestone.documents ?? [];
  if (documents.some(({ id }) => id === document.id)) return [];
  if (milestone.signedOff.buyer !== undefined && milestone.signedOff.supplier !== undefined)
    return refuse('milestone-is-reached');
  if (documents.length >= mostDocuments) return refuse('too-many-documents', `A milestone has ${mostDocuments} at most.`);
  const { lotId, milestoneId } = where;
  return [{ type: 'MilestoneDocumentAdded', lotId, milestoneId, document: { ...document, by: side, at } }];
};

/** Of all contracts about a tender. */
export const milestoneDocumentsOf = (tender: Tender): MilestoneDocument[] =>
  (openingOf(tender)?.results ?? []).flatMap((result) =>
    result.kind === 'awarded' ? (result.contract?.milestones ?? []).flatMap(({ documents = [] }) => documents) : [],
  );
