import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editTender } from '../tender/editTender.ts';
import { evolve } from '../tender/evolve.ts';
import {
  asBuyer,
  closed,
  created,
  drafted,
  euros,
  everyState,
  forBoth,
  forBuild,
  known,
  later,
  lotAwarded,
  opened,
  openedTender,
  published,
  publishedTender,
  scoresOf,
  shown,
  submitted,
  tenderAfter,
  terms,
} from '../tender/scenes.fixture.ts';
import type { ShownTender, Tender, TenderFact } from '../tender/tender.ts';
import { newTerms, type TermsChanges } from '../tender/terms.ts';
import { asOf } from './asOf.ts';
import { contentOf } from './content.ts';
import { mergeReleases } from './mergeReleases.ts';
import { expectValid, validatePackage, validateRecord } from './schemas.fixture.ts';
import { writePackage, writeRecord } from './writePackage.ts';

type Json = Record<string, unknown>;
const readers = ['buyer', 'stranger'] as const;
const publicUrl = 'https://umuhuza.example';
/** Long after everything here. */
const muchLater = '2028-01-01T00:00:00.000Z';
const packageOf = (tender: Tender, reader = 'buyer', at = muchLater) => writePackage(known(tender), { reader, publicUrl, at });
const recordOf = (tender: Tender, reader = 'buyer', at = muchLater) => writeRecord(known(tender), { reader, publicUrl, at });
const compiledOf = (tender: Tender, reader = 'buyer') => recordOf(tender, reader).records[0]?.compiledRelease as Json;
const lastOf = (tender: Tender, reader = 'buyer') => packageOf(tender, reader).releases.at(-1) as Json;
const tagsOf = (tender: Tender, reader = 'buyer') => packageOf(tender, reader).releases.map(({ tag }) => tag.join(' '));

const onDay = (day: number) => `2027-01-${String(day).padStart(2, '0')}T09:00:00.000Z`;
/** What the buyer's edit leads to. */
const amendedBy = (tender: Tender, changes: TermsChanges, at: string, reason = 'It was asked for.'): TenderFact[] => {
  const facts = editTender(tender, { by: asBuyer, changes, reason, at });
  if ('refused' in facts) throw new Error(facts.refused);
  return [...facts];
};
const amended = amendedBy(publishedTender(), { deadline: '2027-03-01T22:59:59.000Z' }, onDay(10), 'Holidays.');
const withoutRun = amendedBy(publishedTender(), { lots: [terms.lots[0] as never] }, onDay(10));
const asked: TenderFact = { type: 'QuestionAsked', questionId: 'q1', question: 'May we?', askedBy: 'alpha', at: onDay(11) };
const answered: TenderFact = { type: 'QuestionAnswered', questionId: 'q1', answer: 'You may.', at: onDay(12) };
const rejected: TenderFact = { type: 'QuestionRejected', questionId: 'q1', reason: 'It tells who bids.', at: onDay(12) };
const hour = (n: number) => `2027-02-02T${String(n).padStart(2, '0')}:00:00.000Z`;
const awardedAt = (lotId: string, bidder: string, at: string): TenderFact => ({ ...lotAwarded(lotId, bidder), at }) as TenderFact;
const failed = (lotId: string, at: string): TenderFact => ({ type: 'LotDeclaredUnsuccessful', lotId, reason: 'Too dear.', at });

const withStart = { ...terms, startsOn: '2027-03-31', durationMonths: 6, showBudget: true, mustHaves: ['ISO 9001'] };
const bare: TenderFact = {
  type: 'TenderDrafted',
  tenderId: 't2',
  ocid: 'ocds-umuhuza-t2',
  buyer: { organisationId: 'buyer', country: 'DE' },
  terms: newTerms({ title: 'An idea' }),
  at: created,
};

/** A whole procedure, command by command, each at an instant of its own. */
const commands: readonly (readonly TenderFact[])[] = [
  [drafted, shown],
  [submitted('alpha')],
  amended,
  [asked],
  [submitted('beta', { submittedAt: onDay(21) })],
  [answered],
  [closed],
  [{ ...opened({ alpha: forBoth(1_000, 500), beta: forBuild(800) }), at: hour(1) } as TenderFact],
  [scoresOf({ alpha: 90, beta: 50 })],
  [awardedAt('build', 'alpha', hour(2))],
  [failed('run', hour(3)), { type: 'TenderCompleted', at: hour(3) }],
];
const story = commands.flat();

