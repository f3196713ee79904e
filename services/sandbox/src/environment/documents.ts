import type { Environment, EnvironmentDocument } from './environment.ts';
import { type OfHost, onOwnEnvironment } from './ofHost.ts';
import { refuse } from './refusals.ts';

/** How many documents an environment has at most. */
export const mostDocuments = 20;

export const documentsOf = <Content>(environment: Environment<Content>): readonly EnvironmentDocument[] =>
  environment.status === 'none' ? [] : (environment.documents ?? []);

/** House rules, a plan of the room, terms to sign: for every signed-in company to read. */
export const addDocument = <Content>(
  environment: Environment<Content>,
  { document, ...command }: OfHost & { readonly document: EnvironmentDocument },
) =>
  onOwnEnvironment(environment, command, ({ documents = [] }) => {
    if (documents.some(({ id }) => id === document.id)) return [];
    return documents.length >= mostDocuments
      ? refuse('too-many-documents')
      : [{ type: 'DocumentAdded', document, at: command.at }];
  });

export const removeDocument = <Content>(
  environment: Environment<Content>,
  { documentId, ...command }: OfHost & { readonly documentId: string },
) =>
  onOwnEnvironment(environment, command, ({ documents = [] }) =>
    documents.some(({ id }) => id === documentId)
      ? [{ type: 'DocumentRemoved', documentId, at: command.at }]
      : refuse('no-such-document'),
  );
