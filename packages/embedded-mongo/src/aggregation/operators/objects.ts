import { type Document, fieldOf, fieldsOf, isDocument, setField, typeOf, type Value } from '../../bson/values.ts';
import { location } from '../../errors.ts';
import { isMissing, listed, namedFields, stringFor } from '../arguments.ts';
import type { OperatorCompiler } from '../scope.ts';

export const merged = (documents: readonly Value[]): Document => {
  const made: Document = {};
  for (const document of documents) {
    if (isMissing(document)) continue;
    if (!isDocument(document))
      throw location(40400, `$mergeObjects requires object inputs, but input is of type ${typeOf(document)}`);
    for (const [name, value] of Object.entries(fieldsOf(document))) setField(made, name, value);
  }
  return made;
};

const mergeObjects: OperatorCompiler = (argument, compile) => {
  const parts = listed(argument, compile);
  // One argument that is an array, as from `$$array`, stands for its elements.
  return (scope) => {
    const values = parts.map((part) => part(scope));
    return merged(values.length === 1 && Array.isArray(values[0]) ? values[0] : values);
  };
};

const getField: OperatorCompiler = (argument, compile) => {
  const { field, input = '$$CURRENT' } =
    isDocument(argument) && 'field' in argument ? namedFields(argument, '$getField', ['field'], ['input']) : { field: argument };
  const [name, from] = [compile(field), compile(input)];
  return (scope) => {
    const document = from(scope);
    if (document === null) return null;
    return isDocument(document) ? fieldOf(document, stringFor(name(scope), '$getField')) : undefined;
  };
};

const setFieldOperator =
  (removing: boolean): OperatorCompiler =>
  (argument, compile, operator) => {
    const { field, input, value } = namedFields(
      argument,
      operator,
      removing ? ['field', 'input'] : ['field', 'input', 'value'],
      [],
    );
    const [name, from, to] = [compile(field), compile(input), removing ? () => undefined : compile(value)];
    return (scope) => {
      const document = from(scope);
      if (isMissing(document)) return null;
      if (!isDocument(document)) throw location(4161105, `${operator} requires 'input' to evaluate to type Object`);
      const copy = { ...fieldsOf(document) };
      const held = to(scope);
      const key = stringFor(name(scope), operator);
      if (held === undefined) delete copy[key];
      else setField(copy, key, held);
      return copy;
    };
  };

export const objects: Readonly<Record<string, OperatorCompiler>> = {
  $mergeObjects: mergeObjects,
  $getField: getField,
  $setField: setFieldOperator(false),
  $unsetField: setFieldOperator(true),
};
