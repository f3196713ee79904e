import { awardOf } from './awards.ts';
import type { ContractMilestone, MilestoneDocument } from './contract.ts';
import type { By } from './parties.ts';
import { isRefusal, type Refused, refuse } from './refusals.ts';
import { sideOf } from './signOffMilestone.ts';
import { type Decision, isVisibleTo, openingOf, type Tender } from './tender.ts';
import type { TenderDocument } from './terms.ts';

export type AddMilestoneDocument = {
  readonly by: By;
  readonly lotId: string;
  readonly milestoneId: string;
  readonly document: TenderDocument;
  readonly at: string;
};

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

/** The milestone, for the two sides of its contract. */
export const milestoneFor = (
  tender: Tender,
  { by, lotId, milestoneId }: Pick<AddMilestoneDocument, 'by' | 'lotId' | 'milestoneId'>,
): { readonly side: 'buyer' | 'supplier'; readonly milestone: ContractMilestone } | Refused => {
  if (!isVisibleTo(tender, by.organisation)) return refuse('no-such-tender');
  switch (tender.status) {
    case 'opened':
    case 'awarded': {
      const award = awardOf(tender, lotId);
      if (isRefusal(award)) return award;
      const side = sideOf(by, tender.buyer.organisationId, award.winner);
      if (!side) return refuse('not-the-winner');
      if (award.contract?.signedAt === undefined) return refuse('contract-not-signed');
      const milestone = award.contract.milestones.find(({ id }) => id === milestoneId);
      return milestone ? { side, milestone } : refuse('no-such-milestone');
    }
    case 'draft':
    case 'published':
    case 'closed':
      return refuse('bids-not-opened');
    default:
      return refuse('procedure-is-over');
  }
};

/** Of all contracts about a tender. */
export const milestoneDocumentsOf = (tender: Tender): MilestoneDocument[] =>
  (openingOf(tender)?.results ?? []).flatMap((result) =>
    result.kind === 'awarded' ? (result.contract?.milestones ?? []).flatMap(({ documents = [] }) => documents) : [],
  );
