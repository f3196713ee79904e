import { type Document, document, mostBidDocuments } from '@umuhuza/contracts/tenders/documents';
import mongoose, { type Connection } from 'mongoose';
import type { BidDocuments } from './bidDocuments.ts';
import type { DraftPlace } from './bidDrafts.ts';
import type { FileStore } from './documents/fileStore.ts';
import { receiveDocument } from './documents/receiveDocument.ts';
import { sealing, unsealing } from './documents/sealStream.ts';
import { sealJson, unsealJson } from './sealing/aead.ts';
import { documentKey } from './sealing/documentKey.ts';

const { Binary } = mongoose.mongo;

type StoredDocument = {
  _id: string;
  tenderId: string;
  /** What stands for the bidder. */
  owner: string;
  begunAt: string;
  /** What it is; missing while it comes in. */
  sealed?: mongoose.mongo.Binary;
};

const aboutFile = (tenderId: string, id: string) => ['document', tenderId, id];
const keyOf = ({ organisation, seal }: DraftPlace): Buffer => seal.keyFor('documents', organisation);

export const openMongoBidDocuments = async (connection: Connection, files: FileStore): Promise<BidDocuments> => {
  const documents = connection.collection<StoredDocument>('bidDocuments');
  await documents.createIndex({ tenderId: 1, owner: 1 });

  const ownedBy = ({ tenderId, organisation, seal }: DraftPlace) => ({ tenderId, owner: seal.bidder(organisation) });
  const read = (place: DraftPlace, { _id, sealed }: StoredDocument): Document[] =>
    sealed ? [document.parse(unsealJson(keyOf(place), ['document-of', _id], sealed.buffer))] : [];

  /** Notes that it comes in, so that what a crash leaves is found, and the number is bounded whatever races. */
  const begin = async (place: DraftPlace, id: string, at: string): Promise<Document | 'begun' | 'too-many-documents'> => {
    const owned = ownedBy(place);
    const known = await documents.findOne({ _id: id, ...owned });
    if (known) {
      const [there] = read(place, known);
      if (!there) await files.delete(id);
      return there ?? 'begun';
    }
    await documents.insertOne({ _id: id, ...owned, begunAt: at });
    if ((await documents.countDocuments(owned)) <= mostBidDocuments) return 'begun';
    await documents.deleteOne({ _id: id });
    return 'too-many-documents';
  };

  const remove = async (ids: readonly string[]): Promise<void> => {
    for (const id of ids) {
      await files.delete(id);
      await documents.deleteOne({ _id: id });
    }
  };

  return {
    add: async (place, { id, name, content, at }) => {
      const begun = await begin(place, id, at);
      if (begun !== 'begun') return begun;
      const { tenderId, seal } = place;
      try {
        const through = sealing(documentKey(seal, id), aboutFile(tenderId, id));
        const received = await receiveDocument(files, { id, name, content, through });
        if (typeof received === 'string') await documents.deleteOne({ _id: id });
        else {
          const sealed = new Binary(sealJson(keyOf(place), ['document-of', id], received, 1_024));
          await documents.updateOne({ _id: id }, { $set: { sealed } });
        }
        return received;
      } catch (error) {
        await remove([id]);
        throw error;
      }
    },
    list: async (place) =>
      (await documents.find(ownedBy(place)).sort({ begunAt: 1, _id: 1 }).toArray()).flatMap((one) => read(place, one)),
    open: async (tenderId, { id, size }, key) => {
      const stored = await files.get(id);
      if (!stored) return undefined;
      const through = unsealing(key, aboutFile(tenderId, id), size);
      stored.once('error', (error) => through.destroy(error));
      through.once('close', () => stored.destroy());
      return stored.pipe(through);
    },
    delete: async (place, ids) => {
      const owned = await documents.find({ _id: { $in: [...ids] }, ...ownedBy(place) }).toArray();
      await remove(owned.map(({ _id }) => _id));
    },
    keepOnly: async (tenderId, ids) => {
      const others = await documents.find({ tenderId, _id: { $nin: [...ids] } }, { projection: { _id: 1 } }).toArray();
      await remove(others.map(({ _id }) => _id));
    },
    deleteUnfinished: async (before) => {
      const left = await documents.find({ sealed: { $exists: false }, begunAt: { $lt: before } }).toArray();
      await remove(left.map(({ _id }) => _id));
    },
  };
};