const onFebruary = (day: number) => `2027-02-${String(day).padStart(2, '0')}T12:00:00.000Z`;
const document = { id: 'd1', name: 'specification.pdf', type: 'application/pdf', size: 3, sha256: 'a' };
const milestones = [
  { id: 'design', title: 'Design', dueOn: '2027-03-31' },
  { id: 'go-live', title: 'Go-live' },
];
const withDocument = amendedBy(publishedTender(), { milestones: milestones.slice(0, 1) }, onDay(6));
const signedOff = (milestoneId: string, side: 'buyer' | 'supplier', at: string): TenderFact => ({
  type: 'MilestoneSignedOff',
  lotId: 'build',
  milestoneId,
  side,
  at,
});
/** Its first award is declined, its second one leads to a contract that is fulfilled. */
const contracting: readonly (readonly TenderFact[])[] = [
  [drafted, shown],
  withDocument,
  [
    {
      type: 'TenderAmended',
      terms: { ...terms, documents: [document] },
      changed: ['documents', 'milestones'],
      changes: [
        { term: 'documents', to: [document] },
        { term: 'milestones', from: milestones.slice(0, 1) },
      ],
      changesWhatIsAsked: true,
      at: onDay(7),
    },
  ],
  [
    {
      type: 'TenderAmended',
      terms,
      changed: ['documents'],
      changes: [{ term: 'documents', from: [document] }],
      changesWhatIsAsked: true,
      at: onDay(8),
    },
  ],
  ...['alpha', 'beta', 'gamma'].map((firm) => [submitted(firm, { submittedAt: onDay(20) })]),
  [closed],
  [{ ...opened({ alpha: forBoth(1_000, 500), beta: forBuild(800), gamma: forBuild(100) }), at: hour(1) }],
  [{ type: 'BidDisqualified', bidId: 'bid-gamma', code: 'incomplete', reason: 'No answers.', at: hour(2) }],
  [scoresOf({ alpha: 90, beta: 50 })],
  [awardedAt('build', 'alpha', hour(3))],
  [failed('run', hour(4)), { type: 'TenderCompleted', at: hour(4) }],
  [
    {
      type: 'AwardLapsed',
      lotId: 'build',
      bidId: 'bid-alpha',
      winner: 'alpha',
      how: 'declined',
      reason: 'Nobody is free.',
      at: hour(5),
    },
    awardedAt('build', 'beta', hour(5)),
  ],
  [{ type: 'ContractOffered', lotId: 'build', contractId: 'c1', milestones, at: onFebruary(8) }],
  [{ type: 'ContractOffered', lotId: 'build', contractId: 'c2', milestones, at: onFebruary(9) }],
  [{ type: 'ContractSigned', lotId: 'build', at: onFebruary(10) }],
  [signedOff('design', 'supplier', onFebruary(20))],
  [
    {
      type: 'MilestoneDocumentAdded',
      lotId: 'build',
      milestoneId: 'go-live',
      document: { ...document, id: 'd2', by: 'supplier', at: onFebruary(20).replace('12:00', '13:00') },
    },
  ],
  [signedOff('design', 'buyer', onFebruary(21))],
  [signedOff('go-live', 'buyer', onFebruary(22))],
  [signedOff('go-live', 'supplier', onFebruary(23)), { type: 'ContractCompleted', lotId: 'build', at: onFebruary(23) }],
];
const standstillOver = '2027-02-07T05:00:00.000Z';
const withdrawn = (lotId: string, at: string): TenderFact[] => [
  { type: 'AwardLapsed', lotId, bidId: 'bid-alpha', winner: 'alpha', how: 'withdrawn', reason: 'Silent.', at },
  failed(lotId, at),
];
/** Its awards come to nothing, and nobody is left. */
const inVain: readonly (readonly TenderFact[])[] = [
  [drafted, shown],
  [submitted('alpha')],
  [closed],
  [{ ...opened({ alpha: forBoth(1_000, 500) }), at: hour(1) }],
  [awardedAt('build', 'alpha', hour(2)), awardedAt('run', 'alpha', hour(2)), { type: 'TenderCompleted', at: hour(2) }],
  withdrawn('build', hour(3)),
  [...withdrawn('run', hour(4)), { type: 'TenderDeclaredUnsuccessful', reason: 'Nobody is left.', at: hour(4) }],
];
/** The instant at which the last of these happened. */
const presentAfter = (facts: readonly TenderFact[]): string =>
  facts.reduce((latest, fact) => {
    const at = fact.type === 'MilestoneDocumentAdded' ? fact.document.at : 'at' in fact ? fact.at : undefined;
    return at && at > latest ? at : latest;
  }, published);

