import type { BookDocument } from '@umuhuza/eventing/bookDocument';
import { CannotUnseal } from '@umuhuza/service/sealing/aead';
import { aboutNotification as about, type ReaderSeal } from '@umuhuza/service/sealing/readerSeal';
import type { Model } from 'mongoose';
import { type InboxNotification, isInInbox, type Notification } from '../notification/notification.ts';
import type { InInbox } from '../notificationBook.ts';
import type { Told } from '../told.ts';

type State = Notification<Told>;
type Stored = { readonly sealed: string };
type Document = BookDocument<State | Stored>;
type Marked = { readonly lookup: { readonly mark: string } };

/** Bytes, filled up: what is told, to whom, and what has become of it. */
const least = 2_048;
/** How many places are looked at first, beyond those that are known to be taken; then twice as many. */
const fewPlaces = 8;
const mostRemembered = 10_000;

/**
 * How a notification lies that nobody but its reader may be known by: whole as one sealed text, when it was read included, and found by a mark of
 * its reader's and its place. So no two of a reader's show that they are the same reader's. Where many are read, one that cannot be opened is told to
 * `onUnreadable` and left out: it keeps nobody from the others.
 */
export const sealedNotifications = ({ mark, seal, open }: ReaderSeal, onUnreadable: (id: string) => void) => {
  const unpack = (stored: unknown): State => (isStored(stored) ? (open(about, stored.sealed) as State) : (stored as State));
  /** What lies in this document; nothing where it cannot be opened. */
  const read = ({ _id: id, state }: Pick<Document, '_id' | 'state'>): { readonly id: string; readonly notification: State }[] => {
    try {
      return [{ id, notification: unpack(state) }];
    } catch (error) {
      if (!(error instanceof CannotUnseal)) throw error;
      onUnreadable(id);
      return [];
    }
  };
  const placeMark = (reader: string, place: number) => mark('place', reader, String(place));

  /** How many places of each reader were last seen to be taken. Only a guess: beyond them it is looked in any case. */
  const taken = new Map<string, number>();
  const remember = (reader: string, places: number) => {
    taken.delete(reader);
    if (places > 0) taken.set(reader, places);
    const [oldest] = taken.keys();
    if (taken.size > mostRemembered && oldest !== undefined) taken.delete(oldest);
  };

  const marksFrom = (reader: string, from: number, many: number) =>
    Array.from({ length: many }, (_, n) => placeMark(reader, from + n));

  /** All that lie in this reader's inbox. Each takes the first free place: where so many are free, none is taken behind them. */
  const of = async (documents: Model<BookDocument<State>>, reader: string): Promise<InInbox[]> => {
    const found: InInbox[] = [];
    let places = 0;
    for (let from = 0, many = (taken.get(reader) ?? 0) + fewPlaces; ; from += many, many *= 2) {
      const marks = marksFrom(reader, from, many);
      const some = await documents
        .find({ 'lookup.mark': { $in: marks } }, { state: 1, 'lookup.mark': 1 })
        .lean<(Document & Marked)[]>();
      found.push(...some.flatMap(read).map(inInbox));
      const there = new Set(some.map(({ lookup }) => lookup.mark));
      const last = marks.findLastIndex((one) => there.has(one));
      if (last >= 0) places = from + last + 1;
      if (places + fewPlaces <= from + many) break;
    }
    remember(reader, places);
    return found;
  };

  /** The first place of this reader's that is free, found by the marks alone. */
  const nextPlace = async (documents: Model<BookDocument<State>>, reader: string): Promise<number> => {
    const known = taken.get(reader) ?? 0;
    let places = 0;
    // The last one that is known to be taken is looked at, too: a database that was put back may not have it.
    for (let from = Math.max(0, known - 1), many = fewPlaces + 1; ; from += many, many *= 2) {
      const marks = marksFrom(reader, from, many);
      const some = await documents.find({ 'lookup.mark': { $in: marks } }, { 'lookup.mark': 1 }).lean<Marked[]>();
      const there = new Set(some.map(({ lookup }) => lookup.mark));
      const last = marks.findLastIndex((mark) => there.has(mark));
      if (last >= 0) places = from + last + 1;
      if (places + fewPlaces <= from + many) break;
    }
    if (known > 0 && places < known) {
      taken.delete(reader);
      return nextPlace(documents, reader);
    }
    remember(reader, places);
    return places;
  };

  return {
    packing: {
      pack: (state: State): State | Stored =>
        state.status !== 'absent' && state.sealed ? { sealed: seal(about, state, least) } : state,
      unpack,
    },
    /** What it is found by: nothing that changes when it is read. */
    lookup: (state: State): Record<string, unknown> =>
      isInInbox(state) && state.sealed
        ? { mark: placeMark(state.recipient, state.sealed.place), sealedAt: roughly(state.at) }
        : {},
    read,
    of,
    /** Those that came since this instant, whosever they are. */
    since: async (documents: Model<BookDocument<State>>, at: string): Promise<InInbox[]> =>
      (await documents.find({ 'lookup.sealedAt': { $gte: roughly(at) } }, { state: 1 }).lean<Document[]>())
        .flatMap(read)
        .map(inInbox)
        .filter(({ notification }) => notification.at >= at),
    nextPlace,
  };
};

/** To ten seconds: instants to the millisecond would show which were told together. */
const roughly = (at: string): string =>
  Temporal.Instant.from(at)
    .round({ smallestUnit: 'second', roundingIncrement: 10, roundingMode: 'floor' })
    .toString({ fractionalSecondDigits: 3 });

const isStored = (stored: unknown): stored is Stored =>
  typeof stored === 'object' && stored !== null && 'sealed' in stored && typeof stored.sealed === 'string';

const inInbox = ({ id, notification }: { readonly id: string; readonly notification: State }): InInbox => ({
  id,
  notification: notification as InboxNotification<Told>,
});
