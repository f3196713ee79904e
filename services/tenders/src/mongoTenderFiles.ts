import type { FileStore } from '@umuhuza/documents/fileStore';
import { receiveDocument } from '@umuhuza/documents/receiveDocument';
import type { Connection } from 'mongoose';
import type { TenderFiles } from './tenderFiles.ts';

type Unsettled = { _id: string; tenderId: string; at: string };

export const openMongoTenderFiles = async (connection: Connection, files: FileStore): Promise<TenderFiles> => {
  const unsettled = connection.collection<Unsettled>('unsettledFiles');
  const settled = async (id: string): Promise<void> => {
    await unsettled.deleteOne({ _id: id });
  };
  const remove = async (id: string): Promise<void> => {
    await files.delete(id);
    await settled(id);
  };
  return {
    receive: async (tenderId, { at, ...upload }) => {
      await unsettled.insertOne({ _id: upload.id, tenderId, at });
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
    settled,
    open: files.get,
    delete: remove,
    unsettled: async (before) =>
      (await unsettled.find({ at: { $lt: before } }).toArray()).map(({ _id, tenderId }) => ({ id: _id, tenderId })),
  };
};
