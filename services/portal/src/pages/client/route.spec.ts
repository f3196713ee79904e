import { describe, expect, it } from 'vitest';
import { routeOf } from './route.ts';

describe('the address of a view', () => {
  it.each([
    ['', { view: 'overview' }],
    ['#/', { view: 'overview' }],
    ['#/inbox', { view: 'inbox' }],
    ['#/tenders/t-1', { view: 'tender', id: 't-1' }],
    ['#/tenders', { view: 'tenders' }],
    ['#/tenders/new', { view: 'tender-write', id: 'new' }],
    ['#/tenders/t-1/write', { view: 'tender-write', id: 't-1' }],
    ['#/tenders/t-1/write/judging', { view: 'tender-write', id: 't-1', step: 'judging' }],
    ['#/tenders/t-1/bid/prices', { view: 'tender-bid', id: 't-1', step: 'prices' }],
    ['#/tenders/t-1/bids', { view: 'tender-bids', id: 't-1' }],
    ['#/bookings/b_1', { view: 'sandbox', page: 'booking', id: 'b_1' }],
    ['#/slots/s1', { view: 'sandbox', page: 'slot', id: 's1' }],
    ['#/contacts', { view: 'contacts' }],
    ['#/interests/i1', { view: 'contacts', id: 'i1' }],
    ['#/cooperations/c1', { view: 'contacts', id: 'c1' }],
    ['#/programme-office?code=a%2Fb', { view: 'programme-office', code: 'a/b' }],
  ])('%s leads to its view', (hash, route) => {
    expect(routeOf(hash)).toEqual(route);
  });

  it.each([
    '#/tenders/a/b',
    '#/tenders/a/bids/x',
    '#/tenders/a/bid/b/c',
    '#/tenders/%2e%2e',
    '#/nothing',
    '#/constructor/x',
    '#/tenders/a/constructor',
  ])('%s leads nowhere', (hash) => {
    expect(routeOf(hash)).toEqual({ view: 'unknown' });
  });
});
