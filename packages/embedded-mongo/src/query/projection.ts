import { compileExpression } from '../aggregation/expression.ts';
import type { Expression, Scope } from '../aggregation/scope.ts';
import { type Document, fieldsOf, isDocument, isNumeric, setField, show, toNumber, truthy, type Value } from '../bson/values.ts';
import { failure, location, unsupported } from '../errors.ts';
import { compileFilter } from './matcher.ts';
import { parseFilter } from './parseFilter.ts';

/** `index` is where the filter matched in an array, for the positional `$`. */
export type Projection = (document: Document, variables: Scope['variables'], index?: number) => Document;

type Leaf =
  | { readonly kind: 'include' | 'exclude' }
  | { readonly kind: 'computed'; readonly expression: Expression }
  | { readonly kind: 'slice'; readonly skip: number; readonly limit: number }
  | { readonly kind: 'elemMatch'; readonly fits: (element: Value) => boolean }
  | { readonly kind: 'positional' };
type Tree = Map<string, Leaf | Tree>;

/** Reads a projection as `find` and `$project` write it; undefined where it leaves all as it is. */
export const compileProjection = (spec: Value, where: 'find' | '$project' = 'find'): Projection | undefined => {
  if (spec === undefined || spec === null) return undefined;
  if (!isDocument(spec)) throw failure('TypeMismatch', `the projection must be a document, not ${show(spec)}`);
  if (Object.keys(spec).length === 0) {
    if (where === '$project')
      throw location(51272, 'Invalid $project :: caused by :: projection specification must have at least one field');
    return undefined;
  }
  const tree: Tree = new Map();
  for (const [path, value] of Object.entries(spec)) place(tree, path.split('.'), value, path, where);
  const inclusive = isInclusive(tree, spec);
  const id = tree.get('_id');
  if (inclusive && id === undefined) tree.set('_id', { kind: 'include' });
  if (inclusive && id && !(id instanceof Map) && id.kind === 'exclude') tree.delete('_id');
  return (document, variables, index) => {
    const scope: Scope = { root: document, variables };
    return (inclusive ? include(document, tree, scope, index) : exclude(document, tree, scope, index)) as Document;
  };
};

/** The fields of the top that a projection keeps, where it says no more than that: they can be copied as they are. */
export const fieldsKept = (spec: Value): ReadonlySet<string> | undefined => {
  if (!isDocument(spec)) return undefined;
  const kept = new Set(['_id']);
  for (const [path, value] of Object.entries(spec)) {
    const flag = typeof value === 'boolean' || isNumeric(value);
    if (!flag || path.includes('.') || path.includes('$')) return undefined;
    if (truthy(value)) kept.add(path);
    else if (path === '_id') kept.delete(path);
    else return undefined;
  }
  return Object.entries(spec).some(([, value]) => truthy(value)) ? kept : undefined;
};

const place = (tree: Tree, parts: readonly string[], value: Value, path: string, where: 'find' | '$project'): void => {
  if (path === '' || parts.some((part) => part === '')) throw location(40353, `FieldPath '${path}' is not valid`);
  const [first = '', ...rest] = parts;
  if (rest.length === 0 || (rest.length === 1 && rest[0] === '$')) {
    if (tree.has(first)) throw location(31250, `Path collision at ${path}`);
    if (rest.length === 1) tree.set(first, { kind: 'positional' });
    else tree.set(first, leafOrTree(value, path, where));
    return;
  }
  const next = tree.get(first) ?? new Map<string, Leaf | Tree>();
  if (!(next instanceof Map)) throw location(31249, `Path collision at ${path} remaining portion ${rest.join('.')}`);
  tree.set(first, next);
  place(next, rest, value, path, where);
};

const leafOrTree = (value: Value, path: string, where: 'find' | '$project'): Leaf | Tree => {
  if (typeof value === 'boolean' || isNumeric(value)) return { kind: truthy(value) ? 'include' : 'exclude' };
  if (!isDocument(value)) return { kind: 'computed', expression: compileExpression(value) };
  const [operator] = Object.keys(value);
  if (operator === undefined) {
    if (where === '$project') throw location(51270, 'An empty sub-projection is not a valid value. Found empty object at path');
    return { kind: 'computed', expression: () => ({}) };
  }
  if (operator === '$slice' && where === 'find' && isFindSlice(value.$slice)) return slice(value.$slice);
  if (operator === '$elemMatch' && where === 'find') return { kind: 'elemMatch', fits: elementFits(value.$elemMatch) };
  if (operator === '$meta') throw unsupported('The projection $meta');
  if (operator.startsWith('$')) return { kind: 'computed', expression: compileExpression(value) };
  const inner: Tree = new Map();
  for (const [name, held] of Object.entries(value)) place(inner, name.split('.'), held, `${path}.${name}`, where);
  return inner;
};

const isFindSlice = (value: Value): boolean =>
  isNumeric(value) || (Array.isArray(value) && value.length === 2 && value.every(isNumeric));

