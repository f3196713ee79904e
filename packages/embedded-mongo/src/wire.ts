import { type Document, decode, isDocument } from './bson/values.ts';

/** What a client may send at once, as `hello` tells it. */
export const maxMessageBytes = 48_000_000;

const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;
const headerBytes = 16;

const checksumPresent = 1;
const moreToCome = 2;
/** The low sixteen flags must be understood, or the message refused. */
const knownFlags = checksumPresent | moreToCome;

/** The bytes are no message of this protocol: the connection cannot go on. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

export type Message = {
  readonly requestId: number;
  readonly protocol: 'msg' | 'query';
  readonly body: Document;
  readonly sequences: ReadonlyMap<string, readonly Uint8Array[]>;
  /** False when the client waits for no reply. */
  readonly wantsReply: boolean;
};

/** Cuts a stream of bytes into messages, holding what has not come whole. */
export const createFramer = (): ((chunk: Buffer) => Buffer[]) => {
  let parts: Buffer[] = [];
  let held = 0;
  let wanted = headerBytes;
  return (chunk) => {
    parts.push(chunk);
    held += chunk.length;
    const messages: Buffer[] = [];
    while (held >= wanted) {
      const bytes = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts, held);
      const length = bytes.readInt32LE(0);
      if (length < headerBytes || length > maxMessageBytes) throw new ProtocolError(`a message of ${length} bytes`);
      if (bytes.length < length) {
        parts = [bytes];
        wanted = length;
        break;
      }
      messages.push(bytes.subarray(0, length));
      const rest = bytes.subarray(length);
      parts = rest.length > 0 ? [rest] : [];
      held = rest.length;
      wanted = headerBytes;
    }
    return messages;
  };
};

export const readMessage = (bytes: Buffer): Message => {
  const requestId = bytes.readInt32LE(4);
  const code = bytes.readInt32LE(12);
  try {
    if (code === opMsg) return readOpMsg(bytes, requestId);
    if (code === opQuery) return readOpQuery(bytes, requestId);
  } catch (error) {
    throw new ProtocolError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  throw new ProtocolError(`operation code ${code}`);
};

const documentAt = (bytes: Buffer, at: number, end: number): Buffer => {
  const length = at + 4 <= end ? bytes.readInt32LE(at) : 0;
  if (length < 5 || at + length > end) throw new ProtocolError('a document that ends outside its message');
  return bytes.subarray(at, at + length);
};

const readOpMsg = (bytes: Buffer, requestId: number): Message => {
  const flags = bytes.readUInt32LE(headerBytes);
  if ((flags & 0xffff & ~knownFlags) !== 0) throw new ProtocolError(`unknown flags ${flags}`);
  const end = bytes.length - (flags & checksumPresent ? 4 : 0);
  let at = headerBytes + 4;
  let body: Document | undefined;
  const sequences = new Map<string, Uint8Array[]>();
  while (at < end) {
    const kind = bytes[at];
    at += 1;
    if (kind === 0) {
      if (body) throw new ProtocolError('two bodies');
      const document = documentAt(bytes, at, end);
      body = decode(document);
      at += document.length;
    } else if (kind === 1) {
      const size = bytes.readInt32LE(at);
      const sectionEnd = at + size;
      const nameEnd = bytes.indexOf(0, at + 4);
      if (size < 5 || sectionEnd > end || nameEnd < 0 || nameEnd >= sectionEnd)
        throw new ProtocolError('a section that ends outside its message');
      const documents: Uint8Array[] = [];
      let inside = nameEnd + 1;
      while (inside < sectionEnd) {
        const document = documentAt(bytes, inside, sectionEnd);
        documents.push(document);
        inside += document.length;
      }
      sequences.set(bytes.toString('utf8', at + 4, nameEnd), documents);
      at = sectionEnd;
    } else {
      throw new ProtocolError(`section kind ${kind}`);
    }
  }
  if (!body) throw new ProtocolError('no body');
  return { requestId, protocol: 'msg', body, sequences, wantsReply: (flags & moreToCome) === 0 };
};

/** Only what a client says before it knows that the server speaks OP_MSG. */
const readOpQuery = (bytes: Buffer, requestId: number): Message => {
  const nameEnd = bytes.indexOf(0, headerBytes + 4);
  if (nameEnd < 0) throw new ProtocolError('a query without a collection');
  const name = bytes.toString('utf8', headerBytes + 4, nameEnd);
  const query = decode(documentAt(bytes, nameEnd + 1 + 8, bytes.length));
  if (!name.endsWith('.$cmd')) throw new ProtocolError('a query that is not a command');
  const body = isDocument(query.$query) ? query.$query : query;
  return { requestId, protocol: 'query', body: { ...body, $db: name.slice(0, -5) }, sequences: new Map(), wantsReply: true };
};

let replies = 0;

/** The bytes around a reply document. */
export const frameReply = ({ requestId, protocol }: Pick<Message, 'requestId' | 'protocol'>, document: Uint8Array): Buffer => {
  const extra = protocol === 'msg' ? 5 : 20;
  const bytes = Buffer.alloc(headerBytes + extra);
  replies = (replies + 1) & 0x7fffffff;
  bytes.writeInt32LE(headerBytes + extra + document.length, 0);
  bytes.writeInt32LE(replies, 4);
  bytes.writeInt32LE(requestId, 8);
  bytes.writeInt32LE(protocol === 'msg' ? opMsg : opReply, 12);
  if (protocol === 'query') {
    bytes.writeInt32LE(8, headerBytes);
    bytes.writeInt32LE(1, headerBytes + 16);
  }
  return Buffer.concat([bytes, document]);
};
