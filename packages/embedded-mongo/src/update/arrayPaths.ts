import { type Document, isDocument, show, type Value } from '../bson/values.ts';
import { failure } from '../errors.ts';
import type { Filter } from '../query/filter.ts';
import { compileFilter, type Matcher } from '../query/matcher.ts';
import { parseFilter } from '../query/parseFilter.ts';
import { type Place, valueAt } from '../query/paths.ts';

/** The conditions of `arrayFilters`, by the names that paths use for them. */
export type ArrayFilters = ReadonlyMap<string, Matcher>;

export const readArrayFilters = (given: Value): ArrayFilters => {
  const filters = new Map<string, Matcher>();
  if (given === undefined || given === null) return filters;
  if (!Array.isArray(given)) throw failure('TypeMismatch', 'arrayFilters must be an array');
  for (const each of given) {
    if (!isDocument(each) || Object.keys(each).length === 0)
      throw failure('FailedToParse', 'Cannot use an expression without a top-level field name in arrayFilters');
    const filter = parseFilter(each);
    const [name, ...others] = namesIn(filter);
    if (name === undefined)
      throw failure('FailedToParse', 'Cannot use an expression without a top-level field name in arrayFilters');
    if (others.length > 0)
      throw failure(
        'FailedToParse',
        `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${name}' and '${others[0]}'`,
      );
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name))
      throw failure(
        'BadValue',
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      );
    if (filters.has(name))
      throw failure('FailedToParse', `Found multiple array filters with the same top-level field name ${name}`);
    const matches = compileFilter(filter, () => {
      throw failure('BadValue', '$expr is not allowed in array filters');
    });
    filters.set(name, (element) => matches({ [name]: element }));
  }
  return filters;
};

const namesIn = (filter: Filter): string[] => {
  switch (filter.kind) {
    case 'and':
    case 'or':
    case 'nor':
      return [...new Set(filter.of.flatMap(namesIn))];
    case 'not':
      return namesIn(filter.of);
    case 'field':
      return [filter.parts[0] ?? ''];
    default:
      return [];
  }
};

export const refuseUnused = (paths: readonly (readonly string[])[], filters: ArrayFilters): void => {
  const used = new Set(paths.flatMap((parts) => parts.map((part) => /^\$\[(.+)\]$/.exec(part)?.[1])));
  for (const name of filters.keys()) {
    if (!used.has(name)) throw failure('FailedToParse', `The array filter for identifier '${name}' was not used in the update`);
  }
};

/** The paths a path with `$`, `$[]` or `$[name]` stands for in this document. */
export const resolve = (
  document: Document,
  parts: readonly string[],
  filters: ArrayFilters,
  place: Place,
  path: string,
): readonly (readonly string[])[] => {
  const at = parts.findIndex((part) => part.startsWith('$') && (part === '$' || part.startsWith('$[')));
  if (at < 0) return [parts];
  const part = parts[at] as string;
  if (part === '$') {
    if (place.index === undefined)
      throw failure('BadValue', 'The positional operator did not find the match needed from the query.');
    return resolve(document, parts.with(at, String(place.index)), filters, place, path);
  }
  const name = part.slice(2, -1);
  const fits = name === '' ? () => true : filters.get(name);
  if (!fits) throw failure('BadValue', `No array filter found for identifier '${name}' in path '${path}'`);
  const above = parts.slice(0, at);
  const array = valueAt(document, above);
  if (array === undefined)
    throw failure('BadValue', `The path '${above.join('.')}' must exist in the document in order to apply array updates.`);
  if (!Array.isArray(array))
    throw failure('BadValue', `Cannot apply array updates to non-array element ${above.at(-1)}: ${show(array)}`);
  return array.flatMap((element, i) => (fits(element) ? resolve(document, parts.with(at, String(i)), filters, place, path) : []));
};
