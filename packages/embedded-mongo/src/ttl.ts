import { rankOf } from './bson/compare.ts';
import { after, compoundKey } from './bson/keys.ts';
import { decode } from './bson/values.ts';
import type { Engine } from './commands/command.ts';
import type { GroupCommit } from './groupCommit.ts';
import { type Collection, findByRid, removeDocument } from './storage/collection.ts';
import type { Index } from './storage/indexes.ts';
import { scanKeys } from './storage/scan.ts';

/** Deletes at most so many at a time: other commands run in between. */
const atOnce = 500;

/** Deletes what has expired by a TTL index, now and again. */
export const startExpiry = (
  engine: Engine,
  commits: GroupCommit,
  every: number,
  onFault: (error: unknown) => void,
): { stop: () => void } => {
  let timer: NodeJS.Timeout | undefined;
  const sweep = (): void => {
    let more = false;
    try {
      engine.cursors.forgetIdle(Date.now());
      for (const collection of engine.catalog.all()) {
        for (const index of collection.indexes)
          if (index.expireAfterSeconds !== undefined) more = expire(engine, collection, index, Date.now()) || more;
      }
    } catch (error) {
      engine.catalog.reload();
      onFault(error);
    }
    commits.afterCommit({ client: 0, send: () => undefined, fail: onFault });
    timer = setTimeout(sweep, more ? 1 : every);
    timer.unref();
  };
  timer = setTimeout(sweep, every);
  timer.unref();
  return { stop: () => clearTimeout(timer) };
};

/** True when there may be more. Of several dates in a document the earliest counts: its key alone is before the limit. */
const expire = (engine: Engine, collection: Collection, index: Index, now: number): boolean => {
  const limit = new Date(now - (index.expireAfterSeconds ?? 0) * 1000);
  const descending = index.pattern[0]?.descending ?? false;
  const newest = compoundKey([limit], [descending]);
  const range = descending
    ? { from: newest, to: Uint8Array.of((~rankOf.date & 0xff) + 1) }
    : { from: Uint8Array.of(rankOf.date), to: after(newest) };
  const expired: number[] = [];
  for (const rid of scanKeys(engine.store, collection, index, [range], descending)) {
    expired.push(rid);
    if (expired.length === atOnce) break;
  }
  if (expired.length === 0) return false;
  engine.store.atomically(() => {
    for (const rid of expired) {
      const raw = findByRid(engine.store, collection, rid);
      if (raw) removeDocument(engine.store, collection, rid, decode(raw));
    }
  });
  return expired.length === atOnce;
};
