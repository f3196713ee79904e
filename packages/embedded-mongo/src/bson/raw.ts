import { isUtf8 } from 'node:buffer';
import { BSONError } from 'bson';
import { failure } from '../errors.ts';
import { type Document, decode, decodeStored, encode, setField } from './values.ts';

const asBuffer = (raw: Uint8Array): Buffer =>
  Buffer.isBuffer(raw) ? raw : Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);

const broken = (what: string): BSONError => new BSONError(`not BSON: ${what}`);

/** Bytes of a value by its type; negative where the value tells it itself. https://bsonspec.org/spec.html */
const sized = new Int8Array(256).fill(-1);
for (const [type, bytes] of Object.entries({ 1: 8, 6: 0, 7: 12, 8: 1, 9: 8, 10: 0, 16: 4, 17: 8, 18: 8, 19: 16, 127: 0, 255: 0 }))
  sized[Number(type)] = bytes;

/** The first zero byte from here on. */
const endOfName = (raw: Uint8Array, from: number, end: number): number => {
  let at = from;
  while (at < end && raw[at] !== 0) at += 1;
  if (at >= end) throw broken('a name without an end');
  return at;
};

const lengthAt = (raw: Buffer, at: number, end: number): number => {
  if (at + 4 > end) throw broken('a length that is cut off');
  return raw.readInt32LE(at);
};

/** Where the value that begins at `at` ends; within `end` always. */
const endOfValue = (raw: Buffer, type: number, at: number, end: number): number => {
  const bytes = sized[type] as number;
  let to: number;
  if (bytes >= 0) to = at + bytes;
  else if (type === 2 || type === 13 || type === 14) to = at + 4 + lengthAt(raw, at, end);
  else if (type === 3 || type === 4 || type === 15) to = at + lengthAt(raw, at, end);
  else if (type === 5) to = at + 5 + lengthAt(raw, at, end);
  else if (type === 11) to = endOfName(raw, endOfName(raw, at, end) + 1, end) + 1;
  else if (type === 12) to = at + 4 + lengthAt(raw, at, end) + 12;
  else throw broken(`type ${type}`);
  if (to < at || to > end) throw broken('a value that ends outside its document');
  return to;
};

/** Where an element ends that begins at `at` with its type byte; `nameEnd` is the zero behind its name. */
const endOfElement = (raw: Buffer, at: number, nameEnd: number, end: number): number =>
  endOfValue(raw, raw[at] as number, nameEnd + 1, end);

const isSame = (a: Uint8Array, fromA: number, toA: number, b: Uint8Array, fromB: number, toB: number): boolean => {
  if (toA - fromA !== toB - fromB) return false;
  for (let i = 0; i < toA - fromA; i += 1) if (a[fromA + i] !== b[fromB + i]) return false;
  return true;
};

const indexOfName = (names: readonly Uint8Array[], raw: Uint8Array, from: number, to: number): number => {
  for (let i = 0; i < names.length; i += 1) {
    const name = names[i] as Uint8Array;
    if (isSame(name, 0, name.length, raw, from, to)) return i;
  }
  return -1;
};

const encodedNames = new WeakMap<ReadonlySet<string>, Uint8Array[]>();

const namesAsBytes = (names: ReadonlySet<string>): readonly Uint8Array[] => {
  const known = encodedNames.get(names);
  if (known) return known;
  const made = [...names].map((name) => Buffer.from(name, 'utf8'));
  encodedNames.set(names, made);
  return made;
};

const documentOf = (parts: readonly Uint8Array[]): Buffer => {
  let length = 5;
  for (const part of parts) length += part.length;
  const bytes = Buffer.allocUnsafe(length);
  let at = bytes.writeInt32LE(length, 0);
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  bytes[at] = 0;
  return bytes;
};

/** Its first field is `_id`, with a value. */
export const beginsWithId = (raw: Uint8Array): boolean =>
  raw[4] !== 6 && raw[5] === 0x5f && raw[6] === 0x69 && raw[7] === 0x64 && raw[8] === 0;

/** The document with the named fields of the top only. */
export const pick = (raw: Uint8Array, names: ReadonlySet<string>): Uint8Array => {
  const bytes = asBuffer(raw);
  const wanted = namesAsBytes(names);
  const end = bytes.length - 1;
  const parts: Uint8Array[] = [];
  for (let at = 4; at < end; ) {
    const nameEnd = endOfName(bytes, at + 1, end);
    const to = endOfElement(bytes, at, nameEnd, end);
    if (indexOfName(wanted, bytes, at + 1, nameEnd) >= 0) parts.push(bytes.subarray(at, to));
    at = to;
  }
  return documentOf(parts);
};

