import { decodePart } from '../bson/raw.ts';
import { type Document, decode, decodeStored, encode } from '../bson/values.ts';

/** A document on its way to the client: decoded only when someone looks, encoded only when it is not BSON already. */
export class Item {
  readonly rid: number;
  #raw: Uint8Array | undefined;
  #document: Document | undefined;
  #part: { readonly names: ReadonlySet<string>; readonly document: Document } | undefined;

  readonly #decode: (raw: Uint8Array) => Document;

  private constructor(rid: number, raw: Uint8Array | undefined, document: Document | undefined, decoded = decodeStored) {
    this.rid = rid;
    this.#decode = decoded;
    this.#raw = raw;
    this.#document = document;
  }

  static stored(rid: number, raw: Uint8Array): Item {
    return new Item(rid, raw, undefined);
  }

  /** From a client: nobody has looked at it yet. */
  static received(raw: Uint8Array): Item {
    return new Item(0, raw, undefined, decode);
  }

  static made(document: Document): Item {
    return new Item(0, undefined, document);
  }

  /** Known to be asked for, and not read. */
  static unread(rid: number): Item {
    return new Item(rid, undefined, undefined);
  }

  /** It came as bytes. */
  get isStored(): boolean {
    return this.#raw !== undefined;
  }

  get document(): Document {
    this.#document ??= this.#decode(this.raw);
    return this.#document;
  }

  /** The document with at least the named fields of the top; whole where no names are given. */
  part(names: ReadonlySet<string> | undefined): Document {
    if (names === undefined || this.#document) return this.document;
    if (this.#part?.names !== names) this.#part = { names, document: decodePart(this.raw, names) };
    return this.#part.document;
  }

  get raw(): Uint8Array {
    if (this.#raw) return this.#raw;
    if (!this.#document) throw new Error('a document was looked at that was not read');
    this.#raw = encode(this.#document);
    return this.#raw;
  }
}
