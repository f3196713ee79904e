import { Binary, BSONRegExp } from 'bson';
import { compare, rank } from '../bson/compare.ts';
import { exact, ten } from '../bson/decimal.ts';
import { hashOf } from '../bson/keys.ts';
import { isDocument, isNumeric, toNumber, typeOf, type Value } from '../bson/values.ts';
import { unsupported } from '../errors.ts';
import type { Comparison, FieldTest, Filter } from './filter.ts';
import { type Place, someAt, type Test } from './paths.ts';

/** Whether a document fits; where `place` is given it is told the position in the array that made it fit. */
export type Matcher = (document: Value, place?: Place) => boolean;

/** What `$expr` is decided by; given in so that queries need not know expressions. */
export type Evaluate = (expression: Value) => (document: Value) => boolean;

export const compileFilter = (filter: Filter, evaluate: Evaluate): Matcher => {
  switch (filter.kind) {
    case 'and': {
      const of = filter.of.map((part) => compileFilter(part, evaluate));
      return (document, place) => of.every((matches) => matches(document, place));
    }
    case 'or': {
      const of = filter.of.map((part) => compileFilter(part, evaluate));
      return (document, place) => of.some((matches) => matches(document, place));
    }
    case 'nor': {
      const of = filter.of.map((part) => compileFilter(part, evaluate));
      return (document) => !of.some((matches) => matches(document));
    }
    case 'not': {
      const matches = compileFilter(filter.of, evaluate);
      return (document) => !matches(document);
    }
    case 'constant':
      return () => filter.value;
    case 'expression':
      return evaluate(filter.expression);
    case 'schema':
      throw unsupported('$jsonSchema');
    case 'field': {
      const { parts } = filter;
      const { test, expandLeaf } = compileTest(filter.test, evaluate);
      // An element of `$elemMatch` is taken as it is, also when it is an array itself.
      if (parts.length === 0) return (element, place) => test(element, place);
      return (document, place) => someAt(document, parts, 0, expandLeaf, test, place);
    }
  }
};

const compileTest = (test: FieldTest, evaluate: Evaluate): { test: Test; expandLeaf: boolean } => {
  switch (test.op) {
    case 'exists':
      return { expandLeaf: false, test: (value) => value !== undefined };
    case 'size':
      return { expandLeaf: false, test: (value) => Array.isArray(value) && value.length === test.size };
    case 'elemMatchObject':
    case 'elemMatchValue': {
      const matches = compileFilter(test.of, evaluate);
      const fits = test.op === 'elemMatchValue' ? matches : (value: Value) => fieldsFit(value, matches);
      return {
        expandLeaf: false,
        test: (value, place) => {
          if (!Array.isArray(value)) return false;
          const index = value.findIndex((element) => fits(element));
          if (index >= 0 && place) place.index = index;
          return index >= 0;
        },
      };
    }
    case 'eq':
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return { expandLeaf: true, test: comparison(test.op, test.value) };
    case 'in': {
      const { patterns } = test;
      const wantsNull = test.values.some((value) => value === null || value === undefined);
      const one = test.values.length === 1 && !wantsNull ? comparison('eq', test.values[0]) : undefined;
      const wanted = new Set(one ? [] : test.values.map(hashOf));
      return {
        expandLeaf: true,
        test: (value) =>
          (one ? one(value) : value === undefined ? wantsNull : wanted.has(hashOf(value))) ||
          patterns.some((pattern) => typeof value === 'string' && pattern.test(value)),
      };
    }
    case 'regex': {
      const { pattern, source } = test;
      return {
        expandLeaf: true,
        test: (value) =>
          typeof value === 'string'
            ? pattern.test(value)
            : value instanceof BSONRegExp && source instanceof BSONRegExp && compare(value, source) === 0,
      };
    }
    case 'type':
      return { expandLeaf: true, test: (value) => test.types.has(typeOf(value)) };
    case 'mod':
      return {
        expandLeaf: true,
        test: (value) => {
          const whole = truncated(value);
          return whole !== undefined && whole % test.divisor === test.remainder;
        },
      };
    case 'bits':
      return { expandLeaf: true, test: (value) => bitsFit(value, test.mask, test.want) };
  }
};

/** An array within the array is a document of its positions here. */
const fieldsFit = (value: Value, matches: Matcher): boolean =>
  Array.isArray(value) ? matches(Object.fromEntries(value.entries())) : isDocument(value) && matches(value);

const comparison = (op: Comparison, operand: Value): Test => {
  const bracket = rank(operand);
  const open = typeOf(operand) === 'minKey' || typeOf(operand) === 'maxKey';
  const isNaNOperand = isNumeric(operand) && Number.isNaN(toNumber(operand));
  const isNull = operand === null || operand === undefined;
  if (isNaNOperand) {
    return op === 'gt' || op === 'lt' ? () => false : (value) => isNumeric(value) && Number.isNaN(toNumber(value));
  }
  const sameBracket = (value: Value): boolean => {
    if (value === undefined) return isNull;
    if (open) return true;
    return rank(value) === bracket;
  };
  const excludesNaN = bracket === rank(0) && op !== 'eq';
  const holds = (order: number): boolean => {
    switch (op) {
      case 'eq':
        return order === 0;
      case 'gt':
        return order > 0;
      case 'gte':
        return order >= 0;
      case 'lt':
        return order < 0;
      case 'lte':
        return order <= 0;
    }
  };
  if (op === 'eq' && typeof operand === 'string') return (value) => value === operand;
  return (value) => sameBracket(value) && !(excludesNaN && Number.isNaN(toNumber(value))) && holds(compare(value, operand));
};

const truncated = (value: Value): bigint | undefined => {
  if (!isNumeric(value)) return undefined;
  const number = exact(value);
  if (typeof number === 'string') return undefined;
  return number.exponent >= 0 ? number.coefficient * ten(number.exponent) : number.coefficient / ten(-number.exponent);
};

const bitsFit = (value: Value, mask: bigint, want: 'allSet' | 'allClear' | 'anySet' | 'anyClear'): boolean => {
  let bits: bigint;
  if (value instanceof Binary) {
    bits = [...value.value()].reduce((sum, byte, i) => sum | (BigInt(byte) << BigInt(8 * i)), 0n);
  } else {
    const number = isNumeric(value) ? exact(value) : 'NaN';
    if (typeof number === 'string') return false;
    const whole = truncated(value) as bigint;
    if (number.exponent < 0 && whole * ten(-number.exponent) !== number.coefficient) return false;
    // Negative numbers are read as two's complement, sign-extended.
    bits = whole < 0n ? BigInt.asUintN(Math.max(64, mask.toString(2).length), whole) : whole;
  }
  switch (want) {
    case 'allSet':
      return (bits & mask) === mask;
    case 'allClear':
      return (bits & mask) === 0n;
    case 'anySet':
      return (bits & mask) !== 0n;
    case 'anyClear':
      return (bits & mask) !== mask;
  }
};
