import { ObjectId } from 'bson';
import { type Document, fieldOf, isDocument, setField, type Value } from '../bson/values.ts';
import { failure } from '../errors.ts';
import type { Filter } from '../query/filter.ts';

/** The document an upsert begins from: what the filter holds to one value. */
export const seedFrom = (filter: Filter, replacing: boolean): Document => {
  const seed: Document = {};
  const set = new Set<string>();
  const visit = (part: Filter): void => {
    if (part.kind === 'and' || (part.kind === 'or' && part.of.length === 1)) part.of.forEach(visit);
    if (part.kind !== 'field') return;
    const value = heldTo(part.test);
    if (value === undefined || (replacing && part.path !== '_id')) return;
    if (set.has(part.path))
      throw failure('NotSingleValueField', `cannot infer query fields to set, path '${part.path}' is matched twice`);
    set.add(part.path);
    part.parts.reduce<Document>((holder, name, i) => {
      if (i === part.parts.length - 1) {
        setField(holder, name, value);
        return holder;
      }
      const next = fieldOf(holder, name);
      if (isDocument(next)) return next;
      const made: Document = {};
      setField(holder, name, made);
      return made;
    }, seed);
  };
  visit(filter);
  return seed;
};

const heldTo = (test: Extract<Filter, { kind: 'field' }>['test']): Value => {
  if (test.op === 'eq') return test.value;
  if (test.op === 'in' && test.values.length === 1 && test.patterns.length === 0) return test.values[0];
  return undefined;
};

/** `_id` first, made where there is none. */
export const withNewId = (document: Document): Document => {
  if (Object.keys(document)[0] === '_id' && document._id !== undefined) return document;
  const { _id, ...rest } = document;
  return { _id: _id === undefined ? new ObjectId() : _id, ...rest };
};