const slice = (value: Value): Leaf => {
  if (!Array.isArray(value)) {
    const count = toNumber(value);
    return count < 0 ? { kind: 'slice', skip: count, limit: -count } : { kind: 'slice', skip: 0, limit: count };
  }
  const [skip, limit] = value.map(toNumber) as [number, number];
  if (limit <= 0) throw location(28724, '$slice limit must be positive');
  return { kind: 'slice', skip, limit };
};

const elementFits = (condition: Value): ((element: Value) => boolean) => {
  const matches = compileFilter(parseFilter({ held: { $elemMatch: condition } }), () => {
    throw failure('BadValue', '$expr is not allowed in $elemMatch');
  });
  return (element) => matches({ held: [element] });
};

/** `_id` alone does not say; neither do slices. Fields that say both ways are refused. */
const isInclusive = (tree: Tree, spec: Document): boolean => {
  const kinds = new Set<string>();
  const visit = (at: Tree, top: boolean): void => {
    for (const [name, leaf] of at) {
      if (leaf instanceof Map) visit(leaf, false);
      else if (!(top && name === '_id' && (leaf.kind === 'include' || leaf.kind === 'exclude')) && leaf.kind !== 'slice') {
        kinds.add(leaf.kind === 'exclude' ? 'exclude' : 'include');
      }
    }
  };
  visit(tree, true);
  if (kinds.size > 1) {
    const [odd] = Object.entries(spec).find(
      ([, value]) => (typeof value === 'boolean' || isNumeric(value)) && !truthy(value),
    ) ?? ['?'];
    throw location(31254, `Cannot do exclusion on field ${odd} in inclusion projection`);
  }
  if (kinds.size === 1) return kinds.has('include');
  const id = tree.get('_id');
  return id !== undefined && !(id instanceof Map) && id.kind === 'include';
};

const include = (value: Value, tree: Tree, scope: Scope, index: number | undefined): Value => {
  if (Array.isArray(value))
    return value.map((element) => include(element, tree, scope, index)).filter((element) => element !== undefined);
  if (!isDocument(value)) return hasComputed(tree) ? include({}, tree, scope, index) : undefined;
  const fields = fieldsOf(value);
  const made: Document = {};
  // `_id` comes first, the document's fields in their order, computed ones in the order they were asked for.
  for (const name of Object.keys(fields)) {
    const leaf = tree.get(name);
    if (leaf === undefined) continue;
    if (leaf instanceof Map) {
      const inner = include(fields[name], leaf, scope, index);
      if (inner !== undefined) setField(made, name, inner);
    } else if (leaf.kind !== 'computed') keep(made, name, fields[name], leaf, index);
  }
  for (const [name, leaf] of tree) {
    if (leaf instanceof Map) {
      if (!Object.hasOwn(fields, name) && hasComputed(leaf)) setField(made, name, include({}, leaf, scope, index));
    } else if (leaf.kind === 'computed') {
      const computed = leaf.expression(scope);
      if (computed !== undefined) setField(made, name, computed);
    }
  }
  return made;
};

const hasComputed = (tree: Tree): boolean =>
  [...tree.values()].some((leaf) => (leaf instanceof Map ? hasComputed(leaf) : leaf.kind === 'computed'));

const keep = (
  made: Document,
  name: string,
  value: Value,
  leaf: Exclude<Leaf, { kind: 'computed' }>,
  index: number | undefined,
): void => {
  switch (leaf.kind) {
    case 'include':
      setField(made, name, value);
      return;
    case 'slice':
      setField(made, name, sliced(value, leaf));
      return;
    case 'elemMatch': {
      const found = Array.isArray(value) ? value.find((element) => leaf.fits(element)) : undefined;
      if (found !== undefined) setField(made, name, [found]);
      return;
    }
    case 'positional': {
      if (!Array.isArray(value)) {
        setField(made, name, value);
        return;
      }
      if (index === undefined)
        throw location(
          51246,
          "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
        );
      setField(made, name, value.slice(index, index + 1));
      return;
    }
    case 'exclude':
      return;
  }
};

const sliced = (value: Value, { skip, limit }: { skip: number; limit: number }): Value => {
  if (!Array.isArray(value)) return value;
  const from = skip < 0 ? Math.max(0, value.length + skip) : skip;
  return value.slice(from, from + limit);
};

const exclude = (value: Value, tree: Tree, scope: Scope, index: number | undefined): Value => {
  if (Array.isArray(value)) return value.map((element) => exclude(element, tree, scope, index));
  if (!isDocument(value)) return value;
  const made: Document = {};
  for (const [name, held] of Object.entries(fieldsOf(value))) {
    const leaf = tree.get(name);
    if (leaf === undefined) setField(made, name, held);
    else if (leaf instanceof Map) setField(made, name, exclude(held, leaf, scope, index));
    else if (leaf.kind === 'slice') setField(made, name, sliced(held, leaf));
    else if (leaf.kind === 'include') setField(made, name, held);
  }
  return made;
};
