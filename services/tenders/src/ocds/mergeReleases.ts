type Json = Readonly<Record<string, unknown>>;

/**
 * The lists that a release replaces as a whole although they hold objects with ids: `wholeListMerge` in the schemas of the standard and
 * of the extensions used here, by the name of the list, which is one and the same thing everywhere it occurs.
 */
const wholeLists: ReadonlySet<string> = new Set(['additionalClassifications', 'additionalIdentifiers', 'identifiers']);

/** Deeper than any field of the standard lies: what is nested further, in a foreign notice, is taken as one value. */
const deepest = 40;

/**
 * The compiled release of a contracting process, its releases given in the order of their dates: what the newest release says of each
 * field, by the standard's rules (https://standard.open-contracting.org/1.1/en/schema/merging/). Null takes a field away; objects in a
 * list are merged by their id; any other list is replaced.
 */
export const mergeReleases = (releases: readonly Json[]): Json => {
  const last = releases.at(-1);
  if (!last) throw new Error('a record needs a release');
  const merged = releases
    .map(({ id, date, tag, ...content }) => content)
    .reduce<Json>((before, next) => mergeObjects(before, next, 0), {});
  const { ocid, ...content } = merged;
  return { ocid, id: `${ocid}-${last.date}`, date: last.date, tag: ['compiled'], ...content };
};

const mergeObjects = (before: Json, next: Json, depth: number): Json => {
  const merged: Record<string, unknown> = { ...before };
  for (const [name, value] of Object.entries(next)) {
    if (name === '__proto__') continue;
    const after = depth < deepest ? mergeValue(name, merged[name], value, depth + 1) : value;
    if (after === undefined) delete merged[name];
    else merged[name] = after;
  }
  return merged;
};

/** Undefined for what has no value any more, or never had one. */
const mergeValue = (name: string, before: unknown, next: unknown, depth: number): unknown => {
  if (next === null) return undefined;
  if (Array.isArray(next)) {
    const byId = !wholeLists.has(name) && next.every(isObject);
    return byId ? emptyAsNothing(mergeById(Array.isArray(before) ? before.filter(isObject) : [], next, depth)) : next;
  }
  return isObject(next) ? emptyAsNothing(mergeObjects(isObject(before) ? before : {}, next, depth)) : next;
};

const mergeById = (before: readonly Json[], next: readonly Json[], depth: number): readonly Json[] => {
  const merged = [...before];
  for (const item of next) {
    const place = item.id === undefined || item.id === null ? -1 : merged.findIndex(({ id }) => id === item.id);
    if (place === -1) merged.push(mergeObjects({}, item, depth));
    else merged[place] = mergeObjects(merged[place] ?? {}, item, depth);
  }
  return merged;
};

const emptyAsNothing = (value: Json | readonly Json[]): unknown => (Object.keys(value).length === 0 ? undefined : value);

const isObject = (value: unknown): value is Json => value !== null && typeof value === 'object' && !Array.isArray(value);
