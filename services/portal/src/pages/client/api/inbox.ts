import { type InfiniteData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { InboxCounts, InboxView, NotificationView } from '@umuhuza/contracts/notifications/schemas';
import type { Language } from '../texts/language.ts';
import { expecting } from './answers.ts';
import { notifications } from './platform.ts';

export type InboxPages = InfiniteData<InboxView, string | undefined>;

const lists = ['inbox', 'list'] as const;
export const inboxKey = (language: Language) => [...lists, language] as const;
const stateKey = ['inbox', 'state'] as const;

export const readInbox = (cursor: string | undefined, language: Language): Promise<InboxView> =>
  expecting(200, notifications.list({ query: { limit: 20, language, ...(cursor === undefined ? {} : { cursor }) } }));

/** How many wait, and the place in the stream at which that was so. */
export type InboxState = InboxCounts & { readonly position: string };

export const useInboxState = (): InboxState | undefined =>
  useQuery({
    queryKey: stateKey,
    queryFn: async (): Promise<InboxState> => {
      const { unread, unseen, position } = await expecting(200, notifications.list({ query: { limit: 1 } }));
      return { unread, unseen, position };
    },
  }).data;

/** Puts a notification into the list at its place: a known one is replaced, a new one goes first. */
export const withNotification = (pages: InboxPages | undefined, told: NotificationView): InboxPages | undefined => {
  const [first, ...rest] = pages?.pages ?? [];
  if (!pages || !first) return pages;
  const isKnown = pages.pages.some(({ items }) => items.some(({ id }) => id === told.id));
  if (!isKnown) return { ...pages, pages: [{ ...first, items: [told, ...first.items] }, ...rest] };
  return {
    ...pages,
    pages: pages.pages.map((page) => ({ ...page, items: page.items.map((item) => (item.id === told.id ? told : item)) })),
  };
};

/** The beginnings of the keys under which the page keeps what a notification is about: what is looked at is then read anew. */
export const keptOf = ({ link }: Pick<NotificationView, 'link'>): readonly string[] => {
  const [, first = ''] = link.split('/');
  return first === 'slots' || first === 'bookings' ? ['slots', 'bookings', 'reports'] : [first];
};

/** What a change of the inbox does to the page: the lists and the number beside the link agree at once. */
export const useInboxChanges = () => {
  const queries = useQueryClient();
  return {
    told: (notification: NotificationView): void => {
      queries.setQueriesData<InboxPages>({ queryKey: lists }, (pages) => withNotification(pages, notification));
    },
    /** Somebody did something: where the page shows it, it shows it as it is now. */
    happened: (notification: NotificationView): void => {
      const kept = keptOf(notification);
      void queries.invalidateQueries({ predicate: ({ queryKey }) => kept.includes(String(queryKey[0])) });
    },
    counted: (counts: InboxCounts): void => {
      queries.setQueryData<InboxState>(stateKey, (state) => state && { ...state, ...counts });
    },
    readAnew: (): Promise<void> => queries.invalidateQueries({ queryKey: ['inbox'] }),
  };
};
