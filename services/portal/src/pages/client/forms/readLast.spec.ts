import { describe, expect, it, vi } from 'vitest';
import { ConnectionLost } from '../api/answers.ts';
import { keepRead, orReadLast } from './readLast.ts';
import { dropAllTyped } from './typed.ts';

const storeOf = (room = Number.POSITIVE_INFINITY) => {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError');
      kept.set(name, value);
    },
    removeItem: (name: string) => void kept.delete(name),
    key: (index: number) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size;
    },
  };
};
const answers = (value: unknown) => () => Promise.resolve(value);
const isLost = () => Promise.reject(new ConnectionLost('no answer came'));

describe('what a form stands on', () => {
  it('is what was read last where no answer comes, and only there', async () => {
    const store = storeOf();
    await orReadLast(store, 'bid.t1', answers({ version: 1 }));
    expect(await orReadLast(store, 'bid.t1', answers({ version: 2 }))).toEqual({ version: 2 });
    expect(await orReadLast(store, 'bid.t1', isLost)).toEqual({ version: 2 });
    await expect(orReadLast(store, 'bid.t1', () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    await expect(orReadLast(store, 'bid.t2', isLost)).rejects.toThrow(ConnectionLost);
  });
  it('is what was saved since', async () => {
    const store = storeOf();
    await orReadLast(store, 'bid.t1', answers({ version: 1 }));
    keepRead(store, 'bid.t1', { version: 2 });
    expect(await orReadLast(store, 'bid.t1', isLost)).toEqual({ version: 2 });
  });
  it('is kept for the newest few, and gone when somebody signs out', async () => {
    const store = storeOf();
    keepRead(store, 'session', 'who is there', 0);
    for (let n = 1; n <= 9; n++) keepRead(store, `bid.t${n}`, n, n);
    expect(store.length).toBe(7);
    expect(await orReadLast(store, 'session', isLost)).toBe('who is there');
    expect(await orReadLast(store, 'bid.t4', isLost)).toBe(4);
    await expect(orReadLast(store, 'bid.t3', isLost)).rejects.toThrow(ConnectionLost);
    dropAllTyped(store);
    expect(store.length).toBe(0);
  });
  it('is not half kept where there is no room', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const store = storeOf(60);
    keepRead(store, 'bid.t1', 'old');
    keepRead(store, 'bid.t1', 'new'.repeat(30));
    await expect(orReadLast(store, 'bid.t1', isLost)).rejects.toThrow(ConnectionLost);
    expect(warn).toHaveBeenCalled();
    warn.mockRestore();
  });
  it('does no harm when it is broken', async () => {
    const store = storeOf();
    store.setItem('umuhuza.read.bid.t1', '{broken');
    await expect(orReadLast(store, 'bid.t1', isLost)).rejects.toThrow(ConnectionLost);
  });
});
