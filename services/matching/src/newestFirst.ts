import type { BookDocument } from '@umuhuza/eventing/bookDocument';
import { readCursor, writeCursor } from '@umuhuza/service/cursor';
import type { Model } from 'mongoose';
import { z } from 'zod';

/** The instant by which the list is sorted, and the id, of the last one shown. */
const position = z.tuple([z.string(), z.string()]);

/** A page of what the filter finds, by `lookup.at`, the newest first; stable while new ones come. */
export const newestFirst = async <State>(
  documents: Model<BookDocument<State>>,
  filter: Readonly<Record<string, unknown>>,
  limit: number,
  cursor: string | undefined,
): Promise<{ items: State[]; next: string | null } | 'unknown-cursor'> => {
  const after = cursor === undefined ? undefined : readCursor(position, cursor);
  if (after === 'unknown-cursor') return after;
  const older = after ? { $or: [{ 'lookup.at': { $lt: after[0] } }, { 'lookup.at': after[0], _id: { $lt: after[1] } }] } : {};
  const found = (await documents.collection
    .find({ ...filter, ...older } as never, { projection: { state: 1, 'lookup.at': 1 } })
    .sort({ 'lookup.at': -1, _id: -1 })
    .limit(limit + 1)
    .toArray()) as unknown as Pick<BookDocument<State>, '_id' | 'state' | 'lookup'>[];
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ state }) => state),
    next: found.length > limit && last ? writeCursor([String(last.lookup.at), last._id]) : null,
  };
};
