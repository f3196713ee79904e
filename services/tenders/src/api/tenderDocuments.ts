import type { tendersApi } from '@umuhuza/contracts/tenders/api';
import { idFrom } from '@umuhuza/eventing/cause';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf } from '@umuhuza/service/commandCause';
import type { Handlers } from '@umuhuza/service/serviceApp';
import { serveDocument } from '../documents/serveDocument.ts';
import { addDocument, documentsOf, removeDocument } from '../tender/changeDocuments.ts';
import { noTender } from '../tender/evolve.ts';
import { isRefusal } from '../tender/refusals.ts';
import { isVisibleTo } from '../tender/tender.ts';
import type { TendersDeps } from './deps.ts';
import { answer, refuse } from './problems.ts';

type DocumentRoutes = 'addDocument' | 'document' | 'removeDocument';

/** The documents of a tender: the buyer's to give and to take away, for all to read who see the tender. */
export const tenderDocumentHandlers = ({
  tenders,
  tenderFiles,
  clock,
}: TendersDeps): Pick<Handlers<typeof tendersApi>, DocumentRoutes> => ({
  addDocument: async ({ params, query, req }) => {
    const by = memberOf(req);
    const cause = causeOf(req, clock);
    const { name, reason } = query;
    const why = { by, ...(reason === undefined ? {} : { reason }) };
    const id = idFrom(cause);
    // Asked before the bytes come in, with what is known of it: whoever may not add one need not send one.
    const probe = { id, name, type: '', size: 0, sha256: '' };
    const barred = addDocument((await tenders.look(params.id)) ?? noTender, { ...why, document: probe, at: clock() });
    if (isRefusal(barred)) return refuse(req, barred.refused, barred.detail);
    if (barred.length === 0) {
      const known = documentsOf((await tenders.look(params.id)) ?? noTender).find((one) => one.id === id);
      if (known) return { status: 201, body: known };
    }

    const document = await tenderFiles.receive(params.id, { id, name, content: req, at: clock() });
    if (typeof document === 'string') return refuse(req, document);
    const change = await tenders.change(
      params.id,
      (tender) => addDocument(tender, { ...why, document, at: clock() }),
      cause,
      () => ({ status: 201 as const, body: document }),
    );
    if (change.outcome === 'done' || change.outcome === 'repeated') await tenderFiles.settled(id);
    else await tenderFiles.delete(id);
    return answer(req, change);
  },

  document: async ({ params, req, res }) => {
    const tender = (await tenders.look(params.id)) ?? noTender;
    if (!isVisibleTo(tender, memberOf(req).organisation)) return refuse(req, 'no-such-tender');
    const document = documentsOf(tender).find(({ id }) => id === params.documentId);
    const content = document && (await tenderFiles.open(document.id));
    return document && content ? serveDocument(res, document, content) : refuse(req, 'no-such-document');
  },

  removeDocument: async ({ params, query, req }) => {
    const { reason } = query;
    const change = await tenders.change(
      params.id,
      (tender) =>
        removeDocument(tender, {
          by: memberOf(req),
          documentId: params.documentId,
          ...(reason === undefined ? {} : { reason }),
          at: clock(),
        }),
      causeOf(req, clock),
      () => ({ status: 204 as const, body: undefined }),
    );
    if (change.outcome === 'done') await tenderFiles.delete(params.documentId);
    return answer(req, change);
  },
});
