import type { Value } from '../bson/values.ts';

/** A filter as read from its document; the planner and the matcher both go by it. */
export type Filter =
  | { readonly kind: 'and' | 'or' | 'nor'; readonly of: readonly Filter[] }
  | { readonly kind: 'not'; readonly of: Filter }
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'expression'; readonly expression: Value }
  | { readonly kind: 'schema'; readonly schema: Value }
  | FieldFilter;

export type FieldFilter = {
  readonly kind: 'field';
  readonly path: string;
  readonly parts: readonly string[];
  readonly test: FieldTest;
  /** It comes from an expression, which does not look into arrays: an index that holds some cannot serve it. */
  readonly scalarOnly?: true;
};

export type Comparison = 'eq' | 'gt' | 'gte' | 'lt' | 'lte';

export type FieldTest =
  | { readonly op: Comparison; readonly value: Value }
  | { readonly op: 'in'; readonly values: readonly Value[]; readonly patterns: readonly RegExp[] }
  | { readonly op: 'exists' }
  | { readonly op: 'regex'; readonly pattern: RegExp; readonly source: Value }
  | { readonly op: 'type'; readonly types: ReadonlySet<string> }
  | { readonly op: 'mod'; readonly divisor: bigint; readonly remainder: bigint }
  | { readonly op: 'size'; readonly size: number }
  | { readonly op: 'bits'; readonly mask: bigint; readonly want: 'allSet' | 'allClear' | 'anySet' | 'anyClear' }
  /** Elements as documents (`of` speaks of their fields). */
  | { readonly op: 'elemMatchObject'; readonly of: Filter }
  /** Elements as values (`of` speaks of the empty path). */
  | { readonly op: 'elemMatchValue'; readonly of: Filter };

/** The fields of the top that decide it; undefined where it may ask for any. */
export const rootsOf = (filter: Filter): ReadonlySet<string> | undefined => {
  const roots = new Set<string>();
  return addRoots(filter, roots) ? roots : undefined;
};

const addRoots = (filter: Filter, roots: Set<string>): boolean => {
  switch (filter.kind) {
    case 'and':
    case 'or':
    case 'nor':
      return filter.of.every((part) => addRoots(part, roots));
    case 'not':
      return addRoots(filter.of, roots);
    case 'field': {
      const [root] = filter.parts;
      // A document with fields such as `$ref` is decoded by all of them together.
      if (root === undefined || root.startsWith('$')) return false;
      roots.add(root);
      return true;
    }
    case 'constant':
      return true;
    default:
      return false;
  }
};
