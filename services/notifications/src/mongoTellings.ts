import { idFrom } from '@umuhuza/eventing/cause';
import { failpoint } from '@umuhuza/eventing/failpoints';
import { aboutAudience, type ReaderSeal } from '@umuhuza/service/sealing/readerSeal';
import mongoose, { type Connection, type IndexDefinition, type Model } from 'mongoose';
import { z } from 'zod';
import type { Telling, Tellings } from './tellings.ts';

/** Bytes: of some fifty organisations, and of some hundred people of one. */
const audienceLength = 4_096;
const peopleLength = 4_096;
const ends = ['tender-cancelled', 'tender-unsuccessful'] as const;
const sealedAudience = z.array(z.tuple([z.string(), z.int()]));

export const openMongoTellings = async (connection: Connection, { mark, seal, open }: ReaderSeal): Promise<Tellings> => {
  const audiences = await openOnce<{ organisations: readonly string[]; sealed?: string }>(connection, 'audiences');
  const tellings = await openOnce<Telling | { sealed: string }>(connection, 'tellings', { about: 1, kind: 1 });
  const turns = await openOnce<{ about: string; isOver?: boolean; deadline?: string }>(connection, 'turns', { about: 1 });
  const toldOf: Tellings['toldOf'] = async (about, kinds) =>
    (await tellings.documents.distinct('organisation', { about, kind: { $in: kinds } })).map(String);
  return {
    audience: async (eventId, settle) => {
      const id = idFrom({ id: eventId });
      const about = aboutAudience(id);
      const { organisations, sealed } = await audiences.settle(id, async () => {
        const { organisations, sealed } = await settle();
        return { organisations, ...(sealed ? { sealed: seal(about, sealed, audienceLength) } : {}) };
      });
      return { organisations, ...(sealed === undefined ? {} : { sealed: sealedAudience.parse(open(about, sealed)) }) };
    },
    people: async (eventId, organisation, settle) => {
      const settled = await tellings.settle(idFrom({ id: eventId }, organisation), settle);
      if ('sealed' in settled) throw new Error('what is told openly is settled openly');
      return settled.people;
    },
    sealedPeople: async (eventId, organisation, settle) => {
      const about = ['people', eventId, organisation];
      const settled = await tellings.settle(mark(...about), async () => ({ sealed: seal(about, await settle(), peopleLength) }));
      if (!('sealed' in settled)) throw new Error('what is told sealed is settled sealed');
      return z.array(z.string()).parse(open(about, settled.sealed));
    },
    note: async (eventId, about, becomes) => {
      await turns.settle(idFrom({ id: eventId }), async () => ({
        about,
        ...(becomes === 'over' ? { isOver: true } : { deadline: becomes.deadline }),
      }));
    },
    tenderNow: async (about) => {
      const noted = await turns.documents.find({ about }).lean();
      const deadlines = noted.flatMap(({ deadline = [] }) => deadline);
      return {
        // What an earlier version told was not noted.
        isOver: noted.some(({ isOver }) => isOver) || (await toldOf(about, ends)).length > 0,
        deadline: deadlines.toSorted(Temporal.Instant.compare).at(-1),
      };
    },
    toldOf,
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