const scenes: Record<string, Tender> = {
  ...Object.fromEntries(Object.entries(everyState).filter(([status]) => status !== 'absent')),
  'draft with a title only': tenderAfter(bare),
  'draft with a start, a duration and a visible budget': tenderAfter({ ...drafted, terms: withStart } as TenderFact),
  'draft with a duration only': tenderAfter({ ...drafted, terms: newTerms({ title: 'T', durationMonths: 12 }) } as TenderFact),
  'draft in a currency younger than OCDS': tenderAfter({
    ...drafted,
    terms: newTerms({ title: 'T', budget: { amount: 100, currency: 'SLE' } }),
  } as TenderFact),
  amended: publishedTender(...amended),
  'amended by taking away a lot': publishedTender(...withoutRun),
  'with an open question': publishedTender(asked),
  'with an answered question': publishedTender(asked, answered),
  'with a rejected question': publishedTender(asked, rejected),
  'one lot awarded': openedTender(scoresOf({ alpha: 90, beta: 50 }), awardedAt('build', 'alpha', hour(9))),
  'one lot unsuccessful': openedTender(failed('run', hour(9))),
  'one lot awarded, the other unsuccessful': tenderAfter(...story),
  'a bid disqualified': openedTender({ type: 'BidDisqualified', bidId: 'bid-beta', reason: 'No ISO 27001.' }),
  'cancelled after the deadline, before opening': publishedTender(closed, {
    type: 'TenderCancelled',
    reason: 'No.',
    at: hour(9),
  }),
  'cancelled after opening': openedTender({ type: 'TenderCancelled', reason: 'Stopped.', at: hour(9) }),
  'cancelled after opening with a lot unsuccessful': openedTender(failed('run', hour(9)), {
    type: 'TenderCancelled',
    reason: 'Stopped.',
    at: hour(10),
  }),
  'with an amendment of an earlier version': publishedTender({
    type: 'TenderAmended',
    terms,
    changed: ['deadline'],
    changesWhatIsAsked: false,
    at: onDay(10),
  }),
};

