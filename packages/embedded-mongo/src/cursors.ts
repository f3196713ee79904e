import { randomInt } from 'node:crypto';
import { failure } from './errors.ts';
import type { Item } from './execution/item.ts';

/** One reply's worth of documents, as BSON. */
export type Batch = { readonly documents: Uint8Array[]; readonly finished: boolean };

export type Cursor = {
  readonly namespace: string;
  readonly next: (count: number) => Batch;
};

export type Cursors = {
  /** Reads the first batch; what is left stays under the id given, zero when nothing is. */
  readonly open: (namespace: string, items: Iterable<Item>, count: number, single: boolean) => { batch: Batch; id: number };
  readonly more: (id: number, namespace: string, count: number) => { batch: Batch; id: number };
  /** False when there is no such cursor. */
  readonly kill: (id: number) => boolean;
  readonly forgetIdle: (now: number) => void;
  readonly size: () => number;
};

/** A reply holds no more than this, but always one document. */
const batchBytes = 16 * 1024 * 1024;
const idleFor = 10 * 60 * 1000;
/** More open cursors than this are taken for a leak: the longest idle goes. */
const mostCursors = 10_000;

export const createCursors = (): Cursors => {
  const open = new Map<number, Cursor & { usedAt: number }>();

  const keep = (id: number, cursor: Cursor): void => {
    open.delete(id);
    open.set(id, { ...cursor, usedAt: Date.now() });
    const [oldest] = open.keys();
    if (open.size > mostCursors && oldest !== undefined) open.delete(oldest);
  };

  return {
    open: (namespace, items, count, single) => {
      const cursor = { namespace, next: batches(items) };
      const batch = cursor.next(count);
      if (batch.finished || single) return { batch, id: 0 };
      const id = randomInt(1, 2 ** 47);
      keep(id, cursor);
      return { batch, id };
    },
    more: (id, namespace, count) => {
      const cursor = open.get(id);
      if (!cursor) throw failure('CursorNotFound', `cursor id ${id} not found`);
      if (cursor.namespace !== namespace) {
        throw failure(
          'Unauthorized',
          `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
        );
      }
      open.delete(id);
      const batch = cursor.next(count);
      if (batch.finished) return { batch, id: 0 };
      keep(id, cursor);
      return { batch, id };
    },
    kill: (id) => open.delete(id),
    forgetIdle: (now) => {
      for (const [id, { usedAt }] of open) if (now - usedAt > idleFor) open.delete(id);
    },
    size: () => open.size,
  };
};

/** Reads one document ahead, so that a last batch knows that it is the last. */
const batches = (items: Iterable<Item>): ((count: number) => Batch) => {
  const iterator = items[Symbol.iterator]();
  let ahead: IteratorResult<Item> | undefined;
  return (count) => {
    const documents: Uint8Array[] = [];
    let bytes = 0;
    // An empty first batch is how a client asks for the cursor only: nothing is read for it.
    if (count === 0) return { documents, finished: false };
    ahead ??= iterator.next();
    while (!ahead.done && documents.length < count) {
      const { raw } = ahead.value;
      if (documents.length > 0 && bytes + raw.length > batchBytes) break;
      documents.push(raw);
      bytes += raw.length;
      ahead = iterator.next();
    }
    return { documents, finished: ahead.done === true };
  };
};
