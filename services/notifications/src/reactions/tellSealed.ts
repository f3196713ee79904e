import { mustBeKnown } from '@umuhuza/contracts/notifications/schemas';
import { UniqueTaken } from '@umuhuza/eventing/book';
import type { EventCause } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import { CannotUnseal } from '@umuhuza/service/sealing/aead';
import type { ReaderSeal } from '@umuhuza/service/sealing/readerSeal';
import { notify } from '../notification/notify.ts';
import type { NotificationBook } from '../notificationBook.ts';
import { isWanted } from '../preferences/preferences.ts';
import { type PreferencesBook, wishesOf } from '../preferencesBook.ts';
import type { Told } from '../told.ts';

export type TellSealedDeps = {
  readonly notifications: NotificationBook;
  readonly preferences: PreferencesBook;
  readonly seal: ReaderSeal;
  readonly clock: Clock;
  /** A whole number from 0, less than this. */
  readonly random: (below: number) => number;
  /** Told of the id of a notification that is there and cannot be opened. */
  readonly onUnreadable: (id: string) => void;
};

/** What the people of one organisation are told. */
export type MembersTold = { readonly people: readonly string[]; readonly organisation: string; readonly told: Told };

/** How many are told at once. */
const sideBySide = 32;

/**
 * Tells each of them once on each channel, so that nobody but they themselves may be known to be told. Of all organisations they are told in one
 * random order, first in the inbox, then by mail: told one organisation after the other, the rows would show how many members each has. Whom several
 * tellings name is told the first. Who has a notification of it that cannot be opened was told, and is passed over.
 */
export const tellSealed = async (
  { notifications, preferences, seal, clock, random, onUnreadable }: TellSealedDeps,
  cause: EventCause,
  tellings: readonly MembersTold[],
): Promise<void> => {
  const tellingOf = new Map<string, MembersTold>();
  for (const telling of tellings) for (const person of telling.people) if (!tellingOf.has(person)) tellingOf.set(person, telling);

  for (const channel of ['inbox', 'email'] as const)
    await eachOf(shuffled([...tellingOf], random), async ([recipient, { organisation, told }]) => {
      const wanted = isWanted(await wishesOf(preferences, recipient), told.kind, channel, mustBeKnown);
      const id = seal.mark('notification', cause.id, `${recipient}/${channel}`);
      const tellAt = (place: number) =>
        notifications.change(
          id,
          (notification) =>
            notify(notification, { ...{ recipient, organisation, told, channel, wanted }, sealed: { place }, at: clock() }),
          cause,
        );
      // A mail is found by no place.
      const tell = async () => (channel === 'email' ? tellAt(0) : atFreePlace(await notifications.nextPlace(recipient), tellAt));
      await tell().catch((error: unknown) => {
        if (!(error instanceof CannotUnseal)) throw error;
        onUnreadable(id);
      });
    });
};

/** Another event may have been told to this reader meanwhile. */
const atFreePlace = async (place: number, tellAt: (place: number) => Promise<unknown>): Promise<void> => {
  for (let free = place; ; free += 1)
    try {
      await tellAt(free);
      return;
    } catch (error) {
      if (!(error instanceof UniqueTaken)) throw error;
    }
};

const eachOf = async <Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> => {
  for (let from = 0; from < items.length; from += sideBySide) await Promise.all(items.slice(from, from + sideBySide).map(work));
};

const shuffled = <Item>(items: readonly Item[], random: (below: number) => number): readonly Item[] => {
  const left = [...items];
  return items.flatMap(() => left.splice(random(left.length), 1));
};
