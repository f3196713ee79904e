import { given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { addDocument, documentsOf, removeDocument } from './changeDocuments.ts';
import { evolve } from './evolve.ts';
import { isRefusal } from './refusals.ts';
import {
  asBuyer,
  asFirm,
  before,
  deadline,
  everyState,
  justAfter,
  justBefore,
  later,
  publishedTender,
  submitted,
} from './scenes.fixture.ts';
import type { Tender, TenderFact } from './tender.ts';

const documentOf = (id: string) => ({ id, name: `${id}.pdf`, type: 'application/pdf', size: 5, sha256: 'hash' });
const add = { by: asBuyer, document: documentOf('d1'), reason: 'It was asked for.', at: before };
const remove = { by: asBuyer, documentId: 'd1', reason: 'Outdated.', at: before };
const muchLater = '2028-01-01T00:00:00.000Z';
const after = (tender: Tender, command: typeof add & { readonly deadline?: string }): Tender => {
  const decision = addDocument(tender, command);
  if (isRefusal(decision)) throw new Error(decision.refused);
  return decision.reduce(evolve, tender);
};

describe('a document of a tender', () => {
  it('is added to a draft and taken away again', () => {
    const tender = after(everyState.draft, add);
    expect(documentsOf(tender)).toEqual([documentOf('d1')]);
    given(tender).when(addDocument, add).thenNothing();
    const [fact] = given(tender).when(removeDocument, remove).decision as [Parameters<typeof evolve>[1]];
    expect(documentsOf(evolve(tender, fact))).toEqual([]);
  });
  it('in a published tender changes what is asked: bids have to be confirmed', () => {
    const tender = after(publishedTender(submitted('alpha')), { ...add, at: before });
    expect(tender).toMatchObject({
      bids: [{ valid: false }],
      amendments: [{ changed: ['documents'], changesWhatIsAsked: true }],
    });
    const { reason: _, ...unexplained } = add;
    given(publishedTender()).when(addDocument, unexplained).thenRefused('amendment-without-reason');
    given(publishedTender())
      .when(addDocument, { ...add, at: justBefore })
      .thenRefused('too-close-to-deadline');
    given(publishedTender())
      .when(addDocument, { ...add, deadline, at: justBefore })
      .thenRefused('too-close-to-deadline');
    given(publishedTender())
      .when(addDocument, { ...add, at: justAfter })
      .thenRefused('bidding-is-over');
  });
  it('comes and goes in the last four days along with a later deadline', () => {
    const added = after(publishedTender(submitted('alpha')), { ...add, deadline: later, at: justBefore });
    expect(added).toMatchObject({
      terms: { deadline: later, documents: [documentOf('d1')] },
      amendments: [{ changed: ['deadline', 'documents'], changesWhatIsAsked: true }],
    });
    given(added)
      .when(removeDocument, { ...remove, at: justBefore })
      .thenRefused('too-close-to-deadline');
    const [fact] = given(added).when(removeDocument, { ...remove, deadline: muchLater, at: justBefore }).decision as TenderFact[];
    expect(fact).toMatchObject({ type: 'TenderAmended', terms: { deadline: muchLater, documents: [] } });
    given(publishedTender())
      .when(addDocument, { ...add, deadline: before, at: before })
      .thenRefused('deadline-only-later');
  });
  it('is the buyer’s to add, also one that is there already', () =>
    given(after(publishedTender(), add))
      .when(addDocument, { ...add, by: asFirm('alpha') })
      .thenRefused('only-the-buyer'));
  it('is one of fifty at most', () => {
    let tender: Tender = everyState.draft;
    for (let n = 0; n < 50; n++) tender = after(tender, { ...add, document: documentOf(`d${n}`) });
    given(tender)
      .when(addDocument, { ...add, document: documentOf('more') })
      .thenRefused('too-many-documents');
  });
  it('is the buyer’s to add and to take away, and answers in every state', () => {
    for (const [command, decide] of [
      [add, addDocument],
      [remove, removeDocument],
    ] as const) {
      const by = asFirm('alpha');
      given(everyState.published)
        .when(decide as typeof addDocument, { ...command, by } as typeof add)
        .thenRefused('only-the-buyer');
      for (const tender of [everyState.absent])
        given(tender)
          .when(decide as typeof addDocument, command as typeof add)
          .thenRefused('no-such-tender');
    }
    for (const status of ['closed', 'opened'] as const)
      given(everyState[status]).when(addDocument, add).thenRefused('bidding-is-over');
    for (const status of ['awarded', 'unsuccessful', 'cancelled', 'dropped'] as const)
      given(everyState[status]).when(addDocument, add).thenRefused('procedure-is-over');
    for (const tender of Object.values(everyState).filter(({ status }) => status !== 'absent'))
      given(tender).when(removeDocument, remove).thenRefused('no-such-document');
  });
});
