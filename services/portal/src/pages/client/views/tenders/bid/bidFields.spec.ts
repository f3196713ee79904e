import { describe, expect, it } from 'vitest';
import { contentOf, draftOf, fieldsOf, isWhole, missingInBid } from './bidFields.ts';

const tender = {
  criteria: [
    { id: 'price', name: 'Price', weight: 40, kind: 'price' as const },
    { id: 'approach', name: 'Approach', weight: 60, kind: 'quality' as const },
  ],
  mustHaveCodes: ['signed-nda' as const],
};
const price = { lotId: 'l1', price: { amount: 5_000_000, currency: 'EUR' } };
const whole = {
  ...fieldsOf(undefined),
  prices: [price],
  answers: [{ criterionId: 'approach', answer: 'Iterations.' }],
  confirms: ['signed-nda' as const],
};

describe('a bid as it is written', () => {
  it('leaves out what was left empty', () => {
    expect(contentOf({ ...fieldsOf(undefined), prices: [price], answers: [{ criterionId: 'approach', answer: ' ' }] })).toEqual({
      prices: [price],
      answers: [],
    });
  });

  it('keeps the own currency in its draft, and hands in the rest', () => {
    const fields = { ...whole, ownCurrency: { currency: 'RWF', rate: '1450.25' } };
    expect(draftOf(fields)).toMatchObject({ ownCurrency: { currency: 'RWF', rate: '1450.25' } });
    expect(contentOf(fields)).not.toHaveProperty('ownCurrency');
    expect(fieldsOf(draftOf(fields))).toEqual(fields);
  });

  it('is sent once it is whole', () => {
    expect(isWhole('ownCurrency', { currency: 'RWF', rate: '14.' })).toBe(false);
    expect(isWhole('ownCurrency', { currency: 'RWF', rate: '1450.25' })).toBe(true);
    expect(isWhole('ownCurrency', null)).toBe(true);
    expect(isWhole('team', [{ role: ' ' }])).toBe(false);
  });

  it('needs a price and each confirmation; an answer is advised', () => {
    expect(missingInBid(whole, tender)).toEqual({ needed: [], advised: [] });
    const { needed, advised } = missingInBid(fieldsOf(undefined), tender);
    expect(needed.map(({ what, of }) => [what, of])).toEqual([
      ['price', undefined],
      ['confirmation', 'signed-nda'],
    ]);
    expect(advised).toEqual([{ what: 'answer', step: 'answers', of: 'Approach' }]);
  });
});
