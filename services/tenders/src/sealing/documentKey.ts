import type { TenderSeal } from './tenderSeal.ts';

/** The key of one document of a bid. The opening gives it away with the bid that names the document, and no other. */
export const documentKey = (seal: TenderSeal, documentId: string): Buffer => seal.keyFor('document', documentId);
