import { describe, expect, it } from 'vitest';
import { peopleToAppoint } from './peopleToAppoint.ts';

describe('whom a buyer can appoint', () => {
  it('is each member once, and after them whoever is appointed and has left', () => {
    const members = ['ann', 'ben'].map((userId) => ({ userId }));
    expect(peopleToAppoint(members, [])).toEqual(['ann', 'ben']);
    expect(peopleToAppoint(members, ['dan', 'ben'])).toEqual(['ann', 'ben', 'dan']);
  });
});
