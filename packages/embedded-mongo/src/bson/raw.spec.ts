import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyValue } from '../arbitraries.ts';
import { beginsWithId, decodePart, pick, splice, validate } from './raw.ts';
import { type Document, decode, encode, setField } from './values.ts';

const names = fc.constantFrom('_id', 'a', 'b', 'bb', 'é', '7', '__proto__', 'c');
const documents: fc.Arbitrary<Document> = fc.array(fc.tuple(names, anyValue), { maxLength: 6 }).map((fields) => {
  const document: Document = {};
  for (const [name, value] of fields) setField(document, name, value);
  return document;
});

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('a document that stays as bytes', () => {
  it('gives the fields asked for, as decoding all of it would', () => {
    fc.assert(
      fc.property(documents, fc.uniqueArray(names), (document, wanted) => {
        const raw = encode(document);
        const whole = decode(raw);
        const expected: Document = {};
        for (const name of Object.keys(whole)) if ((wanted as string[]).includes(name)) setField(expected, name, whole[name]);
        expect(hex(encode(decodePart(raw, new Set(wanted))))).toBe(hex(encode(expected)));
        expect(hex(pick(raw, new Set(wanted)))).toBe(hex(encode(expected)));
      }),
    );
  });

  it('takes changes of some fields and keeps all others, each in its place', () => {
    fc.assert(
      fc.property(documents, documents, fc.uniqueArray(names), fc.uniqueArray(names), (document, other, seen, removed) => {
        const raw = encode(document);
        const before = decodePart(raw, new Set(seen));
        const after = { ...before };
        for (const name of Object.keys(other)) setField(after, name, other[name]);
        for (const name of removed) if (Object.hasOwn(before, name) && !Object.hasOwn(other, name)) delete after[name];

        const expected = { ...decode(raw) };
        for (const name of Object.keys(expected))
          if (Object.hasOwn(before, name) && !Object.hasOwn(after, name)) delete expected[name];
        for (const name of Object.keys(other)) setField(expected, name, other[name]);
        // Whole numbers come first in objects, whatever the order they were added in.
        const order = (bytes: Uint8Array): [string, string][] =>
          Object.keys(decode(bytes))
            .map((name): [string, string] => [name, hex(pick(bytes, new Set([name])))])
            .toSorted(([a], [b]) => (a < b ? -1 : 1));
        const spliced = splice(raw, before, after);
        expect(order(spliced)).toEqual(order(encode(expected)));
        const kept = (bytes: Uint8Array): string[] =>
          Object.keys(decode(bytes)).filter((name) => name !== '7' && Object.hasOwn(document, name));
        expect(kept(spliced)).toEqual(kept(encode(expected)));
      }),
    );
  });

  it('is the same bytes where nothing became another', () => {
    const raw = encode({ _id: 1, a: { b: [1, 2] }, c: 'x' });
    const before = decodePart(raw, new Set(['c']));
    expect(splice(raw, before, { ...before })).toBe(raw);
    expect(splice(raw, before, { c: 'x', a: { b: [1, 2] } })).toBe(raw);
    expect(splice(raw, before, { c: 'y' })).not.toBe(raw);
    expect(splice(raw, before, {})).not.toBe(raw);
  });

  it('with a name that stands twice has it once after that was changed', () => {
    const twice = Buffer.concat([Buffer.alloc(4), encode({ a: 1 }).subarray(4, -1), encode({ a: 2, b: 3 }).subarray(4)]);
    twice.writeInt32LE(twice.length, 0);
    expect(decodePart(twice, new Set(['a']))).toEqual(decode(encode({ a: 2 })));
    const before = decodePart(twice, new Set(['a']));
    expect(hex(splice(twice, before, { a: 9 }))).toBe(hex(encode({ a: 9, b: 3 })));
    expect(hex(splice(twice, before, {}))).toBe(hex(encode({ b: 3 })));
  });

  it('is known to begin with its _id', () => {
    expect(beginsWithId(encode({ _id: 1, a: 2 }))).toBe(true);
    expect(beginsWithId(encode({ a: 2, _id: 1 }))).toBe(false);
    expect(beginsWithId(encode({ _idea: 1 }))).toBe(false);
    expect(beginsWithId(encode({}))).toBe(false);
  });
});

describe('bytes are checked without being decoded', () => {
  it('and pass where they are BSON', () => {
    fc.assert(fc.property(documents, (document) => validate(encode(document))));
  });

  it('and are refused by name where they are nested too deep', () => {
    const nested = (depth: number): Document => (depth === 0 ? {} : { a: nested(depth - 1) });
    validate(encode(nested(150)));
    expect(() => validate(encode(nested(250)))).toThrow(/exceeds 180 nesting levels/);
  });

  it('and fail where decoding fails; never is let through what could not be read again', () => {
    let refused = 0;
    fc.assert(
      fc.property(
        documents,
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 3 }),
        (document, changes) => {
          const bytes = Buffer.from(encode(document));
          for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
          try {
            validate(bytes);
          } catch {
            refused += 1;
            return;
          }
          decode(bytes);
        },
      ),
      { numRuns: 3000 },
    );
    expect(refused).toBeGreaterThan(100);
  });
});
