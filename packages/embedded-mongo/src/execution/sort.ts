import { failure } from '../errors.ts';
import { type IndexKeys, indexKeysOf, type KeyPattern } from '../storage/indexKeys.ts';
import type { Item } from './item.ts';

/** What a sort without an index may hold, MongoDB's `internalQueryMaxBlockingSortMemoryUsageBytes`. */
export const sortMemory = 100 * 1024 * 1024;

type Entry = { readonly key: Uint8Array; readonly sequence: number; readonly item: Item; readonly bytes: number };

const inOrder = (a: Entry, b: Entry): number => Buffer.compare(a.key, b.key) || a.sequence - b.sequence;

const keysOf = (item: Item, pattern: KeyPattern, names: ReadonlySet<string> | undefined): IndexKeys => {
  try {
    return indexKeysOf(item.part(names), pattern);
  } catch (error) {
    throw failure(
      'BadValue',
      `cannot sort with keys that are parallel arrays: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
};

/** A document stands at its least key (its greatest, descending), as it would in an index. */
const sortKey = (item: Item, pattern: KeyPattern, names: ReadonlySet<string> | undefined): Uint8Array => {
  const { keys } = keysOf(item, pattern, names);
  return keys.reduce((least, key) => (Buffer.compare(key, least) < 0 ? key : least));
};

/** Sorts in memory, stably; with a limit it holds no more than twice as many. */
export function* sorted(items: Iterable<Item>, pattern: KeyPattern, limit: number): Generator<Item> {
  const roots = pattern.map(({ parts }) => parts[0] ?? '');
  // A document with fields such as `$ref` is decoded by all of them together.
  const names = roots.some((root) => root.startsWith('$')) ? undefined : new Set(roots);
  let entries: Entry[] = [];
  let bytes = 0;
  let sequence = 0;
  const most = limit > 0 && limit < 1_000_000 ? Math.max(limit * 2, 64) : Number.POSITIVE_INFINITY;
  for (const item of items) {
    const key = sortKey(item, pattern, names);
    const size = key.length + item.raw.length + 64;
    entries.push({ key, sequence, item, bytes: size });
    sequence += 1;
    bytes += size;
    if (entries.length >= most) {
      entries = entries.sort(inOrder).slice(0, limit);
      bytes = entries.reduce((total, entry) => total + entry.bytes, 0);
    }
    if (bytes > sortMemory) {
      throw failure(
        'QueryExceededMemoryLimitNoDiskUseAllowed',
        `Executor error during find command :: caused by :: Sort exceeded memory limit of ${sortMemory} bytes, but did not opt in to external sorting. An index on the sorted fields avoids it.`,
      );
    }
  }
  entries.sort(inOrder);
  for (const { item } of entries) yield item;
}
