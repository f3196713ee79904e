import type { Store } from './storage/store.ts';

/** A reply that goes out once what it tells of is on disk; `failed` when it never will be. */
export type Waiting = { readonly send: () => void; readonly fail: (error: unknown) => void };

export type GroupCommit = {
  /** Sends at once when nothing waits to be made durable, else with the next commit. */
  readonly afterCommit: (waiting: Waiting) => void;
  /** Commits what there is now. */
  readonly flush: () => void;
};

/** How long the first of a group may wait for others to join, in milliseconds. */
const longestWait = 2;

/**
 * All commands that arrive while the event loop turns share one transaction: one sync to disk for all of them. A reply that was
 * read from uncommitted data waits with the writes it saw. `alone` commits each command by itself, to measure against.
 */
export const createGroupCommit = (store: Store, onFailure: (error: unknown) => void, alone = false): GroupCommit => {
  let group: Waiting[] = [];
  let scheduled = false;
  let seen = 0;
  let startedAt = 0;

  const flush = (): void => {
    scheduled = false;
    const waiting = group;
    group = [];
    try {
      store.commit();
    } catch (error) {
      onFailure(error);
      for (const each of waiting) each.fail(error);
      return;
    }
    for (const each of waiting) each.send();
  };

  const turn = (): void => {
    if (!scheduled) return;
    // As long as each turn of the loop brings more, waiting costs less than another sync.
    if (group.length > seen && performance.now() - startedAt < longestWait) {
      seen = group.length;
      setImmediate(turn);
      return;
    }
    flush();
  };

  return {
    flush,
    afterCommit: (waiting) => {
      if (!store.inTransaction()) {
        waiting.send();
        return;
      }
      group.push(waiting);
      if (alone) {
        flush();
        return;
      }
      if (scheduled) return;
      scheduled = true;
      seen = 1;
      startedAt = performance.now();
      setImmediate(turn);
    },
  };
};
