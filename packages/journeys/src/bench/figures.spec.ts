import { describe, expect, it } from 'vitest';
import { median, meets } from './figures.ts';

describe('a figure', () => {
  it('is a median, also of an even number of rounds', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });
  it('meets its aim or misses it, and without one does neither', () => {
    const figure = { name: 'ratio', value: 0.6, unit: 'ratio' };
    expect(meets({ ...figure, aim: '>=0.6' })).toBe(true);
    expect(meets({ ...figure, aim: '<=0.59' })).toBe(false);
    expect(meets(figure)).toBeUndefined();
  });
});
