import type { Cause } from '@umuhuza/eventing/cause';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { steadyTenders } from './steadyTenders.ts';
import { everyState } from './tender/scenes.fixture.ts';
import type { Tender } from './tender/tender.ts';
import type { TenderBook } from './tenderBook.ts';

const cause: Cause = { kind: 'time', id: 'c', correlationId: 'c', actor: 'platform', at: '2027-01-05T08:00:00.000Z' };
const after = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** A book whose work takes so many milliseconds; `repeated`: it knows the cause, and asks no rule. */
const bookOf = (tender: Tender, takes: number, { repeated = false, fails = false } = {}) =>
  steadyTenders({
    find: async () => {
      await after(takes);
      return tender;
    },
    change: async (id, decide) => {
      const decided = repeated ? undefined : decide(tender, id);
      await after(takes);
      if (fails) throw new Error('away');
      return decided ? { outcome: 'done', state: tender, answer: undefined } : { outcome: 'repeated', state: tender };
    },
  } as Pick<TenderBook, 'find' | 'change'> as TenderBook);

const timeOf = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = Date.now();
  let ended = Number.NaN;
  void work()
    .catch(() => undefined)
    .then(() => {
      ended = Date.now() - begun;
    });
  await vi.advanceTimersByTimeAsync(1_000);
  return ended;
};
const change = (book: TenderBook) => timeOf(() => book.change('t1', () => [], cause));

describe('a change of a tender', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('takes the same time for few sealed bids and for many', async () => {
    for (const tender of [everyState.published, everyState.closed])
      for (const takes of [1, 39]) expect(await change(bookOf(tender, takes))).toBe(40);
    expect(await change(bookOf(everyState.published, 60))).toBe(60);
  });
  it('that is told again waits, too', async () =>
    expect(await change(bookOf(everyState.published, 1, { repeated: true }))).toBe(40));
  it('waits for nothing where no bid is sealed', async () => {
    const { published, closed, ...others } = everyState;
    for (const tender of Object.values(others)) expect(await change(bookOf(tender, 3))).toBe(3);
  });
  it('that failed is told at once', async () => expect(await change(bookOf(everyState.published, 3, { fails: true }))).toBe(3));
  it('is looked at in the same time for few bids and for many', async () => {
    for (const takes of [1, 19]) expect(await timeOf(() => bookOf(everyState.closed, takes).find('t1'))).toBe(20);
  });
  it('is looked at no more than twice for all who do at once', async () => {
    let finds = 0;
    const book = steadyTenders({
      find: async () => {
        finds += 1;
        return everyState.closed;
      },
    } as Pick<TenderBook, 'find'> as TenderBook);
    expect(await timeOf(() => Promise.all(Array.from({ length: 50 }, () => book.find('t1'))))).toBe(40);
    expect(finds).toBe(2);
  });
});
