import { idFrom } from '@umuhuza/eventing/cause';
import { failpoint } from '@umuhuza/eventing/failpoints';
import mongoose, { type Connection, type IndexDefinition, type Model } from 'mongoose';
import type { Telling, Tellings } from './tellings.ts';

export const openMongoTellings = async (connection: Connection): Promise<Tellings> => {
  const audiences = await openOnce<{ organisations: readonly string[] }>(connection, 'audiences');
  const tellings = await openOnce<Telling>(connection, 'tellings', { about: 1, kind: 1 });
  return {
    organisations: async (eventId, settle) =>
      (await audiences.settle(idFrom({ id: eventId }), async () => ({ organisations: await settle() }))).organisations,
    people: async (eventId, organisation, settle) =>
      (await tellings.settle(idFrom({ id: eventId }, organisation), settle)).people,
    toldOf: async (about, kinds) => tellings.documents.distinct('organisation', { about, kind: { $in: kinds } }),
  };
};

/** Documents that are written once and never change. */
const openOnce = async <Shape extends object>(connection: Connection, name: string, index?: IndexDefinition) => {
  const schema = new mongoose.Schema(
    { _id: { type: String, required: true } },
    { strict: false, versionKey: false, minimize: false, autoIndex: false, autoCreate: false },
  );
  if (index) schema.index(index);
  const documents = connection.model(name, schema, name) as unknown as Model<Shape & { _id: string }>;
  await documents.createIndexes();
  const find = (id: string) => documents.collection.findOne({ _id: id } as never) as unknown as Promise<Shape | null>;

  const settle = async (id: string, compute: () => Promise<Shape>): Promise<Shape> => {
    const settled = await find(id);
    if (settled) return settled;
    const computed = await compute();
    try {
      await failpoint('beforeSettle');
      await documents.collection.insertOne({ ...computed, _id: id } as never);
      await failpoint('afterSettle');
      return computed;
    } catch (error) {
      // Another replica was first; what it settled counts.
      const first = error instanceof mongoose.mongo.MongoServerError && error.code === 11000 ? await find(id) : null;
      if (first) return first;
      throw error;
    }
  };
  return { settle, documents };
};
