import type { NotificationView } from '@umuhuza/contracts/notifications/schemas';
import { beforeEach, describe, expect, it } from 'vitest';
import { absent, evolve, type InboxNotification } from '../notification/notification.ts';
import type { InInbox } from '../notificationBook.ts';
import type { Told } from '../told.ts';
import { type LiveInbox, openLiveInbox, type Page } from './liveInbox.ts';
import { lookBack, type Position, startAt } from './position.ts';

const noon = Temporal.Instant.from('2026-11-23T12:00:00.000Z');
const after = (seconds: number): string => noon.add({ milliseconds: seconds * 1_000 }).toString({ fractionalSecondDigits: 3 });

/** What lies in the database, as the live inbox asks for it. */
let stored: InInbox[];
let now: number;
let asked: number;
const put = (n: number, at: string, recipient = 'reader') => {
  const fact = { type: 'PutInInbox', recipient, organisation: 'org-1', told: {} as Told, at } as const;
  const notification = evolve(absent, fact) as InboxNotification<Told>;
  stored.push({ id: `id-${String(n).padStart(7, '0')}`, notification });
};
const inOrder = (a: InInbox, b: InInbox) => (a.notification.at + a.id < b.notification.at + b.id ? -1 : 1);
const book = {
  cameAfter: async (recipient: string, place: { at: string; id: string }, limit: number) =>
    stored
      .filter(({ id, notification }) => notification.recipient === recipient && notification.at + id > place.at + place.id)
      .toSorted(inOrder)
      .slice(0, limit),
  touchedSince: async (recipients: readonly string[], since: string) => {
    asked += 1;
    return stored.filter(({ notification }) => recipients.includes(notification.recipient) && notification.touchedAt >= since);
  },
  counts: async (recipient: string) => {
    const mine = stored.filter(({ notification }) => notification.recipient === recipient);
    return { unread: mine.length, unseen: mine.length };
  },
};
const view = async ({ id }: InInbox) => ({ id }) as NotificationView;

const openPage = () => {
  const said: string[] = [];
  let place: Position | undefined;
  const page: Page = {
    notification: ({ id }, position) => {
      said.push(id);
      place = position;
    },
    counts: ({ unread }, position) => {
      said.push(`unread ${unread}`);
      place = position;
    },
    end: (reason) => {
      said.push(reason);
    },
  };
  return { said, page, place: () => place, ids: () => said.filter((each) => each.startsWith('id-')) };
};

let live: LiveInbox;
beforeEach(() => {
  stored = [];
  now = 0;
  asked = 0;
  live = openLiveInbox({
    notifications: book,
    clock: () => after(now),
    onFailure: (error) => {
      throw error;
    },
  });
});

describe('a page that watches an inbox', () => {
  it('gets all it missed in hours, in order and once, then what comes', async () => {
    for (let n = 1; n <= 250; n++) put(n, after(n * 60));
    now = 250 * 60 + lookBack * 2;
    const { page, ids, said } = openPage();
    await live.watch('reader', startAt(after(0)), view, page);
    put(251, after(now));
    await live.look();
    await live.look();
    expect(ids()).toEqual(stored.map(({ id }) => id));
    expect(said.findLast((each) => each.startsWith('unread'))).toBe('unread 251');
  });

  it('gets nothing of what came before when it names no place', async () => {
    put(1, after(-lookBack - 1));
    const { page, said } = openPage();
    await live.watch('reader', undefined, view, page);
    await live.look();
    expect(said).toEqual(['unread 1']);
  });

  it('gets in between what another replica wrote a little late', async () => {
    const { page, ids } = openPage();
    await live.watch('reader', startAt(after(0)), view, page);
    put(1, after(10));
    now = 11;
    await live.look();
    put(2, after(5));
    await live.look();
    expect(ids()).toEqual(['id-0000001', 'id-0000002']);
  });

  it('hears the counts when they change, and not again when they do not', async () => {
    const { page, said } = openPage();
    await live.watch('reader', startAt(after(0)), view, page);
    await live.look();
    await live.look();
    expect(said).toEqual(['unread 0']);
  });

  it('hears nothing of another’s inbox, and nothing after it has left', async () => {
    const { page, ids } = openPage();
    await live.watch('another', startAt(after(0)), view, openPage().page);
    const { leave } = await live.watch('reader', startAt(after(0)), view, page);
    put(1, after(1), 'another');
    await live.look();
    leave();
    put(2, after(2));
    await live.look();
    expect(ids()).toEqual([]);
    expect(live.watchedBy('reader')).toBe(0);
  });

  it('is told when the service stops, and a page that comes after that at once', async () => {
    const first = openPage();
    await live.watch('reader', undefined, view, first.page);
    await live.stop();
    expect(first.said.at(-1)).toBe('service-stopping');
    const second = openPage();
    await live.watch('reader', undefined, view, second.page);
    expect(second.said).toEqual(['service-stopping']);
  });
});

describe('what does not show by itself', () => {
  it('is counted anew for the one whose inbox changed here', async () => {
    const page = openPage();
    await live.watch('reader', undefined, view, page.page);
    await live.look();
    put(1, after(-100));
    await live.look();
    expect(page.said.at(-1)).toBe('unread 0');
    live.nudge('another');
    await live.look();
    expect(page.said.at(-1)).toBe('unread 0');
    live.nudge('reader');
    await live.look();
    expect(page.said.at(-1)).toBe('unread 1');
  });
});

describe('many pages', () => {
  it('cost one question to the database at a time, whoever watches', async () => {
    for (let n = 0; n < 50; n++) await live.watch(`reader-${n % 10}`, undefined, view, openPage().page);
    await live.look();
    asked = 0;
    await live.look();
    expect(asked).toBe(1);
  });

  it('cost none while nobody watches', async () => {
    await live.look();
    expect(asked).toBe(0);
  });
});
