import { editTender } from './editTender.ts';
import { type By, unlessBuyer } from './parties.ts';
import { refuse } from './refusals.ts';
import type { Decision, Tender } from './tender.ts';
import type { TenderDocument } from './terms.ts';

/** `deadline`: the later one that bidders get with it. */
type Why = { readonly by: By; readonly reason?: string; readonly deadline?: string; readonly at: string };

export const mostDocuments = 50;

/** Adds a document to what is asked: freely to a draft, as an amendment to a published tender. */
export const addDocument = (tender: Tender, { document, ...why }: Why & { readonly document: TenderDocument }): Decision => {
  const refusal = unlessBuyer(tender, why.by);
  if (refusal) return refusal;
  const documents = documentsOf(tender);
  if (documents.some(({ id }) => id === document.id)) return [];
  if (documents.length >= mostDocuments) return refuse('too-many-documents', `A tender has ${mostDocuments} at most.`);
  return changeTo(tender, [...documents, document], why);
};

export const removeDocument = (tender: Tender, { documentId, ...why }: Why & { readonly documentId: string }): Decision => {
  const refusal = unlessBuyer(tender, why.by);
  if (refusal) return refusal;
  const documents = documentsOf(tender);
  if (!documents.some(({ id }) => id === documentId)) return refuse('no-such-document');
  return changeTo(
    tender,
    documents.filter(({ id }) => id !== documentId),
    why,
  );
};

const changeTo = (tender: Tender, documents: readonly TenderDocument[], { deadline, ...why }: Why): Decision =>
  editTender(tender, { ...why, changes: { documents, ...(deadline === undefined ? {} : { deadline }) } });

export const documentsOf = (tender: Tender): readonly TenderDocument[] =>
  tender.status === 'absent' ? [] : (tender.terms.documents ?? []);
