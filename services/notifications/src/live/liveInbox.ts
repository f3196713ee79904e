import type { InboxCounts, NotificationView, StreamEnd } from '@umuhuza/contracts/notifications/schemas';
import type { Clock } from '@umuhuza/service/clock';
import type { InInbox, NotificationBook } from '../notificationBook.ts';
import { advance, from, hasHad, type Position, startAt } from './position.ts';

/** A page that watches an inbox: what it is told, and with which place it can come back. */
export type Page = {
  readonly notification: (view: NotificationView, place: Position) => void;
  readonly counts: (counts: InboxCounts, place: Position) => void;
  readonly end: (reason: StreamEnd['reason']) => void;
};

export type Watching = { readonly leave: () => void };

export type LiveInbox = {
  /** Settles when what was missed since that place has been told; all that comes is told from then on. */
  readonly watch: (
    person: string,
    place: Position | undefined,
    view: (one: InInbox) => Promise<NotificationView>,
    page: Page,
  ) => Promise<Watching>;
  /** How many pages watch this person's inbox here. */
  readonly watchedBy: (person: string) => number;
  /** Looks once for all watched inboxes; whichever replica changed them, the database tells. */
  readonly look: () => Promise<void>;
  /** Looks at once. What changed in this person's inbox need not show by itself. */
  readonly nudge: (person: string) => void;
  readonly stop: () => Promise<void>;
};

type Watcher = {
  readonly person: string;
  readonly view: (one: InInbox) => Promise<NotificationView>;
  readonly page: Page;
  place: Position;
  caughtUp: boolean;
  counts: InboxCounts | undefined;
};

const batch = 100;

export const openLiveInbox = ({
  notifications,
  clock,
  onFailure,
}: {
  readonly notifications: Pick<NotificationBook, 'cameAfter' | 'touchedSince' | 'counts'>;
  readonly clock: Clock;
  /** A look that nobody waits for has failed; the next one looks again. */
  readonly onFailure: (error: unknown) => void;
}): LiveInbox => {
  const watchers = new Set<Watcher>();
  /** When what was found last time had changed, to tell what is new from what is only looked at again. */
  let known = new Map<string, string>();
  /** Whose counts may be others since the last look. */
  const nudged = new Set<string>();
  let looking: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  const tell = async (watcher: Watcher, found: readonly InInbox[]) => {
    for (const one of found.toSorted((a, b) => (a.notification.at < b.notification.at ? -1 : 1))) {
      const came = { id: one.id, at: one.notification.at };
      if (!watchers.has(watcher)) return;
      if (hasHad(watcher.place, came)) continue;
      const view = await watcher.view(one);
      watcher.place = advance(watcher.place, came);
      watcher.page.notification(view, watcher.place);
    }
  };

  const catchUp = async (watcher: Watcher) => {
    let after = { at: from(watcher.place), id: '' };
    for (;;) {
      const missed = await notifications.cameAfter(watcher.person, after, batch);
      await tell(watcher, missed);
      const last = missed.at(-1);
      if (!last || missed.length < batch) return;
      after = { at: last.notification.at, id: last.id };
    }
  };

  const lookOnce = async () => {
    const present = [...watchers].filter(({ caughtUp }) => caughtUp);
    if (present.length === 0) return;
    const asked = [...nudged];
    nudged.clear();
    const found = await notifications.touchedSince([...new Set(present.map(({ person }) => person))], from(startAt(clock())));
    const fresh = found.filter(({ id, notification }) => known.get(id) !== notification.touchedAt);
    const changed = new Set([...asked, ...fresh.map(({ notification }) => notification.recipient)]);
    known = new Map(found.map(({ id, notification }) => [id, notification.touchedAt]));

    const countsOf = new Map<string, InboxCounts>();
    for (const watcher of present) {
      const { person } = watcher;
      await tell(
        watcher,
        found.filter(({ notification }) => notification.recipient === person),
      );
      if (watcher.counts && !changed.has(person)) continue;
      const counts = countsOf.get(person) ?? (await notifications.counts(person));
      countsOf.set(person, counts);
      const same = watcher.counts?.unread === counts.unread && watcher.counts.unseen === counts.unseen;
      watcher.counts = counts;
      if (!same && watchers.has(watcher)) watcher.page.counts(counts, watcher.place);
    }
  };

  const look = (): Promise<void> => {
    if (looking) {
      again = true;
      return looking;
    }
    looking = (async () => {
      try {
        do {
          again = false;
          await lookOnce();
        } while (again && !stopped);
      } finally {
        looking = undefined;
      }
    })();
    return looking;
  };

  const nudge = (person: string) => {
    if (watchers.size === 0 || stopped) return;
    nudged.add(person);
    look().catch(onFailure);
  };

  return {
    watch: async (person, place, view, page) => {
      const watcher: Watcher = { person, view, page, place: place ?? startAt(clock()), caughtUp: false, counts: undefined };
      const leave = () => {
        watchers.delete(watcher);
      };
      if (stopped) {
        page.end('service-stopping');
        return { leave };
      }
      watchers.add(watcher);
      try {
        await catchUp(watcher);
      } catch (error) {
        leave();
        throw error;
      }
      watcher.caughtUp = true;
      nudge(person);
      return { leave };
    },
    watchedBy: (person) => [...watchers].filter((watcher) => watcher.person === person).length,
    look,
    nudge,
    stop: async () => {
      stopped = true;
      for (const { page } of watchers) page.end('service-stopping');
      watchers.clear();
      await looking?.catch(onFailure);
    },
  };
};
