import { given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { addDocument, mostDocuments, removeDocument } from './documents.ts';
import { type Environment, type EnvironmentFact, evolve, noEnvironment } from './environment.ts';

const at = '2026-11-20T09:00:00.000Z';
const by = 'host';
const document = (id: string) => ({ id, name: 'House rules.pdf', type: 'application/pdf', size: 9, sha256: 'hash' });
const opened: EnvironmentFact = {
  type: 'EnvironmentOpened',
  environmentId: 'e1',
  host: { organisationId: 'host', name: null },
  content: 'as described',
  at,
};
const added = (id: string): EnvironmentFact => ({ type: 'DocumentAdded', document: document(id), at });
const environment = (...facts: EnvironmentFact[]): Environment => [opened, ...facts].reduce<Environment>(evolve, noEnvironment);

describe('a document of a test environment', () => {
  it('is added by its host, once', () => {
    given(environment())
      .when(addDocument, { document: document('d1'), by, at })
      .then(added('d1'));
    given(environment(added('d1')))
      .when(addDocument, { document: document('d1'), by, at })
      .thenNothing();
    given(environment())
      .when(addDocument, { document: document('d1'), by: 'other', at })
      .thenRefused('not-the-host');
    given(noEnvironment)
      .when(addDocument, { document: document('d1'), by, at })
      .thenRefused('no-such-environment');
  });
  it('is one of so many', () =>
    given(environment(...Array.from({ length: mostDocuments }, (_, n) => added(`d${n}`))))
      .when(addDocument, { document: document('more'), by, at })
      .thenRefused('too-many-documents'));
  it('is taken away by its host', () => {
    given(environment(added('d1'), added('d2')))
      .when(removeDocument, { documentId: 'd1', by, at })
      .then({ type: 'DocumentRemoved', documentId: 'd1', at });
    given(environment(added('d1')))
      .when(removeDocument, { documentId: 'd1', by: 'other', at })
      .thenRefused('not-the-host');
    given(environment()).when(removeDocument, { documentId: 'd1', by, at }).thenRefused('no-such-document');
    expect(environment(added('d1'), added('d2'), { type: 'DocumentRemoved', documentId: 'd1', at })).toMatchObject({
      documents: [document('d2')],
    });
  });
  it('stays whatever else is done to the environment', () => {
    const facts: EnvironmentFact[] = [
      { type: 'EnvironmentDescribed', content: 'anew', at },
      { type: 'EnvironmentClosed', reason: 'Repairs', at },
      { type: 'EnvironmentDescribed', content: 'again', at },
      { type: 'EnvironmentReopened', at },
    ];
    for (let n = 1; n <= facts.length; n++)
      expect(environment(added('d1'), ...facts.slice(0, n))).toMatchObject({ documents: [document('d1')] });
  });
});
