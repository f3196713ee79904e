import type { Fields } from './view.ts';

/** The same value, whatever the order of its fields. */
export const isSame = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, n) => isSame(item, b[n]));
  if (!isFields(a) || !isFields(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => name in b && isSame(a[name], b[name]));
};

/**
 * What a release must say so that merging it into what was gives what is: of each section the fields that changed, of lists of things
 * with ids the changed things, and a null for each value that is gone. Undefined when nothing changed.
 */
export const changesOf = (before: Fields, next: Fields): Fields | undefined =>
  fieldsThatChanged(before, next, (was, is) => fieldsThatChanged(was, is, withoutGone));

type Change = (before: Fields, next: Fields) => Fields | undefined;

const fieldsThatChanged = (before: Fields, next: Fields, changeWithin: Change): Fields | undefined => {
  const names = new Set([...Object.keys(before), ...Object.keys(next)]);
  const changed = [...names].flatMap((name) => {
    const [was, is] = [before[name], next[name]];
    return isSame(was, is) ? [] : [[name, changeOf(was, is, changeWithin)] as const];
  });
  return changed.length > 0 ? Object.fromEntries(changed) : undefined;
};

const changeOf = (was: unknown, is: unknown, change: Change): unknown => {
  if (is === undefined) return goneOf(was);
  if (isItems(is)) return changedItems(isItems(was) ? was : [], is);
  return isFields(is) && isFields(was) ? change(was, is) : is;
};

const changedItems = (before: readonly Item[], next: readonly Item[]): Fields[] =>
  next.flatMap((item) => {
    const was = before.find(({ id }) => id === item.id);
    if (!was) return [item];
    return isSame(was, item) ? [] : [withoutGone(was, item)];
  });

/** These fields, with a null for each that was there before and is gone. */
const withoutGone = (before: Fields, next: Fields): Fields => {
  const gone = Object.entries(before).filter(([name]) => next[name] === undefined);
  const kept = Object.entries(next).map(([name, value]) => {
    const was = before[name];
    return [name, isFields(value) && isFields(was) ? withoutGone(was, value) : value] as const;
  });
  return Object.fromEntries([...kept, ...gone.map(([name, was]) => [name, goneOf(was)] as const)]);
};

/** Lists can only be emptied, and an object goes by losing what it says: the schema takes a null for neither. */
const goneOf = (was: unknown): unknown => {
  if (Array.isArray(was)) return [];
  return isFields(was) ? withoutGone(was, {}) : null;
};

type Item = Fields & { readonly id: unknown };
const isFields = (value: unknown): value is Fields => value !== null && typeof value === 'object' && !Array.isArray(value);
const isItems = (value: unknown): value is readonly Item[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => isFields(item) && 'id' in item);
