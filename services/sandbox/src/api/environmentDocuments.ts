import type { Document } from '@umuhuza/contracts/documents';
import type { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import { serveDocument } from '@umuhuza/documents/serveDocument';
import { takeDocument } from '@umuhuza/documents/takeDocument';
import { idFrom } from '@umuhuza/eventing/cause';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf, ofBytes, onlyLooking } from '@umuhuza/service/commandCause';
import type { Handlers } from '@umuhuza/service/serviceApp';
import { addDocument, documentsOf, removeDocument } from '../environment/documents.ts';
import { noEnvironment } from '../environment/environment.ts';
import type { Deps } from './deps.ts';
import { answer, refuse } from './problems.ts';

type Routes = Pick<Handlers<typeof sandboxApi>, 'addEnvironmentDocument' | 'environmentDocument' | 'removeEnvironmentDocument'>;

/** The documents of a test environment: its host's to give and to take away, for every signed-in company to read. */
export const environmentDocumentRoutes = ({ environments, files, clock }: Deps): Routes => ({
  addEnvironmentDocument: async ({ params, query: { name }, req }) => {
    const { organisation: by } = memberOf(req);
    const cause = causeOf(req, clock);
    const environment = (await environments.find(params.id)) ?? noEnvironment;
    const answered = (document?: Document) => () => ({ status: 201 as const, body: document as Document });
    const taken = await takeDocument(files, {
      ...{ owner: params.id, upload: idFrom(cause, 'document'), name, content: req, at: clock() },
      known: documentsOf(environment),
      decide: (document) => addDocument(environment, { document, by, at: clock() }),
      change: (document) =>
        environments.change(
          params.id,
          (now) => addDocument(now, { document, by, at: clock() }),
          ofBytes(cause, document.sha256),
          answered(document),
        ),
      unread: (no) => environments.change(params.id, () => no ?? [], no ? cause : onlyLooking(cause), answered()),
      isNamed: (change, { id }) => 'state' in change && documentsOf(change.state).some((one) => one.id === id),
    });
    return taken.outcome === 'before' ? { status: 201, body: taken.document } : answer(req, taken);
  },
  environmentDocument: async ({ params: { id, documentId }, req, res }) => {
    const document = documentsOf((await environments.find(id)) ?? noEnvironment).find((one) => one.id === documentId);
    const content = document && (await files.open(document.id));
    return document && content ? serveDocument(res, document, content) : refuse(req, 'no-such-document');
  },
  removeEnvironmentDocument: async ({ params: { id, documentId }, req }) => {
    const { organisation: by } = memberOf(req);
    const now = (await environments.find(id)) ?? noEnvironment;
    // Only one that this environment names: of any other the note would say a wrong owner, and it would be swept.
    if (!('refused' in removeDocument(now, { documentId, by, at: clock() }))) await files.leaving(documentId, id, clock());
    const change = await environments.change(
      id,
      (environment) => removeDocument(environment, { documentId, by, at: clock() }),
      causeOf(req, clock),
      () => ({ status: 204 as const, body: undefined }),
    );
    // Also when it is asked again: whoever was asked first may have died before its bytes were gone.
    if (change.outcome === 'done' || change.outcome === 'repeated') await files.delete(documentId);
    return answer(req, change);
  },
});
