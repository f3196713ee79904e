import { Double, Int32 } from 'bson';
import { type Document, fieldOf, fieldsOf, isDocument, setField, show, toNumber, typeOf, type Value } from '../../bson/values.ts';
import { location, unsupported } from '../../errors.ts';
import { Item } from '../../execution/item.ts';
import { evaluator } from '../../execution/select.ts';
import { sorted } from '../../execution/sort.ts';
import { compileFilter } from '../../query/matcher.ts';
import { parseFilter } from '../../query/parseFilter.ts';
import { valueAt } from '../../query/paths.ts';
import { compileProjection } from '../../query/projection.ts';
import { changeAt } from '../../update/paths.ts';
import { compileExpression } from '../expression.ts';
import type { Expression, Scope } from '../scope.ts';
import { countOf, readStageSort, type Stage, type StageCompiler, type Variables } from '../stage.ts';

const match: StageCompiler = (argument) => {
  const filter = parseFilter(argument);
  return function* (items, variables) {
    const matches = compileFilter(filter, evaluator(variables));
    for (const item of items) if (matches(item.document)) yield item;
  };
};

const each = (change: (document: Document, variables: Variables) => Document): Stage =>
  function* (items, variables) {
    for (const item of items) yield Item.made(change(item.document, variables));
  };

const project: StageCompiler = (argument) => {
  const projection = compileProjection(argument, '$project');
  if (!projection) throw location(51272, 'Invalid $project');
  return each((document, variables) => projection(document, variables));
};

/** A field's value may itself be a document of fields to add below it; an operator is an expression. */
type Added = Expression | Map<string, Added>;

const readAdded = (value: Value): Added => {
  if (!isDocument(value)) return compileExpression(value);
  const names = Object.keys(value);
  if (names.length === 0 || names[0]?.startsWith('$')) return compileExpression(value);
  return new Map(names.map((name) => [name, readAdded(value[name])]));
};

const addTo = (holder: Value, added: Map<string, Added>, scope: Scope): Value => {
  if (Array.isArray(holder)) return holder.map((element) => addTo(element, added, scope));
  const made: Document = isDocument(holder) ? { ...fieldsOf(holder) } : {};
  for (const [name, what] of added) {
    const value = what instanceof Map ? addTo(fieldOf(made, name), what, scope) : what(scope);
    if (value === undefined) delete made[name];
    else setField(made, name, value);
  }
  return made;
};

const addFields: StageCompiler = (argument) => {
  if (!isDocument(argument)) throw location(40272, '$addFields specification stage must be an object');
  const added = new Map<string, Added>();
  for (const [path, value] of Object.entries(argument)) {
    if (path === '' || path.startsWith('$'))
      throw location(16410, `Invalid $addFields :: caused by :: FieldPath field names may not start with '$': '${path}'`);
    const parts = path.split('.');
    let at = added;
    for (const part of parts.slice(0, -1)) {
      const next = at.get(part);
      const inner = next instanceof Map ? next : new Map<string, Added>();
      at.set(part, inner);
      at = inner;
    }
    at.set(parts.at(-1) as string, readAdded(value));
  }
  return each((document, variables) => addTo(document, added, { root: document, variables }) as Document);
};

const unset: StageCompiler = (argument, place, compile) => {
  const paths = Array.isArray(argument) ? argument : [argument];
  if (paths.length === 0 || paths.some((path) => typeof path !== 'string'))
    throw location(31002, '$unset specification must be a string or an array of strings');
  return project(Object.fromEntries(paths.map((path) => [String(path), 0])), place, compile);
};

const replaceWith = (expression: Expression): Stage =>
  each((document, variables) => {
    const made = expression({ root: document, variables });
    if (!isDocument(made))
      throw location(
        40228,
        `'newRoot' expression must evaluate to an object, but resulting value was: ${show(made)}. Type of resulting value: '${typeOf(made)}'.`,
      );
    return made;
  });

