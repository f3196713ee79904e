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
      const found = await bucket.find({ _id: idOf(id) }).toArray();
      return found.length > 0 ? bucket.openDownloadStream(idOf(id)) : undefined;
    },
    delete: remove,
  };
};
