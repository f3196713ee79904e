import { BSONRegExp } from 'bson';
import { isNumeric, type Value } from '../../bson/values.ts';
import { location } from '../../errors.ts';
import { toRegExp } from '../../query/regex.ts';
import { fixed, integerFor, isMissing, listed, named, stringFor, unary } from '../arguments.ts';
import type { OperatorCompiler } from '../scope.ts';
import { asText } from './types.ts';

const concat: OperatorCompiler = (argument, compile) => {
  const parts = listed(argument, compile);
  return (scope) => {
    let text = '';
    for (const part of parts) {
      const value = part(scope);
      if (isMissing(value)) return null;
      if (typeof value !== 'string') throw location(16702, `$concat only supports strings, not ${typeof value}`);
      text += value;
    }
    return text;
  };
};

/** Strings, numbers and dates are taken as text; null and missing as none. */
const text = (value: Value): string => (isMissing(value) ? '' : asText(value));

const substringOfBytes = fixed(3, 3, ([value, from, length]) => {
  const bytes = Buffer.from(text(value), 'utf8');
  const start = integerFor(from, '$substrBytes');
  const count = integerFor(length, '$substrBytes');
  return start < 0 ? '' : bytes.subarray(start, count < 0 ? undefined : start + count).toString('utf8');
});

const substringOfPoints = fixed(3, 3, ([value, from, length]) => {
  const start = integerFor(from, '$substrCP');
  return [...text(value)].slice(start, start + integerFor(length, '$substrCP')).join('');
});

const trimmed = (left: boolean, right: boolean): OperatorCompiler =>
  named(['input'], ['chars'], ({ input, chars }) => {
    if (isMissing(input) || chars === null) return null;
    const set = chars === undefined ? undefined : new Set(stringFor(chars, '$trim'));
    const goes = (character: string): boolean => (set ? set.has(character) : /[\s\0]/.test(character));
    const characters = [...stringFor(input, '$trim')];
    let [from, to] = [0, characters.length];
    while (left && from < to && goes(characters[from] as string)) from += 1;
    while (right && to > from && goes(characters[to - 1] as string)) to -= 1;
    return characters.slice(from, to).join('');
  });

const regexOf = (regex: Value, options: Value): RegExp => {
  const given = isMissing(options) ? undefined : stringFor(options, '$regexMatch');
  return toRegExp(
    regex instanceof BSONRegExp ? regex : stringFor(regex, '$regexMatch'),
    given ?? (regex instanceof BSONRegExp ? undefined : ''),
  );
};

const found = (input: string, match: RegExpMatchArray): Value => ({
  match: match[0],
  idx: [...input.slice(0, match.index)].length,
  captures: match.slice(1).map((capture) => capture ?? null),
});

const regexOperator = (run: (input: string, regex: RegExp) => Value, none: Value): OperatorCompiler =>
  named(['input', 'regex'], ['options'], ({ input, regex, options }) =>
    isMissing(input) || isMissing(regex) ? none : run(stringFor(input, '$regexMatch'), regexOf(regex, options)),
  );

const replace = (all: boolean): OperatorCompiler =>
  named(['input', 'find', 'replacement'], [], ({ input, find, replacement }) => {
    if (isMissing(input) || isMissing(find) || isMissing(replacement)) return null;
    const [where, what, by] = [input, find, replacement].map((value) =>
      stringFor(value, all ? '$replaceAll' : '$replaceOne'),
    ) as [string, string, string];
    return all ? where.replaceAll(what, () => by) : where.replace(what, () => by);
  });

const indexOf = (name: string, measure: (part: string) => number): OperatorCompiler =>
  fixed(2, 4, ([value, part, from, to]) => {
    if (isMissing(value)) return null;
    const points =
      measure === bytesOf ? [...Buffer.from(stringFor(value, name), 'utf8').toString('latin1')] : [...stringFor(value, name)];
    const wanted = measure === bytesOf ? Buffer.from(stringFor(part, name), 'utf8').toString('latin1') : stringFor(part, name);
    const start = isNumeric(from) ? integerFor(from, name) : 0;
    const stop = isNumeric(to) ? integerFor(to, name) : points.length;
    const width = [...wanted].length;
    for (let i = start; i + width <= Math.min(stop, points.length); i += 1)
      if (points.slice(i, i + width).join('') === wanted) return i;
    return -1;
  });

const bytesOf = (value: string): number => Buffer.byteLength(value, 'utf8');
const pointsOf = (value: string): number => [...value].length;

/** MongoDB changes the case of ASCII letters only. */
const upper = (value: string): string => value.replaceAll(/[a-z]+/g, (letters) => letters.toUpperCase());
const lower = (value: string): string => value.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());

export const strings: Readonly<Record<string, OperatorCompiler>> = {
  $concat: concat,
  $substr: substringOfBytes,
  $substrBytes: substringOfBytes,
  $substrCP: substringOfPoints,
  $toLower: fixed(1, 1, ([value]) => lower(text(value))),
  $toUpper: fixed(1, 1, ([value]) => upper(text(value))),
  $strcasecmp: fixed(2, 2, ([a, b]) => Buffer.compare(Buffer.from(upper(text(a))), Buffer.from(upper(text(b))))),
  $strLenBytes: fixed(1, 1, ([value]) => bytesOf(stringFor(value, '$strLenBytes'))),
  $strLenCP: fixed(1, 1, ([value]) => pointsOf(stringFor(value, '$strLenCP'))),
  $split: fixed(2, 2, ([value, by]) => {
    if (isMissing(value) || isMissing(by)) return null;
    if (by === '') throw location(40087, '$split requires a non-empty separator');
    return stringFor(value, '$split').split(stringFor(by, '$split'));
  }),
  $indexOfBytes: indexOf('$indexOfBytes', bytesOf),
  $indexOfCP: indexOf('$indexOfCP', pointsOf),
  $trim: trimmed(true, true),
  $ltrim: trimmed(true, false),
  $rtrim: trimmed(false, true),
  $regexMatch: regexOperator((input, regex) => regex.test(input), false),
  $regexFind: regexOperator((input, regex) => {
    const match = regex.exec(input);
    return match ? found(input, match) : null;
  }, null),
  $regexFindAll: regexOperator(
    (input, regex) => [...input.matchAll(new RegExp(regex, `${regex.flags}g`))].map((match) => found(input, match)),
    [],
  ),
  $replaceOne: replace(false),
  $replaceAll: replace(true),
};

export { unary };
