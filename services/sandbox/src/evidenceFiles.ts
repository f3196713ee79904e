import type { Taken } from '@umuhuza/documents/receiveDocument';
import type { Connection, mongo } from 'mongoose';

/** What evidence may be: 5 MiB, and recordings of a screen or a voice beside what every document may be. */
export const takenAsEvidence: Taken = {
  mostBytes: 5 * 1024 ** 2,
  more: {
    'video/mp4': 'mp4',
    'video/webm': 'webm',
    'video/quicktime': 'mov',
    'audio/mpeg': 'mp3',
    'audio/x-m4a': 'm4a',
    'audio/wav': 'wav',
  },
};

/** The bytes of evidence that an earlier version kept, for each report under their own SHA-256. They are only read. */
export type EvidenceOfBefore = {
  readonly find: (bookingId: string, sha256: string) => Promise<Buffer | undefined>;
};

export const openMongoEvidenceOfBefore = (connection: Connection): EvidenceOfBefore => {
  const files = connection.collection<{ _id: string; bytes: mongo.Binary }>('evidence');
  return {
    find: async (bookingId, sha256) => {
      const found = await files.findOne({ _id: `${bookingId}/${sha256}` });
      return found ? Buffer.from(found.bytes.buffer) : undefined;
    },
  };
};
