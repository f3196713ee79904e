import { describe, expect, it } from 'vitest';
import { firstRead, refused, shownAt } from './timeRead.ts';

const [first, second, third] = ['2026-11-23T07:00:00.000Z', '2026-11-24T07:00:00.000Z', '2026-11-25T07:00:00.000Z'] as const;

describe('the start of a slot that somebody read', () => {
  it('stays the one that was shown first, also where another one is shown without a word', () => {
    expect(shownAt(firstRead(first), second).read).toBe(first);
  });
  it('is the new one once the platform said that there is one, and it is shown', () => {
    const told = refused(firstRead(first));
    expect(shownAt(told, first).read).toBe(first);
    expect(shownAt(shownAt(told, first), second).read).toBe(second);
    expect(shownAt(refused(shownAt(firstRead(first), second)), second).read).toBe(second);
  });
  it('is not the one of a second move, before the platform says so again', () => {
    const known = shownAt(refused(firstRead(first)), second);
    expect(shownAt(known, third).read).toBe(second);
    expect(shownAt(refused(known), third).read).toBe(third);
  });
  it('changes nothing where nothing changed', () => {
    const known = shownAt(refused(firstRead(first)), second);
    expect(shownAt(known, second)).toBe(known);
    const told = refused(firstRead(first));
    expect(shownAt(told, first)).toBe(told);
  });
});
