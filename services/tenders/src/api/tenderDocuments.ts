import type { tendersApi } from '@umuhuza/contracts/tenders/api';
import { serveDocument } from '@umuhuza/documents/serveDocument';
import { memberIfAny, memberOf } from '@umuhuza/service/caller';
import { causeOf } from '@umuhuza/service/commandCause';
import type { Handlers } from '@umuhuza/service/serviceApp';
import { addMilestoneDocument, milestoneDocumentsOf } from '../tender/addMilestoneDocument.ts';
import { addDocument, documentsOf, removeDocument } from '../tender/changeDocuments.ts';
import { noTender } from '../tender/evolve.ts';
import { milestoneFor } from '../tender/milestoneFor.ts';
import { isRefusal } from '../tender/refusals.ts';
import { isVisibleTo, type Tender } from '../tender/tender.ts';
import type { TendersDeps } from './deps.ts';
import { answer, refuse } from './problems.ts';
import { receivingOn } from './receiving.ts';

type DocumentRoutes = 'addDocument' | 'document' | 'removeDocument' | 'addMilestoneDocument' | 'milestoneDocument';

/**
 * The documents of a tender: the buyer's to give and to take away, for all to read who see the tender, without an account where that
 * is everybody. Those of a contract's milestones: its
 * two sides'.
 */
export const tenderDocumentHandlers = ({
  tenders,
  tenderFiles,
  clock,
}: TendersDeps): Pick<Handlers<typeof tendersApi>, DocumentRoutes> => ({
  addDocument: async ({ params, query: { name, ...query }, req }) => {
    const why = { by: memberOf(req), ...saidIn(query) };
    return receivingOn({ tenders, tenderFiles, clock })(req, params.id, {
      name,
      decide: (tender, document) => addDocument(tender, { ...why, document, at: clock() }),
      known: documentsOf,
    });
  },

  document: async ({ params, req, res }) => {
    const tender = (await tenders.look(params.id)) ?? noTender;
    if (!isVisibleTo(tender, memberIfAny(req)?.organisation)) return refuse(req, 'no-such-tender');
    const document = documentsOf(tender).find(({ id }) => id === params.documentId);
    const content = document && (await tenderFiles.open(document.id));
    return document && content ? serveDocument(res, document, content) : refuse(req, 'no-such-document');
  },

  removeDocument: async ({ params, query, req }) => {
    const { id, documentId } = params;
    const decide = (tender: Tender) => removeDocument(tender, { by: memberOf(req), documentId, ...saidIn(query), at: clock() });
    // Only one that this tender names: of any other the note would say a wrong owner, and it would be swept.
    if (!isRefusal(decide((await tenders.look(id)) ?? noTender))) await tenderFiles.leaving(documentId, id, clock());
    const change = await tenders.change(id, decide, causeOf(req, clock), () => ({ status: 204 as const, body: undefined }));
    // Also when it is asked again: whoever was asked first may have died before its bytes were gone.
    if (change.outcome === 'done' || change.outcome === 'repeated') await tenderFiles.delete(documentId);
    return answer(req, change);
  },

  addMilestoneDocument: async ({ params: { id, lotId, milestoneId }, query: { name }, req }) => {
    const where = { by: memberOf(req), lotId, milestoneId };
    return receivingOn({ tenders, tenderFiles, clock })(req, id, {
      name,
      decide: (tender, document) => addMilestoneDocument(tender, { ...where, document, at: clock() }),
      known: milestoneDocumentsOf,
    });
  },

  milestoneDocument: async ({ params: { id, lotId, milestoneId, documentId }, req, res }) => {
    const tender = (await tenders.look(id)) ?? noTender;
    const found = milestoneFor(tender, { by: memberOf(req), lotId, milestoneId });
    if (isRefusal(found)) return refuse(req, found.refused, found.detail);
    const document = found.milestone.documents?.find((one) => one.id === documentId);
    const content = document && (await tenderFiles.open(document.id));
    return document && content ? serveDocument(res, document, content) : refuse(req, 'no-such-document');
  },
});

type Said = { readonly reason?: string; readonly deadline?: string };
const saidIn = ({ reason, deadline }: { readonly [what in keyof Said]: Said[what] | undefined }): Said => ({
  ...(reason === undefined ? {} : { reason }),
  ...(deadline === undefined ? {} : { deadline }),
});
