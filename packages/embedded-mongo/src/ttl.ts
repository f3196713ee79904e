import { rankOf } from './bson/compare.ts';
import { decode, type Value } from './bson/values.ts';
import type { Engine } from './commands/command.ts';
import type { GroupCommit } from './groupCommit.ts';
import { valueAt } from './query/paths.ts';
import { type Collection, findByRid, removeDocument } from './storage/collection.ts';
import type { Index } from './storage/indexes.ts';
import { scanIndex } from './storage/scan.ts';

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

/** True when there may be more. The index has the oldest dates first, or last when it is descending. */
const expire = (engine: Engine, collection: Collection, index: Index, now: number): boolean => {
  const limit = now - (index.expireAfterSeconds ?? 0) * 1000;
  const { parts, descending } = index.pattern[0] ?? { parts: [], descending: false };
  const rank = descending ? ~rankOf.date & 0xff : rankOf.date;
  const range = { from: Uint8Array.of(rank), to: Uint8Array.of(rank + 1) };
  const expired: number[] = [];
  for (const { rid, raw } of scanIndex(engine.store, collection, index, [range], descending)) {
    const earliest = earliestIn(valueAt(decode(raw), parts));
    if (earliest === undefined || earliest > limit || expired.length === atOnce) break;
    expired.push(rid);
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

/** Of several dates the earliest counts. */
const earliestIn = (value: Value): number | undefined => {
  const dates = (Array.isArray(value) ? value : [value]).filter((each) => each instanceof Date).map((date) => date.getTime());
  return dates.length > 0 ? Math.min(...dates) : undefined;
};
