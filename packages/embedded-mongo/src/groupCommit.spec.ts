import { describe, expect, it } from 'vitest';
import { createGroupCommit } from './groupCommit.ts';
import type { Store } from './storage/store.ts';

/** A store that only counts its commits. */
const countingStore = () => {
  const state = { open: false, commits: 0, failing: false, begun: 1 };
  const store = {
    inTransaction: () => state.open,
    begun: () => state.begun,
    commit: () => {
      state.open = false;
      if (state.failing) throw new Error('disk is full');
      state.commits += 1;
    },
  } as unknown as Store;
  return { state, store };
};

const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('writes that arrive together', () => {
  it('are made durable by one commit, and answered only after it', async () => {
    const { state, store } = countingStore();
    const commits = createGroupCommit(store, () => undefined);
    const sent: number[] = [];
    for (let client = 1; client <= 10; client += 1) {
      state.open = true;
      commits.afterCommit({ client, send: () => sent.push(client), fail: () => undefined });
    }
    expect({ sent, commits: state.commits }).toEqual({ sent: [], commits: 0 });
    await turns(2);
    expect({ sent, commits: state.commits }).toEqual({ sent: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], commits: 1 });
  });

  it('are all told when the commit fails, and the next group is not harmed', async () => {
    const { state, store } = countingStore();
    const faults: unknown[] = [];
    const commits = createGroupCommit(store, (error) => faults.push(error));
    const told: string[] = [];
    const write = (client: number): void => {
      state.open = true;
      commits.afterCommit({
        client,
        send: () => told.push(`${client} sent`),
        fail: (error) => told.push(`${client} failed: ${(error as Error).message}`),
      });
    };
    state.failing = true;
    write(1);
    write(2);
    await turns(2);
    state.failing = false;
    write(3);
    await turns(2);
    expect(told).toEqual(['1 failed: disk is full', '2 failed: disk is full', '3 sent']);
    expect(faults).toHaveLength(1);
  });
});

describe('a transaction that the disk undid by itself', () => {
  it.each([
    ['and nothing came after it', false],
    ['and another was begun in the same turn', true],
  ])('is no success for those who waited for it, %s', async (_name, another) => {
    const { state, store } = countingStore();
    const commits = createGroupCommit(store, () => undefined);
    const told: string[] = [];
    const write = (client: number): void => {
      state.open = true;
      commits.afterCommit({ client, send: () => told.push(`${client} sent`), fail: () => told.push(`${client} failed`) });
    };
    write(1);
    write(2);
    state.open = false;
    if (another) {
      state.begun += 1;
      write(3);
    }
    await turns(2);
    expect(told).toEqual(another ? ['1 failed', '2 failed', '3 sent'] : ['1 failed', '2 failed']);
  });
});

describe('a read', () => {
  it('is answered at once when nothing waits to be written', () => {
    const { store } = countingStore();
    const sent: string[] = [];
    createGroupCommit(store, () => undefined).afterCommit({ client: 1, send: () => sent.push('read'), fail: () => undefined });
    expect(sent).toEqual(['read']);
  });

  it('that may have seen uncommitted writes waits with them', async () => {
    const { state, store } = countingStore();
    const commits = createGroupCommit(store, () => undefined);
    const sent: string[] = [];
    state.open = true;
    commits.afterCommit({ client: 1, send: () => sent.push('write'), fail: () => undefined });
    commits.afterCommit({ client: 2, send: () => sent.push('read'), fail: () => undefined });
    expect(sent).toEqual([]);
    await turns(2);
    expect(sent).toEqual(['write', 'read']);
  });
});
