import { setTimeout as delay } from 'node:timers/promises';
import { type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { EventData, EventName } from '@umuhuza/contracts/catalogue';
import { type Envelope, envelope } from '@umuhuza/contracts/event';
import { isMissing } from '@umuhuza/eventing/declare';
import type { Secrets } from '@umuhuza/local/secrets';
import { streamOf } from '@umuhuza/nats/streams';
import type { KeyRing } from '@umuhuza/service/sealing/keyRing';
import { clientOf, type Reply } from '@umuhuza/testing/client';
import { envelopesOf } from '@umuhuza/testing/envelopes';
import type { TokenFor } from '@umuhuza/testing/issuer';
import mongoose from 'mongoose';
import { postRingOf } from '../postRing.ts';
import { type Life, type Lives, livesOf } from './life.ts';
import type { Place } from './place.ts';

/** A company that asks something of a service. */
export type Asker = { readonly organisation: string; readonly country: 'DE' | 'RW' };

export const userOf = (organisation: string): string => `user-of-${organisation}`;

export type Answer = Pick<Reply, 'status' | 'body'>;

/** What a client asks, again and again under the same key until it is answered. */
export type Order = {
  readonly by: Asker;
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** A file, in place of a body. */
  readonly file?: string;
};

export type Asked = Pick<Order, 'method' | 'path'>;

export type Document = { readonly _id: unknown } & Readonly<Record<string, unknown>>;

/** One service at a place of its own, with everything around it that is not the service. */
export type Stage = {
  readonly service: string;
  readonly life: () => Life;
  readonly lives: Lives;
  /** By these tenders names the owners of sealed bids. */
  readonly postKeys: KeyRing;
  /** Says an event as another service would. */
  readonly say: <Name extends EventName>(name: Name, subject: string, data: EventData<Name>, sequence?: number) => Promise<void>;
  readonly ask: (key: string, order: Order) => Promise<Answer>;
  /** Says that a client of another kind asks this. */
  readonly note: (asked: Asked) => void;
  /** What was asked since the last call. */
  readonly asked: () => Asked[];
  readonly get: (by: Asker, path: string) => Promise<Answer>;
  /** Waits until nothing waits in an outbox or before a consumer, and no mail is due. */
  readonly quiet: () => Promise<void>;
  /** What was delivered and not acknowledged comes again at once, not only when its time is over. */
  readonly redeliver: () => Promise<void>;
  readonly documents: () => Promise<Readonly<Record<string, readonly Document[]>>>;
  readonly said: () => Promise<readonly Envelope[]>;
  readonly consumers: () => Promise<readonly { readonly stream: string; readonly pending: number; readonly behind: number }[]>;
  readonly database: mongoose.mongo.Db;
  /** What only the service and who runs it know. */
  readonly secrets: Secrets;
  readonly close: () => Promise<void>;
};

/** A life has several waves, and who asked in the first waits for the last of them; in milliseconds. */
const patience = 300_000;
const askEvery = 100;
const lookEvery = 40;

export const openStage = async (
  service: string,
  place: Place,
  isAtRest: (stage: Pick<Stage, 'database'>) => Promise<boolean> = async () => true,
): Promise<Stage> => {
  const { mongoUrl, nats } = place;
  const connection = await connect({ servers: nats.url, user: nats.user, pass: nats.password });
  const js = jetstream(connection);
  const jsm = await jetstreamManager(connection);
  const mongo = new mongoose.mongo.MongoClient(mongoUrl);
  const database = mongo.db(`umuhuza_${service}`);
  const envelopeFor = envelopesOf();
  const lives = await livesOf(service, place);

  let asked: Asked[] = [];
  const note = (one: Asked): void => {
    asked.push(one);
  };

  const ask = async (key: string, { by, method, path, body, file }: Order): Promise<Answer> => {
    note({ method, path });
    const token = await tokenOf(place.tokenFor, by);
    const until = Date.now() + patience;
    for (;;) {
      try {
        const reply = await clientOf(lives.url, token)(method, path, {
          ...(body === undefined ? {} : { body }),
          ...(file === undefined ? {} : { raw: file }),
          headers: {
            'idempotency-key': key,
            'x-request-id': requestIdOf(key),
            ...(file === undefined ? {} : { 'content-type': 'application/octet-stream' }),
          },
        });
        if (reply.status < 500) return { status: reply.status, body: reply.body };
        if (Date.now() > until) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
      } catch (error) {
        // The process died before it could answer: the client asks again.
        if (!(error instanceof TypeError) || Date.now() > until) throw error;
      }
      await delay(askEvery);
      await lives.running();
    }
  };

  const collections = async () => (await database.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
  let books: Promise<string[]> | undefined;

  /** A stream that came into being a moment ago is not heard yet; nothing said on it must be overlooked. */
  const isHeard = (streams: readonly string[], heard: ReadonlySet<string>): boolean =>
    streams.every(
      (stream) =>
        heard.has(stream) ||
        !lives
          .life()
          .hears()
          .some((name) => name.startsWith(`${stream.toLowerCase()}.`)),
    );

  const isQuiet = async () => {
    const streams = await streamsOf(jsm);
    const consumers = await consumersOf(jsm, service, streams);
    if (consumers.some(({ pending }) => pending > 0)) return false;
    if (
      !isHeard(
        streams.map(({ stream }) => stream),
        new Set(consumers.map(({ stream }) => stream)),
      )
    )
      return false;
    if (await database.collection('parkedEvents').findOne({}, { projection: { _id: 1 } })) return false;
    books ??= collections();
    for (const name of await books)
      if (await database.collection(name).findOne({ 'outbox.id': { $gt: '' } }, { projection: { _id: 1 } })) return false;
    return isAtRest({ database });
  };

  const untilQuiet = async () => {
    const until = Date.now() + patience;
    for (let seen = 0; seen < 2; ) {
      seen = (await isQuiet()) ? seen + 1 : 0;
      if (Date.now() > until)
        throw new Error(
          `${service} did not come to rest: ${JSON.stringify(await consumersOf(jsm, service, await streamsOf(jsm)))}`,
        );
      await delay(lookEvery);
    }
  };
  // Those who ask while somebody looks wait together for the look that begins after it.
  let looking: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const quiet = (): Promise<void> => {
    next ??= looking
      // Those who waited for that look have heard that it failed.
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        looking = untilQuiet();
        return looking;
      });
    return next;
  };

  return {
    service,
    life: lives.life,
    lives,
    postKeys: postRingOf(place.secrets.postKeys),
    database,
    secrets: place.secrets,
    say: async (name, subject, data, sequence) => {
      await jsm.streams.add(streamOf(name.slice(0, name.indexOf('.'))));
      const said = envelopeFor(name, subject, data, sequence === undefined ? {} : { sequence });
      await js.publish(`${name}.${subject}`, JSON.stringify(said));
    },
    ask,
    note,
    asked: () => {
      const since = asked;
      asked = [];
      return since;
    },
    get: async (by, path) => clientOf(lives.url, await tokenOf(place.tokenFor, by))('GET', path),
    quiet,
    redeliver: async () => {
      for (const { stream } of await consumersOf(jsm, service, await streamsOf(jsm)))
        await jsm.consumers.update(stream, service, { ack_wait: 1_000_000 });
    },
    documents: async () => {
      const all: Record<string, Document[]> = {};
      for (const name of await collections()) all[name] = (await database.collection(name).find().toArray()) as Document[];
      return all;
    },
    said: async () => {
      const stream = service.toUpperCase();
      const { state } = await jsm.streams.info(stream);
      const said: Envelope[] = [];
      for (let seq = state.first_seq; seq <= state.last_seq && state.messages > 0; seq++) {
        const message = await jsm.streams.getMessage(stream, { seq });
        if (message) said.push(envelope.parse(message.json()));
      }
      return said;
    },
    consumers: async () => consumersOf(jsm, service, await streamsOf(jsm)),
    close: async () => {
      await lives.stop();
      await mongo.close();
      await connection.close();
    },
  };
};

