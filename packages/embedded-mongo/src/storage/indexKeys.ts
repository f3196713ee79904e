import { compoundKey, emptyArray } from '../bson/keys.ts';
import { type Document, fieldOf, isDocument, type Value } from '../bson/values.ts';
import { failure } from '../errors.ts';
import { isIndex } from '../query/paths.ts';

export type KeyPattern = readonly { readonly path: string; readonly parts: readonly string[]; readonly descending: boolean }[];

export type IndexKeys = {
  readonly keys: Uint8Array[];
  /** The values behind each key, before equal keys were made one. */
  readonly tuples: readonly (readonly (Value | typeof emptyArray)[])[];
  /** Per field of the pattern: whether an array lay on its path. */
  readonly multikey: readonly boolean[] | undefined;
  /** No field of the pattern exists in the document. */
  readonly absent: boolean;
};

type Slot = { value?: Value | typeof emptyArray; base: Value; at: number; done: boolean };

/**
 * All keys of a document under a pattern: one, or one for each element where an array lies on a path. Elements of one array only:
 * two arrays side by side are refused as MongoDB does.
 */
export const indexKeysOf = (document: Document, pattern: KeyPattern): IndexKeys =>
  plainKeysOf(document, pattern) ?? arrayKeysOf(document, pattern);

/** The one key of a document that has no array on any path; undefined when it has. */
const plainKeysOf = (document: Document, pattern: KeyPattern): IndexKeys | undefined => {
  const tuple: Value[] = [];
  const descending: boolean[] = [];
  let absent = true;
  for (const field of pattern) {
    let value: Value = document;
    for (const part of field.parts) {
      value = isDocument(value) ? fieldOf(value, part) : undefined;
      if (Array.isArray(value)) return undefined;
    }
    if (value !== undefined) absent = false;
    tuple.push(value);
    descending.push(field.descending);
  }
  return { tuples: [tuple], keys: [compoundKey(tuple, descending)], multikey: undefined, absent };
};

const arrayKeysOf = (document: Document, pattern: KeyPattern): IndexKeys => {
  const state = { tuples: [] as Slot[][], multikey: undefined as boolean[] | undefined, found: false };
  expand(
    pattern.map(() => ({ base: document, at: 0, done: false })),
    pattern,
    state,
  );
  const descending = pattern.map((field) => field.descending);
  const tuples = state.tuples.map((slots) => slots.map(({ value }) => value));
  const keys = tuples.map((values) => compoundKey(values, descending));
  return { tuples, keys: keys.length > 1 ? distinct(keys) : keys, multikey: state.multikey, absent: !state.found };
};

type State = { tuples: Slot[][]; multikey: boolean[] | undefined; found: boolean };

const expand = (slots: Slot[], pattern: KeyPattern, state: State): void => {
  let array: Value[] | undefined;
  slots.forEach((slot, i) => {
    if (slot.done) return;
    advance(slot, pattern[i]?.parts ?? []);
    if (slot.done) {
      if (slot.value !== undefined) state.found = true;
      return;
    }
    const here = slot.base as Value[];
    if (array !== undefined && array !== here) {
      throw failure(
        'CannotIndexParallelArrays',
        `cannot index parallel arrays [${pattern[i]?.path}] [${pattern.map((field) => field.path).join('] [')}]`,
      );
    }
    array = here;
  });
  if (array === undefined) {
    state.tuples.push(slots);
    return;
  }
  if (slots.some((slot, i) => !slot.done && slot.at === (pattern[i]?.parts.length ?? 0))) state.found = true;
  state.multikey ??= pattern.map(() => false);
  const under = slots.map((slot) => !slot.done);
  under.forEach((is, i) => {
    if (is && state.multikey) state.multikey[i] = true;
  });
  const elements: (Value | typeof emptyArray)[] = array.length === 0 ? [emptyArray] : array;
  for (const element of elements) {
    expand(
      slots.map((slot, i) => {
        if (!under[i]) return slot;
        const atLeaf = slot.at === (pattern[i]?.parts.length ?? 0);
        if (atLeaf) return { ...slot, value: element, done: true };
        // Only documents are looked into: an array right within an array is a value.
        const inside = element !== emptyArray && isDocument(element);
        return inside ? { ...slot, base: element } : { ...slot, value: undefined, done: true };
      }),
      pattern,
      state,
    );
  }
};

/** Goes on to the value, or to the first array, which stays in `base` with `at` naming what is left of the path. */
const advance = (slot: Slot, parts: readonly string[]): void => {
  while (slot.at < parts.length) {
    const part = parts[slot.at] as string;
    if (Array.isArray(slot.base)) {
      if (!isIndex(part)) return;
      slot.base = slot.base[Number(part)];
    } else if (isDocument(slot.base)) {
      slot.base = fieldOf(slot.base, part);
    } else {
      slot.value = undefined;
      slot.done = true;
      return;
    }
    slot.at += 1;
  }
  if (Array.isArray(slot.base)) return;
  slot.value = slot.base;
  slot.done = true;
};

const distinct = (keys: Uint8Array[]): Uint8Array[] => {
  const seen = new Set<string>();
  return keys.filter((key) => {
    const text = textOf(key);
    return !seen.has(text) && seen.add(text);
  });
};

/** As text, for sets. */
export const textOf = (key: Uint8Array): string => Buffer.from(key.buffer, key.byteOffset, key.length).toString('latin1');
