import { randomUUID } from 'node:crypto';
import { type Document, document, mostDocuments } from '@umuhuza/contracts/documents';
import type { FileStore } from '@umuhuza/documents/fileStore';
import { isSameDocument } from '@umuhuza/documents/isSameDocument';
import { receiveDocument } from '@umuhuza/documents/receiveDocument';
import { failpoint } from '@umuhuza/eventing/failpoints';
import { sealJson, unsealJson } from '@umuhuza/service/sealing/aead';
import mongoose, { type Connection } from 'mongoose';
import type { BidDocuments, Claim } from './bidDocuments.ts';
import type { DraftPlace } from './bidDrafts.ts';
import { documentKey } from './sealing/documentKey.ts';
import { sealing, unsealing } from './sealing/sealStream.ts';

const { Binary } = mongoose.mongo;

type StoredDocument = {
  _id: string;
  tenderId: string;
  /** What stands for the bidder. */
  owner: string;
  begunAt: string;
  /** The files of the attempts to bring it that have not come to their end: after a broken line a second one may run beside the first. */
  coming?: string[];
  /** Of the first attempt that came to its end. One stored by an earlier version lies under the document's id. */
  file?: string;
  /** What it is; missing while it comes in. */
  sealed?: mongoose.mongo.Binary;
  /** The bids that name it, by their contents, and since when: also those on their way to the tender. */
  claims?: Claim[];
  /** It is being deleted: no bid can claim it any more. */
  going?: true;
};

const aboutFile = (tenderId: string, id: string) => ['document', tenderId, id];
const keyOf = ({ organisation, seal }: DraftPlace): Buffer => seal.keyFor('documents', organisation);

