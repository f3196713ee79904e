import type { Binary, BSONRegExp, BSONSymbol, Code, ObjectId, Timestamp } from 'bson';
import { type Decimal128, Double, Int32, Long } from 'bson';
import { rankOf } from './compare.ts';
import { exact, ten } from './decimal.ts';
import { type Document, fieldsOf, typeOf, type Value } from './values.ts';

/**
 * Encodes a value so that comparing bytes gives BSON order, and equal bytes mean equal values. No encoding is the beginning of
 * another, so encodings can be joined into compound keys.
 */
export const keyOf = (value: Value): Uint8Array => {
  const writer = start();
  writeValue(writer, value);
  return finish(writer);
};

/** As text, for maps and sets; one character a byte. */
export const hashOf = (value: Value): string => {
  const writer = start();
  writeValue(writer, value);
  return writer.bytes.toString('latin1', 0, writer.length);
};

/** What an empty array is in an index or a sort: less than null. */
export const emptyArray: unique symbol = Symbol('empty array');

/** One compound key; a descending field has its bytes inverted. */
export const compoundKey = (values: readonly (Value | typeof emptyArray)[], descending: readonly boolean[]): Uint8Array => {
  const writer = start();
  values.forEach((value, i) => {
    const from = writer.length;
    if (value === emptyArray) writeByte(writer, rankOf.null - 1);
    else writeValue(writer, value);
    if (descending[i]) invert(writer.bytes, from, writer.length);
  });
  return finish(writer);
};

export const invert = (bytes: Uint8Array, from: number, to: number): void => {
  for (let i = from; i < to; i += 1) bytes[i] = ~(bytes[i] as number) & 0xff;
};

/** The first key after all keys that begin with this one. */
export const after = (prefix: Uint8Array): Uint8Array => {
  let end = prefix.length;
  while (end > 0 && prefix[end - 1] === 0xff) end -= 1;
  // A copy also where the prefix is a Buffer, whose slices share memory.
  const next = new Uint8Array(prefix.subarray(0, end));
  if (end > 0) next[end - 1] = (next[end - 1] as number) + 1;
  return next;
};

type Writer = { bytes: Buffer; length: number };

// One buffer serves all keys, for building a key never gives way to other work.
const shared: Writer = { bytes: Buffer.allocUnsafe(1024), length: 0 };
const start = (): Writer => {
  shared.length = 0;
  return shared;
};
const finish = ({ bytes, length }: Writer): Uint8Array => {
  const key = new Uint8Array(length);
  // Nearly all keys are short: a view to copy from costs more than the copy.
  if (length > 64) key.set(bytes.subarray(0, length));
  else for (let i = 0; i < length; i += 1) key[i] = bytes[i] as number;
  return key;
};

const room = (writer: Writer, count: number): void => {
  if (writer.length + count <= writer.bytes.length) return;
  const larger = Buffer.allocUnsafe(Math.max(writer.bytes.length * 2, writer.length + count));
  writer.bytes.copy(larger, 0, 0, writer.length);
  writer.bytes = larger;
};

const writeByte = (writer: Writer, byte: number): void => {
  room(writer, 1);
  writer.bytes[writer.length] = byte;
  writer.length += 1;
};

const writeBytes = (writer: Writer, bytes: Uint8Array): void => {
  room(writer, bytes.length);
  writer.bytes.set(bytes, writer.length);
  writer.length += bytes.length;
};

/** UTF-8 ended by 00 00; a 00 within is written 00 FF. */
const writeString = (writer: Writer, text: string): void => {
  room(writer, text.length * 3 + 2);
  if (text.includes('\0')) {
    for (const byte of Buffer.from(text, 'utf8')) {
      writeByte(writer, byte);
      if (byte === 0) writeByte(writer, 0xff);
    }
  } else {
    writer.length += writer.bytes.write(text, writer.length, 'utf8');
  }
  writeByte(writer, 0);
  writeByte(writer, 0);
};

const writeInt64 = (writer: Writer, value: bigint): void => {
  room(writer, 8);
  writer.bytes.writeBigUInt64BE(BigInt.asUintN(64, value), writer.length);
  writer.length += 8;
};

const writeValue = (writer: Writer, value: Value): void => {
  writeByte(writer, rankOf[typeOf(value)]);
  writePayload(writer, value);
};