/** As `decodeStored` gives it, with the named fields of the top only. */
export const decodePart = (raw: Uint8Array, names: ReadonlySet<string>): Document => decodeStored(pick(raw, names));

/**
 * The bytes of a document after what was seen of it as `before` became `after`: changed fields are encoded, all others are copied as
 * they are, in their places. A field that `before` did not have, for it was not decoded, is replaced where it stands. Gives `raw`
 * itself where nothing became another.
 */
export const splice = (raw: Uint8Array, before: Document, after: Document): Uint8Array => {
  const bytes = asBuffer(raw);
  const changed: Document = {};
  for (const name of Object.keys(after))
    if (after[name] !== before[name] || !Object.hasOwn(before, name)) setField(changed, name, after[name]);
  const removed = Object.keys(before).flatMap((name) => (Object.hasOwn(after, name) ? [] : [Buffer.from(name, 'utf8')]));
  const made = elementsOf(asBuffer(encode(changed)));
  const parts: Uint8Array[] = [];
  const end = bytes.length - 1;
  const placed = new Set<number>();
  let same = removed.length === 0;
  for (let at = 4; at < end; ) {
    const nameEnd = endOfName(bytes, at + 1, end);
    const to = endOfElement(bytes, at, nameEnd, end);
    const which = indexOfName(made.names, bytes, at + 1, nameEnd);
    if (which >= 0) {
      const now = made.elements[which] as Buffer;
      // Should a name stand there twice, the new value takes the place of both.
      if (!placed.has(which)) parts.push(now);
      placed.add(which);
      same &&= isSame(now, 0, now.length, bytes, at, to);
    } else if (indexOfName(removed, bytes, at + 1, nameEnd) < 0) parts.push(bytes.subarray(at, to));
    at = to;
  }
  if (same && placed.size === made.elements.length) return raw;
  made.elements.forEach((element, i) => {
    if (!placed.has(i)) parts.push(element);
  });
  return documentOf(parts);
};

const elementsOf = (document: Buffer): { readonly names: Buffer[]; readonly elements: Buffer[] } => {
  const end = document.length - 1;
  const names: Buffer[] = [];
  const elements: Buffer[] = [];
  for (let at = 4; at < end; ) {
    const nameEnd = endOfName(document, at + 1, end);
    const to = endOfElement(document, at, nameEnd, end);
    names.push(document.subarray(at + 1, nameEnd));
    elements.push(document.subarray(at, to));
    at = to;
  }
  return { names, elements };
};

/** MongoDB's own limit for what is stored. */
const deepest = 180;

/**
 * Throws where bytes are no BSON all the way down, as decoding would, without making the values: lengths, ends, types, and text that
 * is UTF-8.
 */
export const validate = (raw: Uint8Array): void => {
  const bytes = asBuffer(raw);
  validateDocument(bytes, 0, bytes.length, 0);
};

const validateDocument = (raw: Buffer, start: number, limit: number, depth: number): void => {
  const length = lengthAt(raw, start, limit);
  const end = start + length - 1;
  if (length < 5 || end >= limit || raw[end] !== 0) throw broken('a document that does not end where it says');
  if (depth > deepest) throw failure('Overflow', `cannot insert document because it exceeds ${deepest} nesting levels`);
  let at = start + 4;
  while (at < end) {
    const type = raw[at] as number;
    const nameEnd = endOfName(raw, at + 1, end);
    checkText(raw, at + 1, nameEnd);
    const value = nameEnd + 1;
    const to = endOfValue(raw, type, value, end);
    if (type === 3 || type === 4) validateDocument(raw, value, to, depth + 1);
    else if (type === 2 || type === 13 || type === 14) checkString(raw, value, to);
    else if (type === 8) {
      if ((raw[value] as number) > 1) throw broken('a boolean that is neither');
    } else if (type === 5 || type === 11 || type === 12 || type === 15) checkRare(raw, at, to);
    at = to;
  }
  if (at !== end) throw broken('a document that does not end where it says');
};

const checkString = (raw: Buffer, value: number, to: number): void => {
  if (to < value + 5 || raw[to - 1] !== 0) throw broken('a string without an end');
  checkText(raw, value + 4, to - 1);
};

const checkText = (raw: Buffer, from: number, to: number): void => {
  for (let at = from; at < to; at += 1) {
    if ((raw[at] as number) < 0x80) continue;
    if (!isUtf8(raw.subarray(at, to))) throw broken('text that is not UTF-8');
    return;
  }
};

/** Of these kinds there are few; decoding them is the surest check. */
const checkRare = (raw: Buffer, from: number, to: number): void => {
  decode(documentOf([raw.subarray(from, to)]));
};
