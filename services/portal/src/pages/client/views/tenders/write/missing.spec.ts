import { describe, expect, it } from 'vitest';
import { isWhole, type TenderFieldName, type TenderFields } from './fields.ts';
import { missingFor } from './missing.ts';

const now = new Date('2027-01-01T00:00:00Z');
const whole: TenderFields = {
  title: 'A portal',
  description: 'Carriers see their loads.',
  cpv: ['72212000'],
  skills: [],
  sectors: [],
  lots: [],
  currency: 'EUR',
  budget: null,
  showBudget: false,
  deadline: '2027-02-01T11:00:00.000Z',
  mustHaves: [],
  mustHaveCodes: [],
  paymentTerms: null,
  languages: [],
  criteria: [
    { id: 'a', name: 'Price', weight: 40, kind: 'price' },
    { id: 'b', name: 'Approach', weight: 60, kind: 'quality' },
  ],
  startsOn: null,
  durationMonths: null,
  workingHoursOverlap: null,
  audience: 'all',
  invited: [],
  standstillDays: 5,
  milestones: [],
};
const missing = (changed: Partial<TenderFields>) => missingFor({ ...whole, ...changed }, now).map(({ what }) => what);

describe('what a draft still needs', () => {
  it('is nothing when it is whole', () => expect(missing({})).toEqual([]));

  it('is named, each with the step where it is filled in', () => {
    expect(missing({ description: ' ', cpv: [] })).toEqual(['description', 'code-or-skill']);
    expect(missing({ cpv: [], skills: ['TypeScript'] })).toEqual([]);
    expect(missing({ deadline: null })).toEqual(['deadline']);
    expect(missing({ deadline: '2027-01-01T00:00:00.000Z' })).toEqual(['future-deadline']);
    expect(missing({ audience: 'invited' })).toEqual(['invited']);
    expect(missingFor({ ...whole, deadline: null }, now)[0]?.step).toBe('audience');
  });

  it('is whatever is half typed, so that nothing is called whole which could not be saved', () => {
    const [price] = whole.criteria;
    if (!price) throw new Error('there is a price');
    const second = { id: 'c', name: 'Team', weight: 60, kind: 'quality' as const };
    const halfTyped: readonly (readonly [Partial<TenderFields>, string])[] = [
      [{ title: ' ' }, 'title'],
      [{ lots: [{ id: 'l', title: ' ' }] }, 'lot-titles'],
      [{ milestones: [{ id: 'm', title: '' }] }, 'milestone-titles'],
      [{ criteria: [price, { ...second, name: '' }] }, 'criterion-names'],
      [
        {
          criteria: [
            { ...price, weight: 100 },
            { ...second, weight: 0 },
          ],
        },
        'criterion-weights',
      ],
      [
        {
          criteria: [
            { ...price, weight: 39.5 },
            { ...second, weight: 60.5 },
          ],
        },
        'criterion-weights',
      ],
    ];
    for (const [changed, what] of halfTyped) {
      for (const [name, value] of Object.entries(changed)) expect(isWhole(name as TenderFieldName, value), what).toBe(false);
      expect(missing(changed)).toEqual([what]);
    }
  });

  it('is a sum of weights other than 100, or a second price', () => {
    expect(missingFor({ ...whole, criteria: [] }, now)).toEqual([{ what: 'weights', step: 'judging', count: 0 }]);
    expect(
      missing({
        criteria: [
          { id: 'a', name: 'Price', weight: 40, kind: 'price' },
          { id: 'b', name: 'Price again', weight: 60, kind: 'price' },
        ],
      }),
    ).toEqual(['one-price']);
  });
});
