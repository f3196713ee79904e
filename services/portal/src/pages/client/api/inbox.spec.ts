import type { InboxView, NotificationView } from '@umuhuza/contracts/notifications/schemas';
import { describe, expect, it } from 'vitest';
import { type InboxPages, keptOf, withNotification } from './inbox.ts';

const told = (id: string, status: NotificationView['status'] = 'unseen'): NotificationView => ({
  id,
  kind: 'award-outcome',
  organisationId: 'o1',
  status,
  subject: `Subject ${id}`,
  body: '',
  link: '/tenders/t1',
  language: 'en',
  at: '2026-11-23T20:00:00.000Z',
  seenAt: null,
  readAt: null,
  archivedAt: null,
});
const page = (...items: NotificationView[]): InboxView => ({ items, next: null, unread: 0, unseen: 0, position: 'p' });
const pages: InboxPages = { pages: [page(told('2')), page(told('1'))], pageParams: [undefined, 'c1'] };
const shown = (list: InboxPages | undefined) =>
  list?.pages.flatMap(({ items }) => items.map(({ id, status }) => `${id} ${status}`));

describe('the inbox while it is read', () => {
  it('gets what arrives on top', () => {
    expect(shown(withNotification(pages, told('3')))).toEqual(['3 unseen', '2 unseen', '1 unseen']);
  });

  it('changes what it knows in its place, also when it arrives twice', () => {
    expect(shown(withNotification(pages, told('1', 'read')))).toEqual(['2 unseen', '1 read']);
  });

  it('waits for the list when it was not read yet', () => {
    expect(withNotification(undefined, told('3'))).toBeUndefined();
  });
});

describe('what a notification is about', () => {
  it('is read anew where it is shown: a place that is offered, a booking that changed', () => {
    expect(keptOf({ link: '/slots/s-1' })).toContain('slots');
    expect(keptOf({ link: '/bookings/b-1' })).toEqual(expect.arrayContaining(['bookings', 'reports']));
    expect(keptOf({ link: '/tenders/t-1' })).toEqual(['tenders']);
  });
});