const streamsOf = async (jsm: JetStreamManager) => {
  const found: { stream: string; last: number }[] = [];
  for await (const { config, state } of jsm.streams.list()) found.push({ stream: config.name, last: state.last_seq });
  return found;
};

/** The service's own place on each stream where it has one. */
const consumersOf = async (jsm: JetStreamManager, service: string, streams: Awaited<ReturnType<typeof streamsOf>>) => {
  const found = await Promise.all(
    streams.map(async ({ stream, last }) => {
      try {
        const { num_pending, num_ack_pending, ack_floor } = await jsm.consumers.info(stream, service);
        return [{ stream, pending: num_pending + num_ack_pending, behind: last - ack_floor.stream_seq }];
      } catch (error) {
        if (isMissing(error)) return [];
        throw error;
      }
    }),
  );
  return found.flat();
};

/** Seconds: longer than all deaths of a service, one case at a time. */
const tokenLasts = 4 * 3_600;
const tokens = new Map<string, Promise<string>>();
const tokenOf = (tokenFor: TokenFor, { organisation, country }: Asker): Promise<string> => {
  const token =
    tokens.get(organisation) ?? tokenFor({ user: userOf(organisation), organisation, country, role: 'owner', lasts: tokenLasts });
  tokens.set(organisation, token);
  return token;
};

const requestIdOf = (key: string): string =>
  key
    .replaceAll(/[^A-Za-z0-9-]/g, '-')
    .slice(0, 64)
    .padEnd(8, '-');
