import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ConsumerInfo, type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { type Envelope, envelope } from '@umuhuza/contracts/event';
import type { RunningSystem } from '@umuhuza/local/system';
import { wakeWritersOfClosedSockets } from '@umuhuza/service/closedSockets';
import mongoose from 'mongoose';
import { postRingOf } from '../postRing.ts';
import type { Document, History, Message, Poison, Stream } from './history.ts';
import { unsealed } from './unseal.ts';

/** What is looked at: the services that keep documents. */
const services = ['identity', 'profiles', 'matching', 'sandbox', 'tenders', 'notifications'];

/** As long as what is compared after a while, at most, must not change by itself. */
const soon = { minutes: 2 };

/** Eyes on the whole system that are none of its services: the databases by the driver, the streams as the operator. */
export type Eyes = {
  /** By service, as it speaks on the bus. */
  readonly natsPasswords: Readonly<Record<string, string>>;
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  readonly consumers: () => Promise<ConsumerInfo[]>;
  /** Events that still wait in an outbox. */
  readonly waiting: () => Promise<number>;
  /** Events that failed and wait for their next try. */
  readonly parked: () => Promise<number>;
  /**
   * What only the clock ends: reservations and moves that are settled by whoever is still there, slots that begin and tenders that close within
   * the next minutes, and tenders that are closed and not opened yet or have something left over to be deleted.
   */
  readonly settling: () => Promise<number>;
  /** Removes a collection from a service's database, as an operator would to have it rebuilt. */
  readonly drop: (service: string, collection: string) => Promise<void>;
  readonly look: (told: Pick<History, 'commands' | 'poisons'>) => Promise<History>;
  readonly close: () => Promise<void>;
};

type Secrets = { readonly nats: Record<string, string>; readonly postKeys: Record<string, string> };
const secretsOf = async ({ dataDir }: RunningSystem): Promise<Secrets> =>
  JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8')) as Secrets;

const connectOperator = (servers: string, pass = ''): Promise<NatsConnection> =>
  connect({
    ...{ servers, user: 'operator', pass, waitOnFirstConnect: true },
    ...{ maxReconnectAttempts: -1, reconnectTimeWait: 100, ignoreAuthErrorAbort: true },
  });

export const openEyes = async (system: RunningSystem): Promise<Eyes> => {
  const { nats: natsPasswords, postKeys } = await secretsOf(system);
  const nats = await connectOperator(system.natsUrl, natsPasswords.operator);
  const js = jetstream(nats);
  const jsm = await jetstreamManager(nats, { checkAPI: false });
  // The database is killed under this reader, too.
  const wakeNobodyMore = wakeWritersOfClosedSockets();
  const mongo = new mongoose.mongo.MongoClient(system.mongodbUrl, { serverSelectionTimeoutMS: 2_000 });
  const databaseOf = (service: string) => mongo.db(`umuhuza_${service}`);

  const streamNames = async (): Promise<string[]> => {
    const names: string[] = [];
    for await (const { config } of jsm.streams.list()) names.push(config.name);
    return names;
  };
  const consumersOf = async (stream: string): Promise<ConsumerInfo[]> => {
    const found: ConsumerInfo[] = [];
    // Those without a durable name are readers like this one.
    for await (const info of jsm.consumers.list(stream)) if (info.config.durable_name) found.push(info);
    return found;
  };

  const collectionsOf = async (service: string): Promise<string[]> =>
    (await databaseOf(service).listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);

  const readStream = async (name: string, poisons: readonly Poison[]): Promise<Stream> => {
    const subscribers = (await consumersOf(name)).map(({ config }) => config.durable_name ?? '').sort();
    const messages: Message[] = [];
    const { state } = await jsm.streams.info(name);
    if (state.messages > 0) {
      const consumer = await js.consumers.get(name, { deliver_policy: 'all' });
      const iterator = await consumer.consume({ max_messages: 1_000 });
      for await (const { seq, subject, data } of iterator) {
        messages.push(readMessage(seq, subject, Buffer.from(data).toString('utf8'), poisons));
        if (seq >= state.last_seq) break;
      }
      iterator.stop();
    }
    return { name, subscribers, messages };
  };

  const count = async (filter: mongoose.mongo.Filter<mongoose.mongo.BSON.Document>): Promise<number> => {
    let sum = 0;
    for (const service of services)
      for (const name of await collectionsOf(service)) sum += await databaseOf(service).collection(name).countDocuments(filter);
    return sum;
  };

  return {
    natsPasswords,
    js,
    jsm,
    consumers: async () => (await Promise.all((await streamNames()).map(consumersOf))).flat(),
    waiting: () => count({ 'outbox.id': { $gt: '' } }),
    settling: async () => {
      const by = Temporal.Now.instant().add(soon).toString({ fractionalSecondDigits: 3 });
      const tenders = [
        { 'lookup.leftovers': true },
        { 'lookup.status': 'published', 'lookup.deadline': { $lte: by } },
        { 'lookup.status': 'closed', 'lookup.openQuestions': 0 },
      ];
      const waits = await Promise.all([
        count({ 'lookup.settleAt': { $gt: '' } }),
        databaseOf('sandbox')
          .collection('slots')
          .countDocuments({ 'lookup.due': { $lte: by } }),
        databaseOf('tenders').collection('tenders').countDocuments({ $or: tenders }),
      ]);
      return waits.reduce((sum, n) => sum + n, 0);
    },
    parked: async () => {
      let sum = 0;
      for (const service of services) sum += await databaseOf(service).collection('parkedEvents').countDocuments();
      return sum;
    },
    drop: async (service, collection) => {
      await databaseOf(service).dropCollection(collection);
    },
    look: async ({ commands, poisons }) => {
      const databases: Record<string, Record<string, Document[]>> = {};
      for (const service of services) {
        databases[service] = {};
        for (const name of await collectionsOf(service)) {
          const documents = await databaseOf(service).collection(name).find({}, { promoteBuffers: true }).toArray();
          // What only remembers a refusal in the place of an aggregate that never came to be is none.
          databases[service][name] = documents.filter(({ absentUntil }) => absentUntil === undefined).map(readDocument);
        }
      }
      const streams = await Promise.all((await streamNames()).map((name) => readStream(name, poisons)));
      return unsealed({ commands, poisons, databases, streams }, postRingOf(postKeys));
    },
    close: async () => {
      await mongo.close();
      wakeNobodyMore();
      await nats.close();
    },
  };
};

const readDocument = (document: mongoose.mongo.BSON.Document): Document => ({
  ...document,
  _id: String(document._id),
  ...(Buffer.isBuffer(document.payload) ? { payload: document.payload.toString('utf8') } : {}),
});

const readMessage = (seq: number, subject: string, text: string, poisons: readonly Poison[]): Message => {
  const mark = /poison-\d+-/.exec(text)?.[0];
  const poison = mark === undefined ? undefined : poisons.find((one) => one.mark === mark);
  if (poison) return { seq, subject, text, poison };
  const parsed = envelope.safeParse(JSON.parse(text));
  return { seq, subject, text, ...(parsed.success ? { envelope: parsed.data as Envelope } : {}) };
};
