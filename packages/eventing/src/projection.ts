import mongoose, { type Connection, type IndexDefinition, type IndexOptions, type Model } from 'mongoose';
import { failpoint } from './failpoints.ts';

/** What a service keeps of another's aggregate, with the place in that aggregate's row of events that it shows. */
export type Projected<Shape> = Shape & { _id: string; sequence: number };

export type Projection<Shape> = {
  /** Keeps what an event carried, unless something newer is kept already. False when it was not newer. */
  readonly put: (id: string, sequence: number, shape: Shape) => Promise<boolean>;
  readonly find: (id: string) => Promise<Projected<Shape> | undefined>;
  readonly documents: Model<Projected<Shape>>;
};

/** A projection fed by events that carry state: redelivery and reordering cannot harm it, a rebuild is a replay. */
export const openProjection = async <Shape extends object>(
  connection: Connection,
  name: string,
  indexes: readonly (readonly [IndexDefinition, IndexOptions?])[] = [],
): Promise<Projection<Shape>> => {
  const schema = new mongoose.Schema(
    { _id: { type: String, required: true }, sequence: { type: Number, required: true } },
    { strict: false, versionKey: false, minimize: false, autoIndex: false, autoCreate: false },
  );
  for (const [fields, options] of indexes) schema.index(fields, options);
  const documents = connection.model(name, schema, name) as unknown as Model<Projected<Shape>>;
  await documents.createIndexes();
  return {
    put: async (id, sequence, shape) => {
      try {
        await failpoint('beforePut');
        const { modifiedCount, upsertedCount } = await documents.collection.replaceOne(
          { _id: id, sequence: { $lt: sequence } } as never,
          { sequence, ...shape } as never,
          { upsert: true },
        );
        await failpoint('afterPut');
        return modifiedCount + upsertedCount === 1;
      } catch (error) {
        // The upsert collides exactly when a document of this or a newer sequence is there.
        if (error instanceof mongoose.mongo.MongoServerError && error.code === 11000) return false;
        throw error;
      }
    },
    find: async (id) =>
      ((await documents.collection.findOne({ _id: id } as never)) as unknown as Projected<Shape> | null) ?? undefined,
    documents,
  };
};
