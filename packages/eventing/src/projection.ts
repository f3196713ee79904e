import mongoose, { type Connection, type IndexDefinition, type IndexOptions, type Model } from 'mongoose';
import { collidedOn, writeEach } from './bulk.ts';
import { failpoint } from './failpoints.ts';
import { together } from './together.ts';

/** What a service keeps of another's aggregate, with the place in that aggregate's row of events that it shows. */
export type Projected<Shape> = Shape & { _id: string; sequence: number };

export type Projection<Shape> = {
  /** Keeps what an event carried, unless something newer is kept already. False when it was not newer. */
  readonly put: (id: string, sequence: number, shape: Shape) => Promise<boolean>;
  readonly find: (id: string) => Promise<Projected<Shape> | undefined>;
  readonly documents: Model<Projected<Shape>>;
};

type Put = Extract<Parameters<typeof writeEach>[1][number], { replaceOne: unknown }>;

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
  const findTogether = together(async (ids: readonly string[]) => {
    const found = await documents.collection.find({ _id: { $in: [...new Set(ids)] } } as never).toArray();
    const byId = new Map((found as unknown as Projected<Shape>[]).map((one) => [one._id, one]));
    return ids.map((id) => ({ value: byId.get(id) }));
  });
  const putTogether = together((puts: readonly Put[]) => writeEach(documents.collection as never, puts));
  return {
    put: async (id, sequence, shape) => {
      const filter = { _id: id as never, sequence: { $lt: sequence } };
      const replacement = { sequence, ...shape };
      try {
        await failpoint('beforePut');
        await putTogether({ replaceOne: { filter, replacement, upsert: true } });
        await failpoint('afterPut');
        return true;
      } catch (error) {
        if (collidedOn(error) !== '_id_') throw error;
      }
      // Something of this id is there: something newer, or it was made at the same moment and may be older.
      return (await documents.collection.replaceOne(filter as never, replacement as never)).matchedCount === 1;
    },
    find: findTogether,
    documents,
  };
};
