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
  const merge = merging();
  const merged = releases.map(({ id, date, tag, ...content }) => content).reduce<Json>((before, next) => merge(before, next), {});
  const { ocid, ...content } = merged;
  return { ocid, id: `${asText(ocid)}-${asText(last.date)}`, date: last.date, tag: ['compiled'], ...content };
};

/** Some write a number where a text belongs. What else stands there in a foreign notice may be what no text can be made of. */
export const asText = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? `${value}` : '');

/**
 * Merges one release after the other into what those before came to. What it has made itself it goes on with, what is given it copies first:
 * so a foreign record with very many releases, fields or things in lists takes as long as it is long.
 */
const merging = () => {
  /** What was made here, with the number of its fields: to count them anew each time takes as long as there are many. */
  const made = new WeakMap<object, number>();
  /** Of each list that was made here, where in it an id stands. */
  const placesIn = new WeakMap<object, Map<unknown, number>>();

  const ownOf = (given: unknown): Record<string, unknown> => {
    if (isObject(given) && made.has(given)) return given;
    const own = isObject(given) ? { ...given } : {};
    made.set(own, Object.keys(own).length);
    return own;
  };
  const mergeObjects = (before: unknown, next: Json, depth: number): Json => {
    const merged = ownOf(before);
    let size = made.get(merged) ?? 0;
    for (const [name, value] of Object.entries(next)) {
      if (name === '__proto__') continue;
      const after = depth < deepest ? mergeValue(name, merged[name], value, depth + 1) : value;
      if (Object.hasOwn(merged, name)) size -= 1;
      if (after === undefined) delete merged[name];
      else {
        merged[name] = after;
        size += 1;
      }
    }
    made.set(merged, size);
    return merged;
  };
  /** Undefined for what has no value any more, or never had one. */
  const mergeValue = (name: string, before: unknown, next: unknown, depth: number): unknown => {
    if (next === null) return undefined;
    if (Array.isArray(next)) {
      const byId = !wholeLists.has(name) && next.every(isObject);
      return byId ? emptyAsNothing(mergeById(Array.isArray(before) ? before : [], next, depth)) : next;
    }
    return isObject(next) ? emptyAsNothing(mergeObjects(before, next, depth)) : next;
  };
  const mergeById = (before: unknown[], next: readonly Json[], depth: number): readonly unknown[] => {
    const known = placesIn.get(before);
    const merged = known ? before : before.filter(isObject);
    const places = known ?? new Map<unknown, number>();
    const note = (id: unknown, at: number): void => {
      if (id !== undefined && id !== null && !places.has(id)) places.set(id, at);
    };
    if (!known) for (const [at, item] of merged.entries()) note((item as Json).id, at);
    placesIn.set(merged, places);
    for (const item of next) {
      const at = places.get(item.id) ?? merged.length;
      merged[at] = mergeObjects(merged[at], item, depth);
      note(item.id, at);
    }
    return merged;
  };
  const emptyAsNothing = (value: object): unknown =>
    (Array.isArray(value) ? value.length : made.get(value)) === 0 ? undefined : value;
  return (before: Json, next: Json): Json => mergeObjects(before, next, 0);
};

const isObject = (value: unknown): value is Json => value !== null && typeof value === 'object' && !Array.isArray(value);