export const openMongoBidDocuments = async (connection: Connection, files: FileStore): Promise<BidDocuments> => {
  const documents = connection.collection<StoredDocument>('bidDocuments');
  await documents.createIndex({ tenderId: 1, owner: 1 });

  const ownedBy = ({ tenderId, organisation, seal }: DraftPlace) => ({ tenderId, owner: seal.bidder(organisation) });
  const read = (place: DraftPlace, { _id, sealed, going }: StoredDocument): Document[] =>
    sealed && !going ? [document.parse(unsealJson(keyOf(place), ['document-of', _id], sealed.buffer))] : [];

  /** Notes that it comes in, so that what a crash leaves is found, and the number is bounded whatever races. */
  const begin = async (
    place: DraftPlace,
    id: string,
    file: string,
    at: string,
  ): Promise<Document | 'begun' | 'too-many-documents'> => {
    const owned = ownedBy(place);
    // A crash left it half deleted: its id is free again.
    await remove(await documents.find({ _id: id, ...owned, going: true }).toArray());
    const begun = { $setOnInsert: { ...owned, begunAt: at }, $push: { coming: file } };
    const row = await documents.findOneAndUpdate({ _id: id }, begun, { upsert: true, returnDocument: 'after' });
    const [there] = row ? read(place, row) : [];
    if (!there && (await documents.countDocuments(owned)) <= mostDocuments.bid) return 'begun';
    await end(id, file);
    return there ?? 'too-many-documents';
  };

  /** An attempt is over that brought nothing. What another one brings, or has brought, stays. */
  const end = async (id: string, file: string): Promise<void> => {
    await files.delete(file);
    await documents.updateOne({ _id: id }, { $pull: { coming: file } });
    await documents.deleteOne({ _id: id, sealed: { $exists: false }, coming: { $size: 0 } });
  };

  /** What comes in after its row is gone deletes itself. */
  const remove = async (rows: readonly StoredDocument[]): Promise<void> => {
    for (const { _id, file = _id, coming = [] } of rows) {
      for (const one of [file, ...coming]) await files.delete(one);
      await documents.deleteOne({ _id });
    }
  };

  /** Deleted in one write, which no claim can come between; its bytes follow. */
  const removeUnclaimed = async (rows: readonly StoredDocument[], since: string): Promise<string[]> => {
    const gone: string[] = [];
    for (const row of rows) {
      const unclaimed = { _id: row._id, 'claims.at': { $not: { $gte: since } } };
      await failpoint('beforeDocument');
      const { matchedCount } = await documents.updateOne(unclaimed as never, { $set: { going: true } });
      await failpoint('afterDocument');
      if (matchedCount === 0) continue;
      await remove([row]);
      gone.push(row._id);
    }
    return gone;
  };

  const release = async (place: DraftPlace, by: string): Promise<void> => {
    await documents.updateMany({ ...ownedBy(place), 'claims.by': by }, { $pull: { claims: { by } } });
  };

  return {
    claim: async (place, ids, claim) => {
      const there = { _id: { $in: [...ids] }, ...ownedBy(place), sealed: { $exists: true }, going: { $exists: false } };
      const { matchedCount } = await documents.updateMany(there, { $push: { claims: claim } });
      if (matchedCount === new Set(ids).size) return true;
      await release(place, claim.by);
      return false;
    },
    release,
    add: async (place, { id, name, content, at }) => {
      const file = randomUUID();
      const begun = await begin(place, id, file, at);
      if (typeof begun === 'object') return (await isSameDocument({ name, content }, begun)) ? begun : 'another-document';
      if (begun !== 'begun') return begun;
      const { tenderId, seal } = place;
      try {
        const through = sealing(documentKey(seal, id), aboutFile(tenderId, id));
        const received = await receiveDocument(files, { id: file, name, content, through });
        if (typeof received === 'string') {
          await end(id, file);
          return received;
        }
        const sealed = new Binary(sealJson(keyOf(place), ['document-of', id], { ...received, id }, 1_024));
        await failpoint('beforeDocument');
        const { matchedCount } = await documents.updateOne(
          { _id: id, coming: file, sealed: { $exists: false } },
          { $set: { sealed, file }, $pull: { coming: file } },
        );
        await failpoint('afterDocument');
        if (matchedCount === 1) return { ...received, id };
        await end(id, file);
        const row = await documents.findOne({ _id: id, ...ownedBy(place) });
        const there = row && read(place, row)[0];
        if (!there) return 'gone-meanwhile';
        return there.sha256 === received.sha256 && there.name === received.name ? there : 'another-document';
      } catch (error) {
        await end(id, file);
        throw error;
      }
    },
    list: async (place) =>
      (await documents.find(ownedBy(place)).sort({ begunAt: 1, _id: 1 }).toArray()).flatMap((one) => read(place, one)),
    open: async (tenderId, { id, size }, key) => {
      const row = await documents.findOne({ _id: id, tenderId }, { projection: { file: 1 } });
      const stored = await files.get(row?.file ?? id);
      if (!stored) return undefined;
      const through = unsealing(key, aboutFile(tenderId, id), size);
      stored.once('error', (error) => through.destroy(error));
      through.once('close', () => stored.destroy());
      return stored.pipe(through);
    },
    delete: async (place, ids, unclaimedSince) =>
      removeUnclaimed(await documents.find({ _id: { $in: [...ids] }, ...ownedBy(place) }).toArray(), unclaimedSince),
    deleteUnnamed: async (place, named, before) => {
      const unnamed = { ...ownedBy(place), _id: { $nin: [...named] }, begunAt: { $lt: before }, sealed: { $exists: true } };
      await removeUnclaimed(await documents.find(unnamed).toArray(), before);
    },
    keepOnly: async (tenderId, ids) => {
      await remove(await documents.find({ tenderId, _id: { $nin: [...ids] } }).toArray());
    },
    deleteUnfinished: async (before) => {
      const begun = { begunAt: { $lt: before } };
      await remove(await documents.find({ ...begun, sealed: { $exists: false } }).toArray());
      await remove(await documents.find({ going: true }).toArray());
      for (const { _id, coming = [] } of await documents.find({ ...begun, 'coming.0': { $exists: true } }).toArray())
        for (const file of coming) await end(_id, file);
    },
  };
};
