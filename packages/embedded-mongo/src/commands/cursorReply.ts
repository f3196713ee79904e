import type { Batch } from '../cursors.ts';
import type { Reply } from './command.ts';

const documentType = 3;
const arrayType = 4;
const stringType = 2;
const longType = 18;
const doubleType = 1;

/**
 * `{ cursor: { firstBatch | nextBatch: […], id, ns }, ok: 1 }`, with the documents copied as the bytes they are.
 */
export const cursorReply = (
  field: 'firstBatch' | 'nextBatch',
  namespace: string,
  { batch, id }: { batch: Batch; id: number },
): Reply => {
  const { documents } = batch;
  const name = Buffer.byteLength(namespace, 'utf8');
  let elements = 0;
  for (const [i, document] of documents.entries()) elements += 2 + digits(i) + document.length;
  const arrayLength = 4 + elements + 1;
  const cursorLength = 4 + (1 + field.length + 1 + arrayLength) + (1 + 3 + 8) + (1 + 3 + 4 + name + 1) + 1;
  const total = 4 + (1 + 7 + cursorLength) + (1 + 3 + 8) + 1;
  const bytes = Buffer.allocUnsafe(total);
  let at = bytes.writeInt32LE(total, 0);
  at = header(bytes, at, documentType, 'cursor');
  at = bytes.writeInt32LE(cursorLength, at);
  at = header(bytes, at, arrayType, field);
  at = bytes.writeInt32LE(arrayLength, at);
  for (const [i, document] of documents.entries()) {
    at = header(bytes, at, documentType, String(i));
    bytes.set(document, at);
    at += document.length;
  }
  at = bytes.writeUInt8(0, at);
  at = header(bytes, at, longType, 'id');
  at = bytes.writeBigInt64LE(BigInt(id), at);
  at = header(bytes, at, stringType, 'ns');
  at = bytes.writeInt32LE(name + 1, at);
  at += bytes.write(namespace, at, 'utf8');
  at = bytes.writeUInt8(0, at);
  at = bytes.writeUInt8(0, at);
  at = header(bytes, at, doubleType, 'ok');
  at = bytes.writeDoubleLE(1, at);
  bytes.writeUInt8(0, at);
  return bytes;
};

const header = (bytes: Buffer, at: number, type: number, name: string): number => {
  bytes[at] = type;
  const end = at + 1 + bytes.write(name, at + 1, 'latin1');
  bytes[end] = 0;
  return end + 1;
};

const digits = (i: number): number => (i < 10 ? 1 : i < 100 ? 2 : String(i).length);
