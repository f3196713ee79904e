import { authApi } from '@umuhuza/contracts/identity/authApi';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contracts } from '../../../door/contracts.ts';
import { objection } from './objections.de.ts';

type Def = Readonly<Record<string, unknown>> & { readonly error?: (issue: object) => unknown };
type Checked = { readonly _zod: { readonly def: Def } };
const isChecked = (value: unknown): value is Checked =>
  typeof value === 'object' && value !== null && '_zod' in value && typeof value._zod === 'object';

/** Every sentence of its own that a schema, or anything in it, objects with. */
const sentencesIn = (schema: unknown, found = new Set<string>(), seen = new Set<unknown>()): Set<string> => {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return found;
  seen.add(schema);
  if (isChecked(schema)) {
    const { def } = schema._zod;
    const said = def.error?.({ code: 'custom', input: undefined });
    const sentence = typeof said === 'object' && said !== null && 'message' in said ? said.message : said;
    if (typeof sentence === 'string') found.add(sentence);
    for (const part of Object.values(def)) sentencesIn(part, found, seen);
    // What is only known when it is asked for.
    if (typeof def.getter === 'function') sentencesIn((def.getter as () => unknown)(), found, seen);
  } else for (const part of Object.values(schema)) sentencesIn(part, found, seen);
  return found;
};

const said = [...sentencesIn({ ...contracts, authApi })];

describe('what the platform objects to at a field', () => {
  it('is found in the contracts', () => expect(said.length).toBeGreaterThan(20));
  it.each(said)('is told in German: %s', (sentence) => {
    expect(objection(sentence), sentence).toBeDefined();
    expect(objection(sentence)).not.toBe(sentence);
  });
  it.each([
    [z.string().min(1), ''],
    [z.string().min(3), 'x'],
    [z.string().max(2), 'xxx'],
    [z.array(z.string()).min(1), []],
    [z.array(z.string()).max(1), ['a', 'b']],
    [z.number().min(1), 0],
    [z.number().max(1), 2],
    [z.number().gt(1), 1],
    [z.number().lt(1), 1],
    [z.int(), 1.5],
    [z.number().multipleOf(0.5), 0.3],
    [z.number(), 'x'],
    [z.string(), undefined],
    [z.email(), 'x'],
    [z.url(), 'x'],
    [z.enum(['a', 'b']), 'c'],
    [z.strictObject({}), { x: 1 }],
    [z.literal('a'), 'b'],
    [z.union([z.string(), z.number()]), null],
    [z.string().startsWith('https://'), 'x'],
  ])('is told in German where the library itself objects: %#', (schema, value) => {
    const [issue] = schema.safeParse(value).error?.issues ?? expect.fail('it should object');
    expect(objection(issue?.message ?? ''), issue?.message).toMatch(/\S/);
    expect(objection(issue?.message ?? '')).not.toMatch(/\b(expected|Invalid|undefined|Too)\b/);
  });
  it('stays as it is where it is not known', () => expect(objection('Something new')).toBeUndefined());
});
