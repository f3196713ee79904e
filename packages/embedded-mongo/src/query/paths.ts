import { fieldOf, isDocument, type Value } from '../bson/values.ts';

/** Where in the outermost array on the way the match was found: what the positional `$` stands for. */
export type Place = { index?: number };

/** Receives what lies at a path; a test that looks into an array itself says where. */
export type Test = (value: Value, place?: Place) => boolean;

const numeric = /^(?:0|[1-9]\d*)$/;
export const isIndex = (part: string): boolean => numeric.test(part);

/**
 * Walks a dotted path as queries do: into the elements of arrays on the way, by position where the part is a number, and at the end
 * to the elements of an array and the array itself. What is missing is given as undefined. Ends at the first true.
 */
export const someAt = (
  value: Value,
  parts: readonly string[],
  from: number,
  expandLeaf: boolean,
  test: Test,
  place?: Place,
): boolean => {
  if (from === parts.length) return atLeaf(value, expandLeaf, test, place);
  if (Array.isArray(value)) {
    const part = parts[from] as string;
    for (let i = 0; i < value.length; i += 1) {
      if (isDocument(value[i]) && someAt(value[i], parts, from, expandLeaf, test, place)) {
        if (place) place.index = i;
        return true;
      }
    }
    return isIndex(part) && Number(part) < value.length && someAt(value[Number(part)], parts, from + 1, expandLeaf, test, place);
  }
  if (isDocument(value)) return someAt(fieldOf(value, parts[from] as string), parts, from + 1, expandLeaf, test, place);
  return test(undefined);
};

const atLeaf = (value: Value, expandLeaf: boolean, test: Test, place?: Place): boolean => {
  if (!expandLeaf || !Array.isArray(value)) return test(value, place);
  for (let i = 0; i < value.length; i += 1) {
    if (test(value[i])) {
      if (place) place.index = i;
      return true;
    }
  }
  return test(value);
};

/** The value at a path through documents and array positions only. */
export const valueAt = (value: Value, parts: readonly string[]): Value => {
  let at = value;
  for (const part of parts) {
    if (Array.isArray(at)) at = isIndex(part) ? at[Number(part)] : undefined;
    else if (isDocument(at)) at = fieldOf(at, part);
    else return undefined;
  }
  return at;
};
