import type { Readable } from 'node:stream';

/** Where files lie, by id. What they are, whose, and whether they may be read is known elsewhere. */
export type FileStore = {
  /** Stores the stream to its end; when it fails, nothing is there. */
  readonly put: (id: string, content: Readable) => Promise<void>;
  /** Undefined when there is none. An outage throws. */
  readonly get: (id: string) => Promise<Readable | undefined>;
  /** Also when there is none. */
  readonly delete: (id: string) => Promise<void>;
};
