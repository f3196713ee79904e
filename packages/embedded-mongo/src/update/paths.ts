import { type Document, fieldsOf, isDocument, setField, show, type Value } from '../bson/values.ts';
import { failure } from '../errors.ts';
import { isIndex } from '../query/paths.ts';

/** What becomes of the value at a path: undefined removes it. The same value back means nothing changed. */
export type Change = (value: Value, exists: boolean) => Value;

/** An array longer than this by padding with nulls is taken for a mistake, as MongoDB does. */
const mostPadding = 1_500_000;

/**
 * A copy of the document with the value at the path changed, sharing all it left alone; the document itself when nothing changed.
 * Missing documents on the way are made, unless the change gives undefined.
 */
export const changeAt = (document: Document, parts: readonly string[], change: Change): Document =>
  changeField(document, parts, 0, change) as Document;

const changeField = (holder: Value, parts: readonly string[], at: number, change: Change): Value => {
  const part = parts[at] as string;
  const last = at === parts.length - 1;
  if (Array.isArray(holder)) return changeElement(holder, parts, at, change);
  if (!isDocument(holder)) {
    // Removing what is not there is nothing; making it below a value that is no document is an error.
    if (change(undefined, false) === undefined) return holder;
    throw failure('PathNotViable', `Cannot create field '${part}' in element {${parts[at - 1] ?? ''}: ${show(holder)}}`);
  }
  const fields = fieldsOf(holder);
  const exists = Object.hasOwn(fields, part);
  const before = exists ? fields[part] : undefined;
  let after: Value;
  if (last) after = change(before, exists);
  else if (exists) after = changeField(before, parts, at + 1, change);
  else after = made(parts, at + 1, change);
  if (after === before && (exists || after === undefined)) return holder;
  const copy = { ...fields };
  if (after === undefined) delete copy[part];
  else setField(copy, part, after);
  return copy;
};

const made = (parts: readonly string[], at: number, change: Change): Value => {
  const value = change(undefined, false);
  if (value === undefined) return undefined;
  return parts.slice(at).reduceRight<Value>((inner, part) => {
    const holder: Document = {};
    setField(holder, part, inner);
    return holder;
  }, value);
};

const changeElement = (array: Value[], parts: readonly string[], at: number, change: Change): Value => {
  const part = parts[at] as string;
  const last = at === parts.length - 1;
  if (!isIndex(part)) {
    if (change(undefined, false) === undefined) return array;
    throw failure('PathNotViable', `Cannot create field '${part}' in element {${parts[at - 1] ?? ''}: ${show(array)}}`);
  }
  const index = Number(part);
  const exists = index < array.length;
  const before = exists ? array[index] : undefined;
  const after = last ? change(before, exists) : exists ? changeField(before, parts, at + 1, change) : made(parts, at + 1, change);
  if (after === before && (exists || after === undefined)) return array;
  if (!exists && index - array.length > mostPadding) {
    throw failure('CannotCreateIndex', `can't backfill more than ${mostPadding} elements`);
  }
  const copy = [...array];
  while (copy.length < index) copy.push(null);
  // An element is never taken out of its array: what removes it leaves null.
  copy[index] = after === undefined ? null : after;
  return copy;
};
