import { describe, expect, it } from 'vitest';
import {
  askedAnewSince,
  calledOnce,
  contentOf,
  draftOf,
  fieldsOf,
  fittedTo,
  handedIn,
  isWhole,
  missingInBid,
} from './bidFields.ts';

const tender = {
  lots: [{ id: 'l1', title: 'Build', description: '' }],
  currency: 'EUR',
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

  it('is handed in without what an amendment took away, which is told and kept to be read', () => {
    const gone = { lotId: 'l2', price: { amount: 1, currency: 'EUR' } };
    const inPounds = { lotId: 'l1', price: { amount: 2, currency: 'GBP' } };
    const answer = { criterionId: 'team', answer: 'Seven people.' };
    const before = {
      ...whole,
      prices: [price, gone],
      answers: [...whole.answers, answer, { criterionId: 'gone', answer: ' ' }],
      confirms: ['signed-nda' as const, 'iso-27001' as const],
    };
    expect(fittedTo(before, tender)).toEqual({ values: whole, noLongerAsked: { prices: [gone], answers: [answer] } });
    const inAnotherCurrency = fittedTo({ ...whole, prices: [inPounds] }, tender);
    expect(inAnotherCurrency.noLongerAsked.prices).toEqual([inPounds]);
    expect(missingInBid(inAnotherCurrency.values, tender).needed).toMatchObject([{ what: 'price' }]);
    expect(fittedTo(whole, tender)).toEqual({ values: whole, noLongerAsked: { prices: [], answers: [] } });
    const nowPriced = { ...tender, criteria: tender.criteria.map((each) => ({ ...each, kind: 'price' as const })) };
    expect(fittedTo(whole, nowPriced).values.answers).toEqual([]);
  });

  it('names what was taken away as it was called last', () => {
    const amendment = (term: string, from: unknown) => ({
      at: '2027-01-01T00:00:00.000Z',
      changed: [term],
      changes: [{ term, from }],
      changesWhatIsAsked: true,
    });
    const amended = {
      ...tender,
      amendments: [
        amendment('lots', [{ id: 'l2', title: 'Run' }]),
        amendment('lots', [{ id: 'l2', title: 'Run it' }]),
        amendment('criteria', [{ id: 'team', name: 'Team' }]),
        { ...amendment('lots', undefined), changes: [] },
        amendment('lots', undefined),
      ],
    };
    expect(calledOnce(amended, 'lots', 'l1')).toBe('Build');
    expect(calledOnce(amended, 'lots', 'l2')).toBe('Run it');
    expect(calledOnce(amended, 'criteria', 'team')).toBe('Team');
    expect(calledOnce(amended, 'criteria', 'l2')).toBeUndefined();
  });

  it('is there as it was taken from the moment of its receipt', () => {
    const taken = { tenderId: 't1', bidId: 'b1', version: 2, submittedAt: '2027-01-01T00:00:00.000Z', digest: 'd' };
    const content = contentOf(whole);
    expect(handedIn({ ...taken, statement: 'signed' }, content)).toEqual({ ...taken, status: 'valid', content, outcomes: [] });
  });

  it('is held up by an amendment that was not read, where it changes what is asked', () => {
    const amendment = (at: string, changesWhatIsAsked: boolean) => ({ at, changed: [], changes: [], changesWhatIsAsked });
    const [asked, later] = [amendment('2027-01-01T00:00:00.000Z', true), amendment('2027-01-02T00:00:00.000Z', false)];
    expect(askedAnewSince({ amendments: [later, asked, later] }, 1)).toEqual([asked]);
    expect(askedAnewSince({ amendments: [later, asked, later] }, 2)).toEqual([]);
    expect(askedAnewSince({ amendments: [asked] }, 1)).toEqual([]);
  });
});
