import type { Store } from './storage/store.ts';

/** A reply that goes out once what it tells of is on disk; `fail` when it never will be. */
export type Waiting = {
  /** Who waits: one client has one command under way. */
  readonly client: number;
  readonly send: () => void;
  readonly fail: (error: unknown) => void;
};

export type GroupCommit = {
  /** Sends at once when nothing waits to be made durable, else with the next commit. */
  readonly afterCommit: (waiting: Waiting) => void;
  /** Commits what there is now. */
  readonly flush: () => void;
};

/** The first of a group waits for others no longer than a commit takes, and never longer than this, in milliseconds. */
const longestWait = 5;
/** Who wrote within so many milliseconds is expected to write again. */
const remembered = 60;
/** So few are not waited for: they would lose more than they gain. */
const fewest = 4;

/**
 * All commands that arrive while the event loop turns share one transaction: one sync to disk for all of them. With many writers the
 * first waits a moment for the others it can expect; a lone writer never waits. A reply that was read from uncommitted data goes out
 * with the writes it saw. `alone` commits each command by itself, to measure against.
 */
export const createGroupCommit = (store: Store, onFailure: (error: unknown) => void, alone = false): GroupCommit => {
  let group: Waiting[] = [];
  let scheduled = false;
  let startedAt = 0;
  let transaction = 0;
  let commitTakes = 1;
  const wroteAt = new Map<number, number>();

  const failAll = (error: unknown): void => {
    const waiting = group;
    group = [];
    onFailure(error);
    for (const each of waiting) each.fail(error);
  };

  /** SQLite undoes a whole transaction by itself when, say, the disk is full: what waited for it must not be told that it is done. */
  const isLost = (): boolean => group.length > 0 && (!store.inTransaction() || store.begun() !== transaction);

  const flush = (): void => {
    scheduled = false;
    if (isLost()) failAll(new Error('the transaction was undone'));
    const begun = performance.now();
    try {
      store.commit();
    } catch (error) {
      failAll(error);
      return;
    }
    const waiting = group;
    group = [];
    const now = performance.now();
    commitTakes += (now - begun - commitTakes) / 8;
    for (const { client } of waiting) wroteAt.set(client, now);
    for (const [client, at] of wroteAt) if (now - at > remembered) wroteAt.delete(client);
    for (const each of waiting) each.send();
  };

  const turn = (): void => {
    if (!scheduled) return;
    const expected = wroteAt.size;
    const patience = Math.min(longestWait, commitTakes);
    if (expected >= fewest && group.length < expected && performance.now() - startedAt < patience) setTimeout(turn, 1);
    else flush();
  };

  return {
    flush,
    afterCommit: (waiting) => {
      if (isLost()) failAll(new Error('the transaction was undone'));
      if (!store.inTransaction()) {
        waiting.send();
        return;
      }
      transaction = store.begun();
      group.push(waiting);
      if (alone) flush();
      else if (!scheduled) {
        scheduled = true;
        startedAt = performance.now();
        setImmediate(turn);
      }
    },
  };
};
