import { ConnectionLost } from '../api/answers.ts';

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const prefix = 'umuhuza.read.';
/** Of one kind, by what stands before the first dot of a name; what was read for older forms is read anew where there is a line again. */
const most = 6;
const kindOf = (name: string): string => name.replace(/\..*/s, '');

type Kept = { readonly at: number; readonly value: unknown };

const keptAt = (store: Store, name: string): Kept | undefined => {
  try {
    const kept: unknown = JSON.parse(store.getItem(name) ?? 'null');
    return typeof kept === 'object' && kept !== null && 'at' in kept && 'value' in kept ? (kept as Kept) : undefined;
  } catch {
    return undefined;
  }
};

/** Keeps on the device what a form stands on, so that it can be shown without a line; gone when somebody signs out, like all that is typed. */
export const keepRead = (store: Store, name: string, value: unknown, now = Date.now()): void => {
  const own = prefix + name;
  const others = Array.from({ length: store.length }, (_, index) => store.key(index) ?? '').filter(
    (each) => each.startsWith(prefix) && each !== own && kindOf(each.slice(prefix.length)) === kindOf(name),
  );
  const oldestFirst = others.toSorted((a, b) => (keptAt(store, a)?.at ?? 0) - (keptAt(store, b)?.at ?? 0));
  for (const old of oldestFirst.slice(0, Math.max(0, others.length - most + 1))) store.removeItem(old);
  try {
    store.setItem(own, JSON.stringify({ at: now, value } satisfies Kept));
  } catch (error) {
    // What is typed matters more than what it stands on.
    store.removeItem(own);
    console.warn('What was read cannot be kept on this device.', error);
  }
};

/** What is read; where no answer comes, what was read last. Whatever else goes wrong is thrown, and so is a lost line with nothing kept. */
export const orReadLast = async <Value>(store: Store, name: string, read: () => Promise<Value>): Promise<Value> => {
  try {
    const value = await read();
    keepRead(store, name, value);
    return value;
  } catch (error) {
    const kept = error instanceof ConnectionLost ? keptAt(store, prefix + name) : undefined;
    if (!kept) throw error;
    return kept.value as Value;
  }
};
