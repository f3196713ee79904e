import { describe, expect, it } from 'vitest';
import { isSame, whatChangedMeanwhile } from './meanwhile.ts';

const read = { title: 'A portal', description: 'Old', cpv: ['72000000'] };

describe('an edit made on something that has changed meanwhile', () => {
  it('is disputed where both have changed the same, each to something else', () => {
    const now = { ...read, title: 'Their portal' };
    expect(whatChangedMeanwhile(read, { title: 'My portal' }, now)).toEqual({ disputed: ['title'], others: [] });
  });

  it('keeps what others have changed elsewhere', () => {
    const now = { ...read, description: 'New', cpv: ['48000000'] };
    expect(whatChangedMeanwhile(read, { title: 'My portal' }, now)).toEqual({ disputed: [], others: ['description', 'cpv'] });
  });

  it('is no dispute where both mean the same, or nothing was typed', () => {
    const now = { ...read, title: 'One portal' };
    expect(whatChangedMeanwhile(read, { title: 'One portal' }, now).disputed).toEqual([]);
    expect(whatChangedMeanwhile(read, { title: 'A portal' }, now)).toEqual({ disputed: [], others: ['title'] });
  });

  it('does not count the order of fields, but that of lists', () => {
    expect(isSame({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
    expect(isSame([1, 2], [2, 1])).toBe(false);
    expect(isSame(undefined, null)).toBe(false);
  });
});