describe('a tender in the Open Contracting Data Standard', () => {
  it.each(Object.entries(scenes))(
    'is valid for its buyer and for others, release by release and as a record: %s',
    (_, tender) => {
      for (const reader of readers) {
        expectValid(validatePackage, packageOf(tender, reader));
        expectValid(validateRecord, recordOf(tender, reader));
      }
    },
  );
  it.each(Object.entries(scenes))('has releases in the order of their dates, each with an id of its own: %s', (_, tender) => {
    const ids = readers.flatMap((reader) => packageOf(tender, reader).releases.map(({ id }) => id));
    const isDraft = known(tender).status === 'draft' || known(tender).status === 'dropped';
    expect(new Set(ids).size).toBe(isDraft ? 1 : ids.length);
    for (const reader of readers) {
      const dates = packageOf(tender, reader).releases.map(({ date }) => date);
      expect(dates).toEqual([...dates].sort());
      expect(packageOf(tender, reader).publishedDate).toBe(dates.at(-1));
    }
  });
  it('is what the demonstration notices of this project are, too', () => {
    const file = new URL('../../../../packages/journeys/test-data/demonstration-notices.json', import.meta.url);
    expectValid(validatePackage, JSON.parse(readFileSync(file, 'utf8')));
  });
  it('is held against schemas that do refuse', () => {
    expect(validatePackage({ ...packageOf(everyState.opened), version: 'new' })).toBe(false);
    expect(validateRecord({ ...recordOf(everyState.opened), records: [] })).toBe(false);
    const { releases, ...envelope } = packageOf(everyState.opened);
    const spoilt = (content: Json) => validatePackage({ ...envelope, releases: [{ ...releases[0], ...content }] });
    expect(spoilt({})).toBe(true);
    expect(spoilt({ bids: { details: [{ status: 'valid' }] } })).toBe(false);
    expect(spoilt({ tender: { id: 't', lots: [{ title: 'no id' }] } })).toBe(false);
    expect(spoilt({ tender: { id: 't', enquiries: [{ description: 'no id' }] } })).toBe(false);
  });

  it('tells one event after the other', () =>
    expect(packageOf(tenderAfter(...story), 'stranger').releases.map(({ date, tag }) => [date, tag.join(' ')])).toEqual([
      [published, 'tender'],
      [onDay(10), 'tenderAmendment'],
      [onDay(11), 'tenderUpdate'],
      [onDay(12), 'tenderUpdate'],
      [hour(1), 'tenderUpdate'],
      [hour(2), 'award'],
      [hour(3), 'tenderUpdate award'],
      ['2027-02-07T02:00:00.000Z', 'awardUpdate'],
    ]));
  it('tells awards, their end, contracts and their end, each by its word; milestones and who is out to its buyer alone', () => {
    const tender = tenderAfter(...contracting.flat());
    const told = (reader: string) => packageOf(tender, reader).releases.map(({ date, tag }) => [date, tag.join(' ')]);
    const shared = [
      [published, 'tender'],
      [onDay(6), 'tenderAmendment'],
      [onDay(7), 'tenderAmendment'],
      [onDay(8), 'tenderAmendment'],
      [hour(1), 'tenderUpdate'],
      [hour(2), 'tenderUpdate'],
      [hour(3), 'award'],
      [hour(4), 'tenderUpdate award'],
      [hour(5), 'award awardCancellation'],
      [standstillOver, 'awardUpdate'],
      [onFebruary(10), 'contract'],
    ];
    expect(told('stranger')).toEqual([...shared, [onFebruary(23), 'contractTermination']]);
    const documented = onFebruary(20).replace('12:00', '13:00');
    expect(told('buyer')).toEqual([
      ...shared,
      [documented, 'contractUpdate'],
      [onFebruary(21), 'contractUpdate'],
      [onFebruary(23), 'contractTermination'],
    ]);
  });
  it('says of an award that it waits, is in force, or came to nothing', () => {
    const at = (instant: string, reader = 'stranger') => {
      const { awards } = mergeReleases(
        packageOf(tenderAfter(...contracting.flat()), reader).releases.filter(({ date }) => date <= instant),
      );
      return (awards as Json[]).map(({ id, status }) => [id, status]);
    };
    expect(at(hour(3))).toEqual([['t1-build-bid-alpha', 'pending']]);
    expect(at(hour(5))).toEqual([
      ['t1-build-bid-alpha', 'cancelled'],
      ['t1-run', 'unsuccessful'],
      ['t1-build-bid-beta', 'pending'],
    ]);
    expect(at(standstillOver)).toContainEqual(['t1-build-bid-beta', 'active']);
    const last = compiledOf(tenderAfter(...contracting.flat())).awards as Json[];
    expect(last[0]?.amendments).toEqual([
      { id: 'lapse', date: hour(5), description: 'Declined by the winner', rationale: 'Nobody is free.' },
    ]);
    expect(last[2]).toMatchObject({ standstillPeriod: { startDate: hour(5), endDate: standstillOver } });
    expect(JSON.stringify(packageOf(tenderAfter(...contracting.flat()), 'stranger'))).not.toContain('Nobody is free');
  });
  it('says of a contract what everybody may know; its buyer reads the milestones, too', () => {
    const tender = tenderAfter(...contracting.flat());
    const contract = { id: 'c2', awardID: 't1-build-bid-beta', title: 'Build it', dateSigned: onFebruary(10) };
    expect(compiledOf(tender, 'stranger').contracts).toEqual([
      { ...contract, status: 'terminated', value: { amount: 1_000, currency: 'EUR' } },
    ]);
    expect(compiledOf(tender).contracts).toMatchObject([
      {
        ...contract,
        milestones: [
          { id: 'design', title: 'Design', status: 'met', dateMet: onFebruary(21), dueDate: '2027-03-31T00:00:00Z' },
          {
            id: 'go-live',
            status: 'met',
            dateMet: onFebruary(23),
            documents: [
              {
                id: 'd2',
                title: 'specification.pdf',
                url: 'https://umuhuza.example/api/tenders/t1/lots/build/contract/milestones/go-live/documents/d2',
              },
            ],
          },
        ],
      },
    ]);
    const offered = tenderAfter(...contracting.slice(0, -6).flat());
    for (const reader of readers) expect(compiledOf(offered, reader)).not.toHaveProperty('contracts');
  });
  it('names the documents and milestones of the tender, and says of each that is not there any more that it is not', () => {
    const told = packageOf(tenderAfter(...contracting.flat()), 'stranger').releases.map(({ tender }) => tender as Json);
    expect(told[1]?.milestones).toEqual([
      { id: 'design', title: 'Design', type: 'delivery', status: 'scheduled', dueDate: '2027-03-31T00:00:00Z' },
    ]);
    expect(told[2]).toMatchObject({
      milestones: [{ description: 'Not asked for any more', status: null }],
      documents: [{ id: 'd1', title: 'specification.pdf', url: 'https://umuhuza.example/api/tenders/t1/documents/d1' }],
    });
    expect(told[3]?.documents).toEqual([
      {
        id: 'd1',
        title: 'specification.pdf',
        description: 'Not among the documents any more',
        documentType: null,
        format: null,
        url: null,
      },
    ]);
  });
  it('of an earlier version tells no award of which only is known that it came to nothing', () => {
    const tender = openedTender(lotAwarded('build', 'alpha'), {
      type: 'AwardLapsed',
      lotId: 'build',
      bidId: 'bid-alpha',
      winner: 'alpha',
      how: 'declined',
      reason: 'No.',
      at: hour(9),
    }) as ShownTender & { readonly lapses: readonly Json[] };
    const { awarded, ...lapse } = tender.lapses[0] as Json;
    expect(awarded).toEqual({ value: euros(1_000), reason: 'The best.', at: later });
    const old = { ...tender, lapses: [lapse] } as unknown as Tender;
    expectValid(validatePackage, packageOf(old));
    expect(compiledOf(old)).not.toHaveProperty('awards');
    expect(compiledOf(tender).awards).toMatchObject([{ status: 'cancelled' }]);
  });
  it('says with its status and tags where it stands', () => {
    const said = Object.fromEntries(
      Object.entries(everyState)
        .filter(([status]) => status !== 'absent')
        .map(([status, tender]) => [status, [(lastOf(tender).tender as Json).status, ...tagsOf(tender)]]),
    );
    expect(said).toEqual({
      draft: ['planning', 'planning'],
      dropped: ['cancelled', 'planningUpdate'],
      published: ['active', 'tender'],
      closed: ['active', 'tender'],
      opened: ['active', 'tender', 'tenderUpdate'],
      awarded: ['complete', 'tender', 'tenderUpdate award', 'awardUpdate'],
      unsuccessful: ['unsuccessful', 'tender', 'tenderUpdate'],
      cancelled: ['cancelled', 'tender', 'tenderCancellation'],
    });
  });
  it.each(Object.entries({ commands, contracting, inVain }))('never changes what it has told: %s', (_, told) => {
    for (const reader of readers)
      for (const [n] of told.entries()) {
        const facts = told.slice(0, n + 1).flat();
        const earlier = packageOf(tenderAfter(...facts), reader, presentAfter(facts));
        const after = packageOf(tenderAfter(...told.flat()), reader).releases;
        expect(JSON.stringify(after.slice(0, earlier.releases.length))).toBe(JSON.stringify(earlier.releases));
        expectValid(validatePackage, earlier);
        expectValid(validateRecord, recordOf(tenderAfter(...facts), reader, presentAfter(facts)));
      }
  });
  it('tells what time itself changes when its time has come', () => {
    const tender = tenderAfter(...contracting.slice(0, -7).flat());
    const tags = (at: string) => packageOf(tender, 'stranger', at).releases.map(({ tag }) => tag.join(' '));
    expect(tags('2027-02-07T04:59:59.999Z')).not.toContain('awardUpdate');
    expect(tags(standstillOver).at(-1)).toBe('awardUpdate');
  });

  it('tells the terms as they were, then what an amendment made of them', () => {
    const [first, second] = packageOf(publishedTender(...amended), 'stranger').releases as Json[];
    expect(first?.tender).toMatchObject({ tenderPeriod: { endDate: terms.deadline } });
    expect(first?.tender).not.toHaveProperty('amendments');
    expect(second?.tender).toEqual({
      id: 't1',
      title: terms.title,
      status: 'active',
      tenderPeriod: { startDate: published, endDate: '2027-03-01T22:59:59.000Z' },
      enquiryPeriod: { startDate: published, endDate: '2027-03-01T22:59:59.000Z' },
      amendments: [
        {
          id: '1',
          date: onDay(10),
          description: 'Changed: deadline',
          rationale: 'Holidays.',
          amendsReleaseID: first?.id,
          releaseID: second?.id,
        },
      ],
    });
  });
  it('says that a lot is not asked for any more', () => {
    const { lots } = compiledOf(publishedTender(...withoutRun)).tender as { lots: Json[] };
    expect(lots.map(({ id, status }) => [id, status])).toEqual([
      ['build', 'active'],
      ['run', 'withdrawn'],
    ]);
  });
  it('tells questions and answers without who asked', () => {
    const tender = publishedTender(asked, answered);
    expect((compiledOf(tender, 'stranger').tender as Json).enquiries).toEqual([
      { id: 'q1', date: onDay(11), description: 'May we?', answer: 'You may.', dateAnswered: onDay(12) },
    ]);
    expect(JSON.stringify(packageOf(tender))).not.toContain('alpha');
    expect((compiledOf(publishedTender(asked, rejected)).tender as Json).enquiries).toMatchObject([
      { answer: 'Not answered: It tells who bids.' },
    ]);
  });
  it('gives the reason of a cancellation', () =>
    expect((lastOf(everyState.cancelled).tender as Json).amendments).toMatchObject([
      { id: 'cancellation', rationale: 'The project was stopped.', date: later },
    ]));
  it('says what became of each lot', () => {
    const compiled = compiledOf(tenderAfter(...story), 'stranger');
    expect((compiled.tender as { lots: Json[] }).lots.map(({ id, status }) => [id, status])).toEqual([
      ['build', 'complete'],
      ['run', 'unsuccessful'],
    ]);
    expect(compiled.awards).toMatchObject([
      {
        status: 'active',
        relatedLots: ['build'],
        relatedBid: 'bid-alpha',
        suppliers: [{ id: 'alpha' }],
        value: { amount: 1_000 },
      },
      { status: 'unsuccessful', relatedLots: ['run'], description: 'Too dear.' },
    ]);
    expect(compiled.parties).toMatchObject([{ id: 'buyer' }, { id: 'alpha', roles: ['tenderer', 'supplier'] }, { id: 'beta' }]);
  });
  it('counts money in major units', () =>
    expect(lastOf(everyState.published)).toMatchObject({ tender: { value: { amount: 90_000, currency: 'EUR' } } }));
  it('keeps a hidden budget, hidden changes and the losers’ prices from others', () => {
    expect(lastOf(everyState.published, 'stranger').tender).not.toHaveProperty('value');
    expect(compiledOf(everyState.opened).bids).toMatchObject({
      details: [{ id: 'bid-alpha', value: { amount: 1_500 } }, { id: 'bid-beta' }],
    });
    expect(compiledOf(everyState.opened, 'stranger').bids).toEqual({
      statistics: [
        { id: 'bids', measure: 'bids', value: 2 },
        { id: 'valid', measure: 'validBids', value: 2 },
      ],
    });
    const richer = publishedTender(...amendedBy(publishedTender(), { budget: euros(95_000) }, onDay(10)));
    expect(tagsOf(richer, 'buyer')).toEqual(['tender', 'tenderAmendment']);
    expect(packageOf(richer, 'stranger')).toEqual(packageOf(publishedTender(), 'stranger'));
  });
  it.each(Object.entries(scenes))('tells who has no account what it tells a stranger, to the byte: %s', (_, tender) => {
    const anonymous = { reader: undefined, publicUrl, at: muchLater };
    expect(JSON.stringify(writePackage(known(tender), anonymous))).toBe(JSON.stringify(packageOf(tender, 'stranger')));
    expect(JSON.stringify(writeRecord(known(tender), anonymous))).toBe(JSON.stringify(recordOf(tender, 'stranger')));
  });
  it('before opening is the same with bids and without, for every reader', () => {
    for (const reader of ['buyer', 'stranger', 'alpha'])
      for (const write of [packageOf, recordOf])
        expect(JSON.stringify(write(publishedTender(submitted('alpha'), submitted('beta')), reader))).toBe(
          JSON.stringify(write(publishedTender(), reader)),
        );
  });
  it('gives a draft’s next version another id', () => {
    const before = tenderAfter(bare);
    const after = tenderAfter(bare, { type: 'DraftEdited', terms: newTerms({ title: 'A better idea' }) });
    expect(lastOf(before).id).toBe(lastOf(tenderAfter(bare)).id);
    expect(lastOf(after).id).not.toBe(lastOf(before).id);
  });
});

