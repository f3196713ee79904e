import type { Readable } from 'node:stream';
import type { Document } from '@umuhuza/contracts/documents';
import { eachInTurn } from '@umuhuza/service/eachInTurn';
import type { Connection } from 'mongoose';
import type { FileStore } from './fileStore.ts';
import { type NotTaken, receiveDocument, type Upload } from './receiveDocument.ts';

/** Files that somebody comes to name. Each is noted before its bytes come in, so that one that was never named is found again. */
export type NotedFiles = {
  readonly receive: (owner: string, upload: Upload & { readonly at: string }) => Promise<Document | NotTaken>;
  /** Its owner, who names it now, is about to stop that: noted before, so that it is found again if nobody comes to delete it. */
  readonly leaving: (id: string, owner: string, at: string) => Promise<void>;
  /** Its owner names it now. */
  readonly settled: (id: string) => Promise<void>;
  readonly open: (id: string) => Promise<Readable | undefined>;
  readonly delete: (id: string) => Promise<void>;
  /** Received, or about to leave, before this instant and not settled. */
  readonly unsettled: (before: string) => Promise<readonly { readonly id: string; readonly owner: string }[]>;
};

type Noted = { readonly _id: string; readonly at: string } & Readonly<Record<string, string>>;

/** `ownedAs` is the name under which a note has its owner. */
export const openNotedFiles = async (connection: Connection, files: FileStore, ownedAs = 'owner'): Promise<NotedFiles> => {
  const notes = connection.collection<Noted>('unsettledFiles');
  await notes.createIndex({ at: 1 });
  const settled = async (id: string): Promise<void> => {
    await notes.deleteOne({ _id: id });
  };
  const remove = async (id: string): Promise<void> => {
    await files.delete(id);
    await settled(id);
  };
  return {
    receive: async (owner, { at, ...upload }) => {
      await notes.insertOne({ _id: upload.id, [ownedAs]: owner, at });
      try {
        const received = await receiveDocument(files, upload);
        if (typeof received === 'string') await settled(upload.id);
        return received;
      } catch (error) {
        // A line that broke leaves nothing. A file that cannot be deleted now stays noted, and is found again.
        await remove(upload.id);
        throw error;
      }
    },
    leaving: async (id, owner, at) => {
      await notes.updateOne({ _id: id }, { $set: { [ownedAs]: owner, at } }, { upsert: true });
    },
    settled,
    open: files.get,
    delete: remove,
    unsettled: async (before) =>
      (await notes.find({ at: { $lt: before } }).toArray()).map(({ _id: id, [ownedAs]: owner = '' }) => ({ id, owner })),
  };
};

/** Long enough for any upload to have come to its end. */
const after = { hours: 24 };

/** The instant before which what was received and is named by nobody is forgotten. */
export const forgottenBefore = (at: string): string =>
  Temporal.Instant.from(at).subtract(after).toString({ fractionalSecondDigits: 3 });

/** Deletes what a crash left between storing a file and naming it, or between ceasing to name it and deleting it. */
export const deleteForgotten = async (
  files: NotedFiles,
  before: string,
  isNamed: (owner: string, id: string) => Promise<boolean>,
): Promise<void> => {
  await eachInTurn(await files.unsettled(before), async ({ id, owner }) =>
    (await isNamed(owner, id)) ? files.settled(id) : files.delete(id),
  );
};
