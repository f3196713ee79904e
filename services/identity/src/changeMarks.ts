import type { Connection } from 'mongoose';

/**
 * A note that an organisation may be about to change, written before the change: a crash at any later point leaves the note, so that
 * the sweep need not compare every organisation to find what was never told.
 */
export type ChangeMark = {
  readonly _id: string;
  /** When the sweep looks next. */
  readonly lookAt: Date;
  /** From then on the change that the note announced has landed or never will: no request lives that long. */
  readonly settledAt: Date;
};

export type ChangeMarks = {
  readonly mark: (organisationId: string) => Promise<void>;
  readonly due: (limit: number) => Promise<ChangeMark[]>;
  /** The organisation was compared after this mark was read: the mark goes once it is settled, else it is looked at again then. */
  readonly looked: (mark: ChangeMark, lookedAt: Date) => Promise<void>;
};

const firstLookAfter = 1_000;
const settledAfter = 120_000;

export const openChangeMarks = async (connection: Connection): Promise<ChangeMarks> => {
  const marks = connection.collection<ChangeMark>('changeMarks');
  await marks.createIndexes([{ key: { lookAt: 1 }, name: 'lookAt_1' }]);
  return {
    mark: async (organisationId) => {
      const now = Date.now();
      await marks.updateOne(
        { _id: organisationId },
        { $set: { lookAt: new Date(now + firstLookAfter), settledAt: new Date(now + settledAfter) } },
        { upsert: true },
      );
    },
    due: (limit) =>
      marks
        .find({ lookAt: { $lte: new Date() } })
        .sort({ lookAt: 1 })
        .limit(limit)
        .toArray(),
    looked: async ({ _id, settledAt }, lookedAt) => {
      // A newer mark has another `settledAt` and is left alone.
      if (lookedAt >= settledAt) await marks.deleteOne({ _id, settledAt });
      else await marks.updateOne({ _id, settledAt }, { $set: { lookAt: settledAt } });
    },
  };
};
