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
  return {
    receive: async (tenderId, { at, ...upload }) => {
      await unsettled.insertOne({ _id: upload.id, tenderId, at });
      let received: Awaited<ReturnType<typeof receiveDocument>> | undefined;
      try {
        received = await receiveDocument(files, upload);
        return received;
      } finally {
        // A line that broke leaves no file, and nothing to be found again.
        if (typeof received !== 'object') await settled(upload.id);
      }
    },
    settled,
    open: files.get,
    delete: async (id) => {
      await files.delete(id);
      await settled(id);
    },
    unsettled: async (before) =>
      (await unsettled.find({ at: { $lt: before } }).toArray()).map(({ _id, tenderId }) => ({ id: _id, tenderId })),
  };
};
