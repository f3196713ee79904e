import type { JsMsg } from '@nats-io/jetstream';
import { catalogue, type EventData, type EventName } from '@umuhuza/contracts/catalogue';
import { type EventDeclaration, envelope } from '@umuhuza/contracts/event';
import { maxTries, retryDelays } from '@umuhuza/nats/streams';
import mongoose from 'mongoose';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { EventCause } from './cause.ts';
import { type DeadLetter, type DeadLetters, letterId } from './deadLetters.ts';
import { failpoint } from './failpoints.ts';

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

export type HearOptions = {
  readonly stream: string;
  readonly reactions: Reactions;
  readonly deadLetters: DeadLetters;
  readonly logger: Logger;
  /** RFC 3339 UTC. */
  readonly clock: () => string;
};

/** What hearing needs of a JetStream message. */
export type Message = Pick<JsMsg, 'ack' | 'nak' | 'working' | 'json' | 'data' | 'seq' | 'subject'> & {
  readonly info: Pick<JsMsg['info'], 'deliveryCount'>;
};

/** Its database is away: no fault of the message, which waits for as long as that lasts. */
const isOutage = (error: unknown): boolean =>
  error instanceof mongoose.mongo.MongoNetworkError || error instanceof mongoose.mongo.MongoServerSelectionError;

class Malformed extends Error {
  override readonly name = 'Malformed';
}

/** How often JetStream is told that a long reaction still works, in milliseconds; well below its `ack_wait` of thirty seconds. */
const stillWorkingEvery = 10_000;

/**
 * Hears one message, and decides the only three ways it can end. Done, refused or seen before: `ack`. Malformed, or thrown at the
 * last try: a dead letter, then `ack`. Thrown: `nak` with a growing delay.
 */
export const hearWith = ({
  stream,
  reactions,
  deadLetters,
  logger,
  clock,
}: HearOptions): ((message: Message) => Promise<void>) => {
  const hear = async (message: Message): Promise<void> => {
    let working: NodeJS.Timeout | undefined;
    try {
      working = setInterval(() => message.working(), stillWorkingEvery);
      await failpoint('beforeApply');
      await react(reactions, message, clock());
      await failpoint('afterApply');
      thrown.delete(message.seq);
      await failpoint('beforeAckMessage');
      message.ack();
    } catch (error) {
      await refuse(message, error);
    } finally {
      clearInterval(working);
    }
  };

  /** How often each message has thrown here. Deliveries count for nothing: every restart of the broker or of a service adds some. */
  const thrown = new Map<number, number>();

  const refuse = async (message: Message, error: unknown) => {
    if (isOutage(error)) {
      logger.warn({ err: error, subject: message.subject }, 'the database is away; the event comes again');
      message.nak(retryDelays[0]);
      return;
    }
    const tries = (thrown.get(message.seq) ?? 0) + 1;
    thrown.set(message.seq, tries);
    const about = { err: error, subject: message.subject, streamSequence: message.seq, tries };
    if (!(error instanceof Malformed) && tries < maxTries) {
      const delay = retryDelays[Math.min(tries, retryDelays.length) - 1] ?? retryDelays[0];
      logger.warn({ ...about, delay }, 'an event could not be handled; it comes again');
      message.nak(delay);
      return;
    }
    try {
      await deadLetters.keep({
        _id: letterId(stream, message.seq, message.data),
        stream,
        streamSequence: message.seq,
        subject: message.subject,
        payload: Buffer.from(message.data),
        error: inWords(error),
        tries,
        at: new Date(clock()),
      });
      logger.error(about, 'an event was put to the dead letters');
      thrown.delete(message.seq);
      message.ack();
    } catch (failure) {
      logger.warn({ ...about, failure }, 'a dead letter could not be kept; the event comes again');
      message.nak(retryDelays[0]);
    }
  };

  return hear;
};

/**
 * Hears a dead letter again, just as the message was heard: with success it is gone, otherwise it is a dead letter again, with the
 * newer error and one more try. Throws only when the letter itself cannot be dropped or kept.
 */
export const hearAgainWith = ({
  reactions,
  deadLetters,
  logger,
  clock,
}: HearOptions): ((letter: DeadLetter) => Promise<void>) => {
  return async (letter) => {
    const about = { letter: letter._id, subject: letter.subject };
    try {
      const { subject, payload } = letter;
      await react(reactions, { subject, json: <T>() => JSON.parse(payload.toString()) as T }, clock());
    } catch (error) {
      await deadLetters.keep({ ...letter, error: inWords(error), tries: letter.tries + 1, at: new Date(clock()) });
      logger.error({ ...about, err: error }, 'a dead letter failed again');
      return;
    }
    await deadLetters.drop(letter._id);
    logger.info(about, 'a dead letter was heard');
  };
};

const inWords = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));

const react = async (reactions: Reactions, message: Pick<Message, 'json' | 'subject'>, at: string): Promise<void> => {
  const event = read(message, at);
  const reaction = event && (reactions[event.name] as Reaction<EventName> | undefined);
  if (reaction) await reaction(event);
};

/** The message as an event of the catalogue, undefined when it is one this version does not know; `Malformed` when it is none. */
const read = (message: Pick<Message, 'json' | 'subject'>, at: string): Heard | undefined => {
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