const writePayload = (writer: Writer, value: Value): void => {
  switch (typeOf(value)) {
    case 'int':
    case 'long':
    case 'double':
    case 'decimal':
      writeNumber(writer, value);
      return;
    case 'string':
    case 'symbol':
      writeString(writer, String((value as string | BSONSymbol).valueOf()));
      return;
    case 'object': {
      const fields = fieldsOf(value as Document);
      for (const name of Object.keys(fields)) {
        writeByte(writer, rankOf[typeOf(fields[name])]);
        writeString(writer, name);
        writePayload(writer, fields[name]);
      }
      writeByte(writer, 0);
      return;
    }
    case 'array':
      for (const element of value as Value[]) writeValue(writer, element);
      writeByte(writer, 0);
      return;
    case 'binData': {
      const binary = value as Binary;
      room(writer, 5);
      writer.bytes.writeUInt32BE(binary.length(), writer.length);
      writer.length += 4;
      writeByte(writer, binary.sub_type);
      writeBytes(writer, binary.value());
      return;
    }
    case 'objectId':
      writeBytes(writer, (value as ObjectId).id);
      return;
    case 'bool':
      writeByte(writer, value ? 1 : 0);
      return;
    case 'date':
      writeInt64(writer, BigInt(Math.trunc((value as Date).getTime() || 0)) ^ (1n << 63n));
      return;
    case 'timestamp':
      writeInt64(writer, (value as Timestamp).toBigInt());
      return;
    case 'regex':
      writeString(writer, (value as BSONRegExp).pattern);
      writeString(writer, (value as BSONRegExp).options);
      return;
    case 'javascript':
    case 'javascriptWithScope':
      writeString(writer, (value as Code).code);
      return;
    default:
  }
};

/**
 * The nearest double in an order-preserving form, then what is left between it and the exact value. Nearly all numbers are their
 * nearest double and need one byte for that.
 */
const writeNumber = (writer: Writer, value: Value): void => {
  if (typeof value === 'number') {
    writeDouble(writer, value, 0);
    return;
  }
  if (value instanceof Int32 || value instanceof Double) {
    writeDouble(writer, value.value, 0);
    return;
  }
  if (value instanceof Long) {
    const whole = value.toBigInt();
    const nearest = Number(whole);
    const rest = whole - BigInt(nearest);
    writeDouble(writer, nearest, rest === 0n ? 0 : { coefficient: rest, exponent: 0 });
    return;
  }
  writeDecimal(writer, value as Decimal128);
  return;
};

type Rest = { coefficient: bigint; exponent: number };

const writeDecimal = (writer: Writer, value: Decimal128): void => {
  const number = exact(value);
  if (typeof number === 'string') {
    writeDouble(writer, Number(number), 0);
    return;
  }
  if (number.coefficient === 0n) {
    writeDouble(writer, 0, 0);
    return;
  }
  let nearest = Number(`${number.coefficient}e${number.exponent}`);
  if (!Number.isFinite(nearest)) nearest = nearest > 0 ? Number.MAX_VALUE : -Number.MAX_VALUE;
  const around = exact(nearest) as Rest;
  const exponent = Math.min(number.exponent, around.exponent);
  const coefficient = number.coefficient * ten(number.exponent - exponent) - around.coefficient * ten(around.exponent - exponent);
  writeDouble(writer, nearest, coefficient === 0n ? 0 : { coefficient, exponent });
};

const writeDouble = (writer: Writer, value: number, rest: Rest | 0): void => {
  room(writer, 9);
  const { bytes, length } = writer;
  if (Number.isNaN(value)) {
    bytes.fill(0, length, length + 8);
  } else {
    bytes.writeDoubleBE(value === 0 ? 0 : value, length);
    if ((bytes[length] as number) & 0x80) invert(bytes, length, length + 8);
    else bytes[length] = (bytes[length] as number) | 0x80;
  }
  writer.length += 8;
  if (rest === 0) {
    writeByte(writer, 0x80);
    return;
  }
  const negative = rest.coefficient < 0n;
  const from = writer.length;
  writeRest(writer, negative ? -rest.coefficient : rest.coefficient, rest.exponent);
  if (negative) invert(writer.bytes, from, writer.length);
};

/** A positive decimal number: a byte above that of zero, its magnitude, its digits. */
const writeRest = (writer: Writer, coefficient: bigint, exponent: number): void => {
  const digits = coefficient.toString().replace(/0+$/, '');
  writeByte(writer, 0x81);
  room(writer, 2);
  writer.bytes.writeUInt16BE(coefficient.toString().length + exponent + 0x4000, writer.length);
  writer.length += 2;
  for (const digit of digits) writeByte(writer, digit.charCodeAt(0));
  writeByte(writer, 0);
};
