import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demandOfProfile, demandOfTender } from './demand.ts';
import { type FirmProfile, readFirm } from './firm.ts';
import { createFirmIndex } from './firmIndex.ts';
import { anyFirm, anyTender, firmWith, tenderWith } from './firmsAndTenders.fixture.ts';
import { comparePlaces, turnOf } from './ranking.ts';
import { measureBy } from './scoreFirm.ts';
import { en } from './words/en.ts';

type Change = { readonly put: FirmProfile } | { readonly remove: string };
const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: anyFirm.map((put) => ({ put })) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 60 }).map((n) => ({ remove: `org-${n}` })) },
  ),
  { maxLength: 80 },
);

const built = (all: readonly Change[]) => {
  const index = createFirmIndex();
  const firms = new Map<string, FirmProfile>();
  for (const change of all) {
    if ('put' in change) {
      index.put(change.put);
      firms.set(change.put.organisationId, change.put);
    } else {
      index.remove(change.remove);
      firms.delete(change.remove);
    }
  }
  return { index, firms };
};

describe('the best firms for a demand', () => {
  it('are those that comparing everybody finds, after any changes, in the same order', () =>
    fc.assert(
      fc.property(
        changes,
        anyTender,
        anyFirm,
        fc.boolean(),
        fc.integer({ min: 1, max: 25 }),
        (all, tender, company, forPartner, k) => {
          const { index, firms } = built(all);
          const demand = forPartner ? demandOfProfile(company, '2027-02-01') : demandOfTender(tender, company);
          const measure = measureBy(demand);
          const everybody = [...firms.values()]
            .map((profile) => ({ profile, judged: measure.judge(readFirm(profile), en) }))
            .filter(({ judged }) => judged.failures.length === 0)
            .map(({ profile: { organisationId }, judged }) => ({
              organisationId,
              points: judged.reasons.reduce((sum, { points }) => sum + points, 0),
              turn: turnOf(demand.seed, organisationId),
            }))
            .sort(comparePlaces)
            .slice(0, k);
          expect(index.best(measure, k).map(({ firm: _, ...place }) => place)).toEqual(everybody);
          expect(index.size()).toBe(firms.size);
        },
      ),
      { numRuns: 300 },
    ));

  it('do not depend on the order in which firms came', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(anyFirm, { selector: (firm) => firm.organisationId, maxLength: 40 }),
        anyTender,
        (firms, tender) => {
          const names = (some: readonly FirmProfile[]) =>
            built(some.map((put) => ({ put })))
              .index.best(measureBy(demandOfTender(tender, undefined)), 10)
              .map(({ organisationId }) => organisationId);
          expect(names(firms)).toEqual(names(firms.toReversed()));
        },
      ),
    ));

  it('take turns when they are equally good: each comes first in its share of many tenders', () => {
    const index = createFirmIndex();
    const firms = ['a-old', 'b-new', 'c-big', 'd-small'];
    for (const organisationId of firms) index.put(firmWith({ organisationId, name: organisationId }));
    const first = new Map<string, number>();
    for (let n = 0; n < 4_000; n++) {
      const [best] = index.best(measureBy(demandOfTender(tenderWith({ tenderId: `tender-${n}` }), undefined)), 1);
      first.set(best?.organisationId ?? '', (first.get(best?.organisationId ?? '') ?? 0) + 1);
    }
    for (const organisationId of firms) expect(Math.abs((first.get(organisationId) ?? 0) - 1_000)).toBeLessThan(120);
  });

  it('are nobody when nobody is wanted', () => {
    const { index } = built([{ put: firmWith() }]);
    expect(index.best(measureBy(demandOfTender(tenderWith(), undefined)), 0)).toEqual([]);
  });
});
