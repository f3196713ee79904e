import { describe, expect, it } from 'vitest';
import { routeOf } from './route.ts';

describe('the address of a view', () => {
  it.each([
    ['', { view: 'overview' }],
    ['#/', { view: 'overview' }],
    ['#/inbox', { view: 'inbox' }],
    ['#/tenders/t-1', { view: 'tender', id: 't-1' }],
    ['#/bookings/b_1', { view: 'sandbox', page: 'booking', id: 'b_1' }],
    ['#/slots/s1', { view: 'sandbox', page: 'slot', id: 's1' }],
    ['#/contacts', { view: 'contacts' }],
    ['#/interests/i1', { view: 'contacts', id: 'i1' }],
    ['#/cooperations/c1', { view: 'contacts', id: 'c1' }],
    ['#/programme-office?code=a%2Fb', { view: 'programme-office', code: 'a/b' }],
  ])('%s leads to its view', (hash, route) => {
    expect(routeOf(hash)).toEqual(route);
  });

  it.each(['#/tenders', '#/tenders/', '#/tenders/a/b', '#/tenders/%2e%2e', '#/nothing', '#/constructor/x'])(
    '%s leads nowhere',
    (hash) => {
      expect(routeOf(hash)).toEqual({ view: 'unknown' });
    },
  );
});
