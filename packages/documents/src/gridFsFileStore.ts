import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import mongoose, { type Connection } from 'mongoose';
import type { FileStore } from './fileStore.ts';

/** Files in the service's own database, in GridFS. Their names and types are not stored with them. */
export const openGridFsFileStore = (connection: Connection): FileStore => {
  const { db } = connection;
  if (!db) throw new Error('files need a connected database');
  const bucket = new mongoose.mongo.GridFSBucket(db, { bucketName: 'files' });
  const idOf = (id: string) => id as unknown as mongoose.mongo.ObjectId;

  const remove = async (id: string): Promise<void> => {
    try {
      await bucket.delete(idOf(id));
    } catch (error) {
      if (!(error instanceof mongoose.mongo.MongoRuntimeError)) throw error;
    }
  };

  const isThere = async (id: string): Promise<boolean> =>
    (
      await bucket
        .find({ _id: idOf(id) })
        .limit(1)
        .toArray()
    ).length > 0;

  return {
    put: async (id, content) => {
      const upload = bucket.openUploadStreamWithId(idOf(id), 'file');
      try {
        await pipeline(content, upload);
      } catch (error) {
        await upload.abort().catch(() => remove(id));
        throw error;
      }
    },
    get: async (id) => {
      if (!(await isThere(id))) return undefined;
      const content = bucket.openDownloadStream(idOf(id));
      try {
        await begun(content);
        return content;
      } catch (error) {
        // Deleted since it was found: then it is not there, and nothing of it has been given out.
        if (await isThere(id)) throw error;
        return undefined;
      }
    },
    delete: remove,
  };
};

/** When the first bytes are there to be read, or the end; the driver asks for nothing before somebody reads. */
const begun = (content: Readable): Promise<void> =>
  new Promise((resolve, reject) => {
    const settle = (error?: Error) => {
      for (const event of ['readable', 'end']) content.removeListener(event, read);
      content.removeListener('error', settle);
      if (error) reject(error);
      else resolve();
    };
    const read = () => settle();
    content.once('readable', read).once('end', read).once('error', settle);
  });
