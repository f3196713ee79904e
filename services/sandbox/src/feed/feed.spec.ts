import { after, given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { evolve, type Feed, type FeedFact, noFeed, renewFeed, switchOffFeed } from './feed.ts';

const whose = { user: 'anna', organisation: 'org-1' };
const renewed = (hash: string): FeedFact => ({ type: 'FeedRenewed', ...whose, hash, at: '2026-11-20T09:00:00.000Z' });
const which = (...facts: FeedFact[]): Feed => after<Feed, FeedFact>(noFeed, evolve, facts);
const off: FeedFact = { type: 'FeedSwitchedOff' };

describe('a private calendar address', () => {
  it('can be had and renewed at any time', () => {
    for (const feed of [noFeed, which(renewed('h1')), which(renewed('h1'), off)])
      given(feed)
        .when(renewFeed, { ...whose, hash: 'h2', at: '2026-11-20T09:00:00.000Z' })
        .then(renewed('h2'));
  });
  it('is the newest alone', () => expect(which(renewed('h1'), renewed('h2'))).toMatchObject({ status: 'on', hash: 'h2' }));
  it('can be switched off, and is forgotten then', () => {
    given(which(renewed('h1')))
      .when(switchOffFeed, {})
      .then(off);
    expect(which(renewed('h1'), off)).toEqual({ status: 'off', ...whose });
    for (const feed of [noFeed, which(renewed('h1'), off)]) given(feed).when(switchOffFeed, {}).thenNothing();
    expect(evolve(noFeed, off)).toBe(noFeed);
  });
});
