import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, errors, type NatsConnection } from '@nats-io/transport-node';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { DeadLetters } from './deadLetters.ts';
import { ensureStream } from './declare.ts';
import type { Reactions } from './hear.ts';
import type { EventingMetrics } from './metrics.ts';
import type { Outbox } from './outbox.ts';
import { type Relay, startRelay } from './relay.ts';
import { replayAsked, retryParked } from './replay.ts';
import { keepStream, type StreamKeeper } from './streamKeeper.ts';
import { type StreamSubscription, type Subscription, subscribeStream } from './subscription.ts';

export type BusOptions = {
  /** The service: its NATS user, its stream, and its name as a subscriber. */
  readonly service: string;
  readonly url: string;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly logger: Logger;
  /** RFC 3339 UTC. */
  readonly clock: () => string;
  /** Where the bus tells how much waits. */
  readonly registry?: Registry;
  /** Milliseconds between questions to the broker whether it is there; after two without an answer the connection is another one. */
  readonly pingEvery?: number;
};

export type Bus = {
  /** Sends this outbox's events from now on. */
  readonly relay: (outbox: Outbox) => Relay;
  /** One durable consumer for each stream that the reactions name. */
  readonly subscribe: (reactions: Reactions, deadLetters: DeadLetters) => Subscription;
  readonly isConnected: () => boolean;
  readonly stop: () => Promise<void>;
};

/** The broker cannot be reached; the message says where it was looked for and what to do. */
export class BrokerUnreachable extends Error {
  override readonly name: string = 'BrokerUnreachable';
}

/** It is there, and does not let this user in: waiting would not mend that. */
export class BrokerRefuses extends BrokerUnreachable {
  override readonly name = 'BrokerRefuses';
}

/** A bus to a broker that is there; the service's own stream is as declared. Reconnects for ever. */
export const openBus = async (
  { service, url, user, password, logger, clock, pingEvery = 5_000 }: BusOptions,
  metrics: EventingMetrics | undefined,
): Promise<Bus> => {
  const connection = await connectNats(service, url, user, password, pingEvery);
  const js = jetstream(connection);
  const jsm = await jetstreamManager(connection, { checkAPI: false });
  try {
    await ensureStream(jsm, service);
  } catch (error) {
    await connection.close();
    throw error;
  }
  const flush = () => connection.flush();
  const heard: StreamSubscription[] = [];
  let keeper: StreamKeeper | undefined;
  let connected = true;
  let refused = false;
  void (async () => {
    for await (const status of connection.status()) {
      const { type } = status;
      // Each try of those that follow is refused, too.
      if (type === 'error' && isRefusal(status.error) && !refused) {
        refused = true;
        logger.warn(
          { err: status.error },
          `NATS does not let ${service} in any more; it tries again. Set NATS_USER and NATS_PASSWORD to what the broker knows.`,
        );
      }
      if (type !== 'disconnect' && type !== 'reconnect') continue;
      logger.info({ nats: type }, `NATS: ${type}`);
      connected = type === 'reconnect';
      if (connected) {
        refused = false;
        keeper?.look();
        for (const subscription of heard) subscription.look();
      } else {
        keeper?.doubt();
        for (const subscription of heard) subscription.doubt();
      }
    }
  })();

  return {
    relay: (outbox) => {
      const { sentEvents, refills } = outbox;
      keeper ??= keepStream({ service, js, jsm, flush, sentEvents, refills, logger, clock });
      return startRelay(outbox, { publish: keeper.publish, logger });
    },
    subscribe: (reactions, deadLetters) => {
      const streams = new Set(Object.keys(reactions).map((name) => name.slice(0, name.indexOf('.')).toUpperCase()));
      const subscriptions = [...streams].map((stream) =>
        subscribeStream({ js, jsm, flush, subscriber: service, stream, reactions, deadLetters, logger, clock }),
      );
      heard.push(...subscriptions);
      logger.info({ hears: Object.keys(reactions) }, 'subscribed');
      for (const { stream, lag } of subscriptions)
        metrics?.subscription({ stream, events: () => (connected ? lag() : Promise.reject(new Error('the broker is away'))) });
      const replaying = [replayAsked, retryParked].map((hear) => hear(deadLetters, subscriptions, logger, clock));
      return {
        stop: async () => {
          await Promise.all([...replaying, ...subscriptions].map((part) => part.stop()));
        },
      };
    },
    isConnected: () => connected,
    stop: async () => {
      await keeper?.stop();
      await connection.drain();
    },
  };
};

const connectNats = async (
  service: string,
  url: string,
  user: string | undefined,
  password: string | undefined,
  pingInterval: number,
): Promise<NatsConnection> => {
  try {
    return await connect({
      servers: url.split(','),
      name: service,
      inboxPrefix: `_INBOX.${service}`,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      // Who is refused twice would else be closed for good, however long ago the first time was: a service that was not let in is let in
      // once its password is right, or once it gets to say its name in time.
      ignoreAuthErrorAbort: true,
      // A line that is dead without having ended is found by asking alone; until then nothing is acknowledged over it.
      ...{ pingInterval, maxPingOut: 2 },
      ...(user === undefined ? {} : { user, pass: password ?? '' }),
    });
  } catch (error) {
    const Failure = isRefusal(error) ? BrokerRefuses : BrokerUnreachable;
    throw new Failure(
      `NATS cannot be reached at ${url} (${error instanceof Error ? error.message : String(error)}). Start it, or set NATS_URL, NATS_USER and NATS_PASSWORD.`,
      { cause: error },
    );
  }
};

/** The broker knows nobody of this name and password. Who only was too slow to say them may say them again. */
const isRefusal = (error: unknown): boolean =>
  error instanceof errors.AuthorizationError && !/authentication timeout/i.test(error.message);