describe('whatever is amended', () => {
  const lot = (n: number) => ({ id: `lot-${n}`, title: `Lot ${n}`, description: '' });
  const changes = fc.record(
    {
      title: fc.constantFrom('One title', 'Another title'),
      cpv: fc.constantFrom(['72000000'], ['72000000', '48000000'], ['48000000', '80000000', '79000000'], []),
      lots: fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1 }).map((ids) => ids.map(lot)),
      budget: fc.constantFrom(euros(100), euros(200), null),
      showBudget: fc.boolean(),
      mustHaves: fc.constantFrom([], ['One'], ['One', 'Two']),
      startsOn: fc.constantFrom('2027-05-01', '2027-06-01', null),
      durationMonths: fc.constantFrom(3, 12, null),
      criteria: fc.constantFrom(
        [{ id: 'price', name: 'Price', weight: 100, kind: 'price' as const }],
        [{ id: 'quality', name: 'Quality', weight: 100, kind: 'quality' as const }],
      ),
      audience: fc.constantFrom('all' as const),
    },
    { requiredKeys: [] },
  );

  it('each release is valid, none changes later, and together they are the tender as it stands', () => {
    fc.assert(
      fc.property(fc.array(fc.array(changes, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }), (editsOfDays) => {
        let tender = publishedTender();
        let earlier = readers.map((reader) => packageOf(tender, reader).releases);
        for (const [n, edits] of editsOfDays.entries()) {
          // Several edits that waited for one tender are decided in one write, at one instant.
          for (const edit of edits) {
            const facts = editTender(tender, { by: asBuyer, changes: edit, reason: 'It was asked for.', at: onDay(6 + n) });
            if (!('refused' in facts)) tender = facts.reduce(evolve, tender);
          }
          for (const [place, reader] of readers.entries()) {
            expectValid(validatePackage, packageOf(tender, reader));
            const { releases } = packageOf(tender, reader);
            expect(releases.slice(0, earlier[place]?.length)).toEqual(earlier[place]);
            const { amendments, lots, ...compiled } = mergeReleases(releases).tender as Json;
            const { lots: standing, ...expected } = contentOf(known(tender), {
              isOwn: reader === 'buyer',
              at: muchLater,
              publicUrl,
            }).tender;
            expect(withoutEmptyLists(compiled)).toEqual(expected);
            expect((lots as Json[]).filter(({ status }) => status !== 'withdrawn')).toHaveLength((standing as Json[]).length);
            expect(lots).toEqual(expect.arrayContaining(standing as Json[]));
          }
          earlier = readers.map((reader) => packageOf(tender, reader).releases);
        }
        expect(asOf(tender as ShownTender, published).terms).toEqual(terms);
      }),
      { numRuns: 60 },
    );
  });
});

/** The standard knows no way to take away a list that is replaced as a whole, but to empty it. */
const withoutEmptyLists = (value: Json): unknown =>
  JSON.parse(JSON.stringify(value, (_, part: unknown) => (Array.isArray(part) && part.length === 0 ? undefined : part)));