const unwind: StageCompiler = (argument) => {
  const options = isDocument(argument) ? argument : { path: argument };
  const { path, preserveNullAndEmptyArrays, includeArrayIndex } = options;
  if (typeof path !== 'string' || !path.startsWith('$') || path.length < 2)
    throw location(28818, `path option to $unwind stage should be prefixed with a '$': ${show(path)}`);
  if (
    includeArrayIndex !== undefined &&
    (typeof includeArrayIndex !== 'string' || includeArrayIndex === '' || includeArrayIndex.startsWith('$'))
  ) {
    throw location(28810, 'expected a non-empty string for the includeArrayIndex option to $unwind stage');
  }
  const parts = path.slice(1).split('.');
  const keep = preserveNullAndEmptyArrays === true;
  const numbered = (document: Document, index: Value): Document =>
    includeArrayIndex === undefined ? document : changeAt(document, (includeArrayIndex as string).split('.'), () => index);
  return function* (items) {
    for (const item of items) {
      const value = valueAt(item.document, parts);
      if (Array.isArray(value) && value.length > 0) {
        for (const [i, element] of value.entries()) {
          yield Item.made(
            numbered(
              changeAt(item.document, parts, () => element ?? null),
              new Int32(i),
            ),
          );
        }
      } else if (Array.isArray(value) ? keep : value === null || value === undefined ? keep : true) {
        const held = Array.isArray(value) ? changeAt(item.document, parts, () => undefined) : item.document;
        yield includeArrayIndex === undefined && held === item.document ? item : Item.made(numbered(held, null));
      }
    }
  };
};

const sample: StageCompiler = (argument) => {
  const size = isDocument(argument) ? toNumber(argument.size) : Number.NaN;
  if (!Number.isInteger(size) || size < 1) throw location(28747, 'size argument to $sample must be a positive integer');
  return function* (items) {
    const kept: Item[] = [];
    let seen = 0;
    for (const item of items) {
      seen += 1;
      if (kept.length < size) kept.push(item);
      else {
        const at = Math.floor(Math.random() * seen);
        if (at < size) kept[at] = item;
      }
    }
    yield* kept;
  };
};

const redact: StageCompiler = (argument) => {
  const expression = compileExpression(argument);
  const visit = (document: Document, root: Scope): Document | undefined => {
    const verdict = expression({ root: document, variables: { ...root.variables, ROOT: root.root } });
    if (verdict === '$$PRUNE') return undefined;
    if (verdict === '$$KEEP') return document;
    if (verdict !== '$$DESCEND')
      throw location(17053, '$redact must not return values aside from $$KEEP, $$PRUNE, and $$DESCEND');
    const made: Document = {};
    for (const [name, value] of Object.entries(fieldsOf(document))) {
      const kept = descend(value, root);
      if (kept !== undefined) setField(made, name, kept);
    }
    return made;
  };
  const descend = (value: Value, root: Scope): Value => {
    if (Array.isArray(value)) return value.map((element) => descend(element, root)).filter((element) => element !== undefined);
    return isDocument(value) ? visit(value, root) : value;
  };
  return function* (items, variables) {
    for (const item of items) {
      const kept = visit(item.document, { root: item.document, variables });
      if (kept) yield Item.made(kept);
    }
  };
};

const documents: StageCompiler = (argument) => {
  const expression = compileExpression(argument);
  return function* (_items, variables) {
    const made = expression({ root: {}, variables });
    if (!Array.isArray(made) || !made.every(isDocument)) throw location(5858203, 'an array is expected');
    for (const document of made) yield Item.made(document as Document);
  };
};

export const documentStages: Readonly<Record<string, StageCompiler>> = {
  $match: match,
  $project: project,
  $addFields: addFields,
  $set: addFields,
  $unset: unset,
  $replaceRoot: (argument) => {
    if (!isDocument(argument) || argument.newRoot === undefined)
      throw location(40231, 'no newRoot specified for the $replaceRoot stage');
    return replaceWith(compileExpression(argument.newRoot));
  },
  $replaceWith: (argument) => replaceWith(compileExpression(argument)),
  $unwind: unwind,
  $sample: sample,
  $redact: redact,
  $documents: documents,
  $sort: (argument) => {
    const pattern = readStageSort(argument);
    return (items) => sorted(items, pattern, 0);
  },
  $limit: (argument) => {
    const limit = countOf('$limit', argument, 1);
    return function* (items) {
      let count = 0;
      for (const item of items) {
        yield item;
        count += 1;
        if (count === limit) return;
      }
    };
  },
  $skip: (argument) => {
    const skip = countOf('$skip', argument, 0);
    return function* (items) {
      let count = 0;
      for (const item of items) {
        count += 1;
        if (count > skip) yield item;
      }
    };
  },
  $count: (argument) => {
    if (typeof argument !== 'string' || argument === '' || argument.startsWith('$') || argument.includes('.')) {
      throw location(40156, 'the count field must be a non-empty string');
    }
    return function* (items) {
      let count = 0;
      for (const _ of items) count += 1;
      if (count > 0) yield Item.made({ [argument]: count <= 2147483647 ? new Int32(count) : new Double(count) });
    };
  },
  $indexStats: () => {
    throw unsupported('The pipeline stage $indexStats');
  },
};
