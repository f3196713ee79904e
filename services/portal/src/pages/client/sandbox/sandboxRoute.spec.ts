import { describe, expect, it } from 'vitest';
import { sandboxRouteOf } from './sandboxRoute.ts';

const at = (path: string) => sandboxRouteOf(path.split('/'));

describe('the addresses of sandbox tests', () => {
  it('name a page, and what it is about', () => {
    expect(at('sandbox')).toEqual({ view: 'sandbox', page: 'search', id: '' });
    expect(at('sandbox/calendar')).toEqual({ view: 'sandbox', page: 'calendar', id: '' });
    expect(at('slots/s-1/book')).toEqual({ view: 'sandbox', page: 'book', id: 's-1' });
    expect(at('environments/e_1')).toEqual({ view: 'sandbox', page: 'environment', id: 'e_1' });
  });

  it('are no others', () => {
    for (const path of [
      'slots',
      'slots/*',
      'slots/a b',
      'slots/s-1/x',
      `slots/${'x'.repeat(65)}`,
      'bookings/b/report/f',
      'tenders/t',
    ])
      expect(at(path), path).toBeUndefined();
  });
});
