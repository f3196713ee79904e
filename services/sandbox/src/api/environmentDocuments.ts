import { randomBytes } from 'node:crypto';
import type { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import { isSameDocument } from '@umuhuza/documents/isSameDocument';
import { receiveDocument } from '@umuhuza/documents/receiveDocument';
import { serveDocument } from '@umuhuza/documents/serveDocument';
import { idFrom } from '@umuhuza/eventing/cause';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf, ofBytes } from '@umuhuza/service/commandCause';
import { commonProblem } from '@umuhuza/service/problems';
import type { Handlers } from '@umuhuza/service/serviceApp';
import { addDocument, removeDocument } from '../environment/documents.ts';
import { type Environment, type EnvironmentDocument, noEnvironment } from '../environment/environment.ts';
import type { Deps } from './deps.ts';
import { answer, refuse } from './problems.ts';

type Routes = Pick<Handlers<typeof sandboxApi>, 'addEnvironmentDocument' | 'environmentDocument' | 'removeEnvironmentDocument'>;

const documentsOf = (environment: Environment): readonly EnvironmentDocument[] =>
  environment.status === 'none' ? [] : (environment.documents ?? []);

/** The documents of a test environment: its host's to give and to take away, for every signed-in company to read. */
export const environmentDocumentRoutes = ({ environments, files, clock }: Deps): Routes => ({
  /** Each attempt at the same upload has a file of its own, so that one whose line hangs never touches what another one brought. */
  addEnvironmentDocument: async ({ params, query: { name }, req }) => {
    const { organisation: by } = memberOf(req);
    const cause = causeOf(req, clock);
    const upload = idFrom(cause, 'document');
    const environment = (await environments.find(params.id)) ?? noEnvironment;
    const there = documentsOf(environment).find(({ id }) => id.startsWith(`${upload}-`));
    if (there)
      return (await isSameDocument({ name, content: req }, there))
        ? { status: 201, body: there }
        : commonProblem(req, 'key-used-for-another-request');
    const id = `${upload}-${randomBytes(9).toString('base64url')}`;
    // Who may not add one is told before it has sent megabytes.
    const foreseen = addDocument(environment, { document: { id, name, type: '', size: 0, sha256: '' }, by, at: clock() });
    if ('refused' in foreseen) return refuse(req, foreseen.refused);
    const document = await receiveDocument(files, { id, name, content: req });
    if (typeof document === 'string') return refuse(req, document);
    const change = await environments.change(
      params.id,
      (now) => addDocument(now, { document, by, at: clock() }),
      ofBytes(cause, document.sha256),
      () => ({ status: 201 as const, body: document }),
    );
    const isNamed = 'state' in change && documentsOf(change.state).some((one) => one.id === id);
    if (!isNamed) await files.delete(id);
    return answer(req, change);
  },
  environmentDocument: async ({ params: { id, documentId }, req, res }) => {
    const document = documentsOf((await environments.find(id)) ?? noEnvironment).find((one) => one.id === documentId);
    const content = document && (await files.get(document.id));
    return document && content ? serveDocument(res, document, content) : refuse(req, 'no-such-document');
  },
  removeEnvironmentDocument: async ({ params: { id, documentId }, req }) => {
    const { organisation: by } = memberOf(req);
    const change = await environments.change(
      id,
      (environment) => removeDocument(environment, { documentId, by, at: clock() }),
      causeOf(req, clock),
      () => ({ status: 204 as const, body: undefined }),
    );
    if (change.outcome === 'done') await files.delete(documentId);
    return answer(req, change);
  },
});
