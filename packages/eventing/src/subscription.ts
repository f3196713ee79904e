import {
  type ConsumerMessages,
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  type JsMsg,
} from '@nats-io/jetstream';
import { catalogue, type EventData, type EventName } from '@umuhuza/contracts/catalogue';
import { type EventDeclaration, envelope } from '@umuhuza/contracts/event';
import { consumerOf, maxAckPending, maxTries, retryDelays } from '@umuhuza/nats/streams';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { EventCause } from './cause.ts';
import type { DeadLetters } from './deadLetters.ts';
import { keyedQueue } from './keyedQueue.ts';

/** A public event as a reaction gets it: what it says, and itself as the cause of what follows. */
export type Heard<Name extends EventName = EventName> = {
  readonly name: Name;
  readonly data: EventData<Name>;
  /** The aggregate it is about. */
  readonly subject: string;
  /** Its place among the public events of that aggregate. */
  readonly sequence: number;
  readonly time: string;
  readonly cause: EventCause;
};

/**
 * What a service does when it hears an event. Settling means: done, refused or seen before. Throwing means: not now, try again.
 * The order of arrival is only kept within an aggregate, and not across a retry.
 */
export type Reaction<Name extends EventName> = (event: Heard<Name>) => Promise<unknown>;
export type Reactions = { readonly [Name in EventName]?: Reaction<Name> };

export type Subscription = { readonly stop: () => Promise<void> };

export type SubscribeOptions = {
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  readonly subscriber: string;
  readonly stream: string;
  readonly reactions: Reactions;
  readonly deadLetters: DeadLetters;
  readonly logger: Logger;
  /** RFC 3339 UTC. */
  readonly clock: () => string;
};

class Malformed extends Error {
  override readonly name = 'Malformed';
}

const noSuchThing = (error: unknown): boolean => error instanceof JetStreamApiError && error.status === 404;

/** Hears one stream with the service's own durable consumer until it is stopped; survives a broker that goes away. */
export const subscribeStream = (options: SubscribeOptions): Subscription => {
  const { js, jsm, subscriber, stream, reactions, deadLetters, logger, clock } = options;
  const inOrder = keyedQueue();
  const underWay = new Set<Promise<void>>();
  let stopped = false;
  let messages: ConsumerMessages | undefined;
  let wake: () => void = () => undefined;

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const hear = async (message: JsMsg): Promise<void> => {
    let working: NodeJS.Timeout | undefined;
    try {
      const event = read(message, clock());
      const reaction = event && (reactions[event.name] as Reaction<EventName> | undefined);
      if (reaction) {
        working = setInterval(() => message.working(), 10_000);
        await reaction(event);
      }
      message.ack();
    } catch (error) {
      await refuse(message, error);
    } finally {
      clearInterval(working);
    }
  };

  const refuse = async (message: JsMsg, error: unknown) => {
    const tries = message.info.deliveryCount;
    const about = { err: error, subject: message.subject, streamSequence: message.seq, tries };
    if (!(error instanceof Malformed) && tries < maxTries) {
      const delay = retryDelays[Math.min(tries, retryDelays.length) - 1] ?? retryDelays[0];
      logger.warn({ ...about, delay }, 'an event could not be handled; it comes again');
      message.nak(delay);
      return;
    }
    try {
      await deadLetters.keep({
        _id: `${stream}-${message.seq}`,
        stream,
        streamSequence: message.seq,
        subject: message.subject,
        payload: Buffer.from(message.data),
        error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
        tries,
        at: new Date(clock()),
      });
      logger.error(about, 'an event was put to the dead letters');
      message.ack();
    } catch (failure) {
      logger.warn({ ...about, failure }, 'a dead letter could not be kept; the event comes again');
      message.nak(retryDelays[0]);
    }
  };

  const listen = async () => {
    messages = await (await js.consumers.get(stream, subscriber)).consume({ max_messages: maxAckPending / 2 });
    if (stopped) return messages.stop();
    for await (const message of messages) {
      const handled: Promise<void> = inOrder(aggregateOf(message.subject), () => hear(message)).finally(() =>
        underWay.delete(handled),
      );
      underWay.add(handled);
      if (stopped) break;
    }
  };

  const listening = (async () => {
    let told = false;
    while (!stopped) {
      try {
        await ensureConsumer(jsm, subscriber, stream);
        await listen();
      } catch (error) {
        if (!stopped && !told)
          logger.info({ err: noSuchThing(error) ? undefined : error, stream }, `waiting for the stream ${stream}`);
        told = true;
        await pause(250);
      }
    }
  })();

  return {
    stop: async () => {
      stopped = true;
      wake();
      messages?.stop();
      await listening;
      await Promise.all(underWay);
    },
  };
};

/** Makes the durable consumer, or brings an older one up to its declaration without losing its place. */
const ensureConsumer = async (jsm: JetStreamManager, subscriber: string, stream: string): Promise<void> => {
  const declared = consumerOf(subscriber, stream);
  try {
    const { config } = await jsm.consumers.info(stream, subscriber);
    const differs = (['ack_wait', 'max_deliver', 'max_ack_pending', 'filter_subject'] as const).some(
      (key) => config[key] !== declared[key],
    );
    if (differs) await jsm.consumers.update(stream, subscriber, declared);
  } catch (error) {
    if (!noSuchThing(error)) throw error;
    await jsm.consumers.add(stream, declared);
  }
};

/** `tenders.TenderPublished.<id>` → `<id>` */
const aggregateOf = (subject: string): string => subject.slice(subject.lastIndexOf('.') + 1);

/** The message as an event of the catalogue, undefined when it is one this version does not know; `Malformed` when it is none. */
const read = (message: JsMsg, at: string): Heard | undefined => {
  let raw: unknown;
  try {
    raw = message.json();
  } catch (error) {
    throw new Malformed('it is not JSON', { cause: error });
  }
  const parsed = envelope.safeParse(raw);
  if (!parsed.success) throw new Malformed(`it is no CloudEvent of ours: ${z.prettifyError(parsed.error)}`);
  const told = parsed.data;

  const [, service = '', type = '', version = ''] = /^umuhuza\.([a-z]+)\.([A-Za-z]+)\.v(\d+)$/.exec(told.type) ?? [];
  if (message.subject !== `${service}.${type}.${told.subject}`)
    throw new Malformed(`its type ${told.type} does not belong on ${message.subject}`);
  const declaration = declarationOf(service, type);
  if (declaration?.version !== Number(version)) return undefined;
  const data = declaration.data.safeParse(told.data);
  if (!data.success) throw new Malformed(`its data is not that of ${told.type}: ${z.prettifyError(data.error)}`);
  return {
    name: `${service}.${type}` as EventName,
    data: data.data as EventData<EventName>,
    subject: told.subject,
    sequence: told.sequence,
    time: told.time,
    cause: {
      kind: 'event',
      id: told.id,
      aggregate: `${service}/${told.subject}`,
      sequence: told.sequence,
      correlationId: told.correlationid,
      actor: 'platform',
      at,
      ...(told.traceparent === undefined ? {} : { traceparent: told.traceparent }),
    },
  };
};

const declarationOf = (service: string, type: string): EventDeclaration | undefined =>
  (catalogue as Readonly<Record<string, Readonly<Record<string, EventDeclaration>>>>)[service]?.[type];
