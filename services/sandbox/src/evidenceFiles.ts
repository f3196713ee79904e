import { createHash } from 'node:crypto';
import mongoose, { type Connection } from 'mongoose';

/** Bytes a file of evidence may have. One document holds it, far below MongoDB's bound of 16 MiB. */
export const largestFile = 5 * 1024 ** 2;

/** The bytes of evidence, for each report under their own SHA-256. They are written before a report names them, and never change. */
export type EvidenceFiles = {
  readonly keep: (bookingId: string, bytes: Buffer) => Promise<string>;
  readonly find: (bookingId: string, sha256: string) => Promise<Buffer | undefined>;
};

export const openMongoEvidenceFiles = (connection: Connection): EvidenceFiles => {
  const files = connection.collection<{ _id: string; bytes: mongoose.mongo.Binary }>('evidence');
  return {
    keep: async (bookingId, bytes) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      await files.updateOne(
        { _id: `${bookingId}/${sha256}` },
        { $setOnInsert: { bytes: new mongoose.mongo.Binary(bytes) } },
        { upsert: true },
      );
      return sha256;
    },
    find: async (bookingId, sha256) => {
      const found = await files.findOne({ _id: `${bookingId}/${sha256}` });
      return found ? Buffer.from(found.bytes.buffer) : undefined;
    },
  };
};
