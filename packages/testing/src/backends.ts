import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { EventData, EventName } from '@umuhuza/contracts/catalogue';
import { type Envelope, envelope } from '@umuhuza/contracts/event';
import { streamOf } from '@umuhuza/nats/streams';
import mongoose from 'mongoose';
import { inject } from 'vitest';
import { envelopesOf } from './envelopes.ts';
import { accounts, accountUser } from './natsAccounts.ts';

/** One test file's place in the run's MongoDB and NATS: databases of its own, and an account of its own with its own streams. */
export type Leased = {
  readonly mongoUrl: string;
  /** The name of a database for this service, this file's own. */
  readonly databaseOf: (service: string) => string;
  readonly nats: { readonly url: string; readonly user: string; readonly password: string };
  /** Says an event as another service would, on its stream (made when missing); gives back the envelope. */
  readonly say: <Name extends EventName>(
    name: Name,
    subject: string,
    data: EventData<Name>,
    more?: { sequence?: number; id?: string },
  ) => Promise<Envelope>;
  /** Publishes raw bytes on a subject of a service's stream, for malformed messages. */
  readonly sayRaw: (service: string, subject: string, payload: string | Uint8Array) => Promise<void>;
  /** All that a service has said so far, in the order of its stream. */
  readonly heardFrom: (service: string) => Promise<Envelope[]>;
  /** Forgets a service's place on a stream, so that its next start hears all of it again. */
  readonly forgetPlace: (subscriber: string, service: string) => Promise<void>;
  readonly end: () => Promise<void>;
};

export const leaseBackends = async (): Promise<Leased> => {
  const mongoUrl = inject('mongoUrl');
  const mongo = await mongoose.createConnection(mongoUrl, { dbName: 'umuhuza_test_leases' }).asPromise();
  const lease = await mongo
    .collection<{ _id: string; n: number }>('leases')
    .findOneAndUpdate({ _id: 'next' }, { $inc: { n: 1 } }, { upsert: true, returnDocument: 'after' });
  const n = (lease?.n ?? 1) - 1;
  if (n >= accounts) throw new Error(`a run has ${accounts} leases; raise the number in natsAccounts.ts`);

  const nats = { url: inject('natsUrl'), ...accountUser(n) };
  const connection = await connect({ servers: nats.url, user: nats.user, pass: nats.password });
  const js = jetstream(connection);
  const jsm = await jetstreamManager(connection);
  const databases = new Set<string>();
  const envelopeFor = envelopesOf();
  /** What was read of each stream before, by its place there: specs ask again and again until something has come. */
  const heard = new Map<string, { readonly created: string; readonly said: Map<number, Envelope> }>();

  const ensure = async (service: string) => {
    await jsm.streams.add(streamOf(service));
  };

  return {
    mongoUrl,
    databaseOf: (service) => {
      const database = `umuhuza_t${n}_${service}`;
      databases.add(database);
      return database;
    },
    nats,
    say: async (name, subject, data, more = {}) => {
      await ensure(name.slice(0, name.indexOf('.')));
      const said = envelopeFor(name, subject, data, more);
      await js.publish(`${name}.${subject}`, JSON.stringify(said));
      return said;
    },
    sayRaw: async (service, subject, payload) => {
      await ensure(service);
      await js.publish(subject, payload);
    },
    heardFrom: async (service) => {
      const stream = service.toUpperCase();
      await ensure(service);
      const { state, created } = await jsm.streams.info(stream);
      // A stream that was made anew counts from the beginning again.
      const before = heard.get(stream);
      const known = before?.created === created ? before.said : new Map<number, Envelope>();
      heard.set(stream, { created, said: known });
      const said: Envelope[] = [];
      for (let seq = state.first_seq; seq <= state.last_seq && state.messages > 0; seq++) {
        const message = known.has(seq) ? undefined : await jsm.streams.getMessage(stream, { seq });
        if (message) known.set(seq, envelope.parse(message.json()));
        const one = known.get(seq);
        if (one) said.push(one);
      }
      return said;
    },
    forgetPlace: async (subscriber, service) => {
      await jsm.consumers.delete(service.toUpperCase(), subscriber);
    },
    end: async () => {
      await connection.drain();
      for (const database of databases) await mongo.useDb(database).dropDatabase();
      await mongo.close();
    },
  };
};
