import { describe, expect, it, vi } from 'vitest';
import { readDraft, writeDraft } from './draft.ts';
import { dropAllTyped, dropTyped, keepTypedOf, readTyped, writeTyped } from './typed.ts';

const storeOf = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
    key: (index: number) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size;
    },
  };
};
type Prices = { readonly prices: readonly unknown[] };
const isPrices = (value: unknown): value is Prices => typeof value === 'object' && value !== null && 'prices' in value;

describe('what was typed and is not on the server yet', () => {
  it('is there again after the page was lost', () => {
    const store = storeOf();
    expect(writeTyped(store, 'bid.c1.t1', { prices: [1] })).toBe(true);
    expect(readTyped(store, 'bid.c1.t1', isPrices)).toEqual({ prices: [1] });
    expect(readTyped(store, 'bid.c2.t1', isPrices)).toBeUndefined();
  });

  it('does no harm when it is broken or of another shape', () => {
    const store = storeOf();
    store.setItem('umuhuza.typed.bid', '{broken');
    expect(readTyped(store, 'bid', isPrices)).toBeUndefined();
    store.setItem('umuhuza.typed.bid', '{"price":1}');
    expect(readTyped(store, 'bid', isPrices)).toBeUndefined();
  });

  it('is gone once it is on the server, and all of it when somebody signs out', () => {
    const store = storeOf();
    writeTyped(store, 'a', { prices: [] });
    writeTyped(store, 'b', { prices: [] });
    writeTyped(store, 'c', { prices: [] });
    store.setItem('umuhuza.language', 'de');
    dropTyped(store, 'a');
    expect(readTyped(store, 'a', isPrices)).toBeUndefined();
    dropAllTyped(store);
    expect(store.length).toBe(1);
    expect(store.getItem('umuhuza.language')).toBe('de');
  });

  it('is gone with all that smaller forms have kept when somebody signs out', () => {
    const store = storeOf();
    writeDraft(store, 'new-tender', { title: 'A secret plan' }, []);
    store.setItem('umuhuza.own-rate.EUR.RWF', '1500');
    store.setItem('umuhuza.was-signed-in', 'yes');
    store.setItem('of-another-program', 'stays');
    dropAllTyped(store);
    expect(store.length).toBe(1);
    expect(store.getItem('of-another-program')).toBe('stays');
  });

  it('is there for the person that typed it, and gone when another one comes, also where nobody signed out', () => {
    const store = storeOf();
    store.setItem('umuhuza.language', 'de');
    keepTypedOf(store, 'one');
    writeTyped(store, 'scores.c1.b1', { prices: [1] });
    writeDraft(store, 'new-tender', { title: 'A secret plan' }, []);
    keepTypedOf(store, 'one');
    expect(readTyped(store, 'scores.c1.b1', isPrices)).toEqual({ prices: [1] });
    keepTypedOf(store, 'other');
    expect(readTyped(store, 'scores.c1.b1', isPrices)).toBeUndefined();
    expect(readDraft(store, 'new-tender', { title: '' })).toEqual({ title: '' });
    expect(store.getItem('umuhuza.language')).toBe('de');
  });

  it('goes on where the device has no room, and says so', () => {
    const warned = vi.spyOn(console, 'warn').mockReturnValue();
    const full = {
      ...storeOf(),
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    expect(writeTyped(full, 'a', {})).toBe(false);
    warned.mockRestore();
  });
});
