import { BSONRegExp } from 'bson';
import type { Value } from '../bson/values.ts';
import { failure, location } from '../errors.ts';

/** MongoDB speaks PCRE; what JavaScript writes otherwise is translated, what it does not know is refused. */
export const toRegExp = (source: Value, options?: string): RegExp => {
  let pattern = source instanceof BSONRegExp ? source.pattern : String(source);
  let flags = new Set(options ?? (source instanceof BSONRegExp ? source.options : ''));
  const leading = /^\(\?([imsx]+)\)/.exec(pattern);
  if (leading) {
    pattern = pattern.slice(leading[0].length);
    flags = new Set([...flags, ...(leading[1] as string)]);
  }
  for (const flag of flags) if (!'imsxu'.includes(flag)) throw location(51108, `invalid flag in regex options: ${flag}`);
  if (flags.delete('x')) pattern = withoutComments(pattern);
  pattern = pattern.replaceAll('\\A', '^').replaceAll(/\\[zZ]/g, '$');
  try {
    return new RegExp(pattern, [...flags].filter((flag) => flag !== 'u').join(''));
  } catch (error) {
    throw failure('BadValue', `Regular expression is invalid: ${error instanceof Error ? error.message : String(error)}`);
  }
};

/** Extended syntax: white space and comments outside classes do not count. */
const withoutComments = (pattern: string): string =>
  pattern.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]|\s+|#[^\n]*/gs, (found) => (/^(?:\s|#)/.test(found) ? '' : found));

/** The text every match begins with, for an index to go by; undefined when there is none to rely on. */
export const literalPrefix = (pattern: RegExp): string | undefined => {
  if (
    pattern.flags.includes('i') ||
    pattern.flags.includes('m') ||
    !pattern.source.startsWith('^') ||
    pattern.source.includes('|')
  )
    return undefined;
  let prefix = '';
  const source = pattern.source;
  for (let i = 1; i < source.length; i += 1) {
    let character = source[i] as string;
    if (character === '\\') {
      const escaped = source[i + 1] ?? '';
      if (/[A-Za-z0-9]/.test(escaped)) break;
      character = escaped;
      i += 1;
    } else if ('.[($^'.includes(character)) {
      break;
    } else if ('*?{+'.includes(character)) {
      return undefined;
    }
    const next = source[i + 1];
    if (next !== undefined && '*?{'.includes(next)) break;
    prefix += character;
    if (next === '+') break;
  }
  return prefix === '' ? undefined : prefix;
};
