import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import {
  drafted,
  everyState,
  known,
  later,
  lotAwarded,
  openedTender,
  published,
  publishedTender,
  scoresOf,
  submitted,
  tenderAfter,
  terms,
} from '../tender/scenes.fixture.ts';
import type { Tender, TenderFact } from '../tender/tender.ts';
import { newTerms } from '../tender/terms.ts';
import { writePackage } from './writePackage.ts';

type Json = Record<string, unknown>;
const read = (name: string): Json =>
  JSON.parse(readFileSync(new URL(`../../test-data/ocds/${name}`, import.meta.url), 'utf8')) as Json;

/** RFC 7396, by which an OCDS extension changes the release schema. */
const merged = (base: unknown, patch: unknown): unknown => {
  if (patch === null || typeof patch !== 'object' || Array.isArray(patch)) return patch;
  const into: Json = base !== null && typeof base === 'object' && !Array.isArray(base) ? { ...(base as Json) } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete into[name];
    else into[name] = merged(into[name], value);
  }
  return into;
};

const asLaterDraft = ({ id, $schema, ...schema }: Json): Json => ({ ...schema, $id: id });
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(asLaterDraft(merged(read('release-schema-1.1.json'), read('bid-extension-release-schema.json')) as Json));
const validate = ajv.compile(asLaterDraft(read('release-package-schema-1.1.json')));

const packageOf = (tender: Tender, reader = 'buyer') => writePackage(known(tender), reader, 'https://umuhuza.example');
const releaseOf = (tender: Tender, reader = 'buyer') => packageOf(tender, reader).releases[0] as Json;
const amended: TenderFact = {
  type: 'TenderAmended',
  terms,
  changed: ['deadline'],
  reason: 'Holidays.',
  changesWhatIsAsked: false,
  at: later,
};
const withStart = { ...terms, startsOn: '2027-03-31', durationMonths: 6, showBudget: true, mustHaves: ['ISO 27001'] };
const bare: TenderFact = {
  type: 'TenderDrafted',
  tenderId: 't2',
  ocid: 'ocds-umuhuza-t2',
  buyer: { organisationId: 'buyer', country: 'DE' },
  terms: newTerms({ title: 'An idea' }),
  at: published,
};

const scenes: Record<string, Tender> = {
  ...Object.fromEntries(Object.entries(everyState).filter(([status]) => status !== 'absent')),
  'draft with a title only': tenderAfter(bare),
  'draft with a start, a duration and a visible budget': tenderAfter({ ...drafted, terms: withStart } as TenderFact),
  'draft with a duration only': tenderAfter({ ...drafted, terms: newTerms({ title: 'T', durationMonths: 12 }) } as TenderFact),
  'draft in a currency younger than OCDS': tenderAfter({
    ...drafted,
    terms: newTerms({ title: 'T', budget: { amount: 100, currency: 'SLE' } }),
  } as TenderFact),
  amended: publishedTender(amended),
  'one lot awarded': openedTender(scoresOf({ alpha: 90, beta: 50 }), lotAwarded('build', 'alpha')),
  'one lot unsuccessful': openedTender({ type: 'LotDeclaredUnsuccessful', lotId: 'run', reason: 'Too dear.', at: later }),
  'a bid disqualified': openedTender({ type: 'BidDisqualified', bidId: 'bid-beta', reason: 'No ISO 27001.' }),
  'cancelled after opening': openedTender({ type: 'TenderCancelled', reason: 'Stopped.', at: later }),
};

describe('a tender in the Open Contracting Data Standard', () => {
  it.each(Object.entries(scenes))('is a valid release package for its buyer and for others: %s', (_, tender) => {
    for (const reader of ['buyer', 'stranger']) {
      const valid = validate(packageOf(tender, reader));
      expect(validate.errors ?? []).toEqual([]);
      expect(valid).toBe(true);
    }
  });
  it('is what the demonstration notices of this project are, too', () => {
    const file = new URL('../../../../packages/journeys/test-data/demonstration-notices.json', import.meta.url);
    validate(JSON.parse(readFileSync(file, 'utf8')));
    expect(validate.errors ?? []).toEqual([]);
  });
  it('is held against a schema that does refuse', () => {
    expect(validate({ ...packageOf(everyState.opened), version: 'new' })).toBe(false);
    const { releases, ...envelope } = packageOf(everyState.opened);
    expect(validate({ ...envelope, releases: [{ ...releases[0], bids: { details: [{ status: 'valid' }] } }] })).toBe(false);
  });

  it('says with its status and tag where it stands', () => {
    const said = Object.fromEntries(
      Object.entries(everyState)
        .filter(([status]) => status !== 'absent')
        .map(([status, tender]) => [status, [(releaseOf(tender).tender as Json).status, releaseOf(tender).tag]]),
    );
    expect(said).toEqual({
      draft: ['planning', ['planning']],
      dropped: ['cancelled', ['planningUpdate']],
      published: ['active', ['tender']],
      closed: ['active', ['tenderUpdate']],
      opened: ['active', ['tenderUpdate']],
      awarded: ['complete', ['tenderUpdate', 'award']],
      unsuccessful: ['unsuccessful', ['tenderUpdate']],
      cancelled: ['cancelled', ['tenderCancellation']],
    });
    expect(releaseOf(publishedTender(amended)).tag).toEqual(['tenderAmendment']);
  });
  it('counts money in major units', () =>
    expect(releaseOf(everyState.published)).toMatchObject({ tender: { value: { amount: 90_000, currency: 'EUR' } } }));
  it('keeps a hidden budget and the losers’ prices from others', () => {
    expect(releaseOf(everyState.published, 'stranger').tender).not.toHaveProperty('value');
    const own = releaseOf(everyState.opened);
    expect(own.bids).toMatchObject({ details: [{ id: 'bid-alpha', value: { amount: 1_500 } }, { id: 'bid-beta' }] });
    const shown = releaseOf(everyState.opened, 'stranger');
    expect(shown.bids).toEqual({
      statistics: [
        { id: 'bids', measure: 'bids', value: 2 },
        { id: 'valid', measure: 'validBids', value: 2 },
      ],
    });
  });
  it('before opening is the same with bids and without, for every reader', () => {
    for (const reader of ['buyer', 'stranger', 'alpha'])
      expect(JSON.stringify(packageOf(publishedTender(submitted('alpha'), submitted('beta')), reader))).toBe(
        JSON.stringify(packageOf(publishedTender(), reader)),
      );
  });
  it('gives the same content the same release id, and another content another', () => {
    expect(releaseOf(everyState.published).id).toBe(releaseOf(everyState.published).id);
    expect(releaseOf(everyState.published).id).not.toBe(releaseOf(publishedTender(amended)).id);
  });
});
