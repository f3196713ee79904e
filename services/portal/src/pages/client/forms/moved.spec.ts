import { describe, expect, it } from 'vitest';
import { moved } from './moved.ts';

describe('a row that is moved', () => {
  it('changes places, and nothing is lost', () => {
    expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
    expect(moved(['a'], 0, 0)).toEqual(['a']);
  });
});
