import type { JsMsg } from '@nats-io/jetstream';
import { catalogue, type EventData, type EventName } from '@umuhuza/contracts/catalogue';
import { type EventDeclaration, envelope } from '@umuhuza/contracts/event';
import { maxTries, retryDelays } from '@umuhuza/nats/streams';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { EventCause } from './cause.ts';
import { type DeadLetter, type DeadLetters, letterId } from './deadLetters.ts';
import { failpoint } from './failpoints.ts';
import { isOutage } from './outage.ts';
import type { ParkedEvent } from './parkedEvents.ts';

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
 * One replica begins the events of an aggregate one after the other, as they arrive. That is all there is of order: replicas share one
 * consumer, so that two of them may hear two events of an aggregate at the same time and end in the other order, and what failed, or was held by
 * a replica that died, comes again behind what was newer. No reaction relies on it: a book applies each sequence once, in any order, and a
 * projection leaves out what is older than what it has.
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
  /** Milliseconds a reaction may take. */
  readonly settlesWithin?: number;
  /** Milliseconds within which a database that is there answers. */
  readonly answersWithin?: number;
};

/** What hearing needs of a JetStream message. */
export type Message = Pick<JsMsg, 'json' | 'data' | 'seq' | 'subject'> & {
  /** How often it was delivered, this time included. */
  readonly deliveries: number;
  readonly ack: () => void;
  readonly nak: (delay?: number) => void;
};

class Malformed extends Error {
  override readonly name = 'Malformed';
}

/** Milliseconds a reaction may take. One that does not settle must not keep its aggregate's later events, or its place, for ever. */
const settlesWithin = 120_000;

/** So many deliveries may end at an outage; the next one is parked, should the database answer for that. */
const outagesWaitedOut = 3;
/** Milliseconds in which the driver finds a database that is there again, once a connection to it has ended. */
const answersWithin = 1_000;
/** An outage is logged at most so often, in milliseconds. */
const outageToldEvery = 10_000;

/**
 * Hears one message, and decides the only three ways it can end. Done, refused or seen before: `ack`. Thrown: parked for its next
 * try, then `ack`, so that it is in nobody's way; malformed: a dead letter, then `ack`. The database away, also for keeping it: `nak`.
 */
export const hearWith = (options: HearOptions): ((message: Message) => Promise<void>) => {
  const { stream, deadLetters, logger, clock } = options;

  const hear = async (message: Message): Promise<void> => {
    try {
      await failpoint('beforeApply');
      await react(options, message);
      await failpoint('afterApply');
      await failpoint('beforeAckMessage');
      message.ack();
    } catch (error) {
      await putAside(message, error);
    }
  };

  const tellOutage = telling(clock, outageToldEvery);

  const putAside = async (message: Message, error: unknown) => {
    const outage = isOutage(error);
    if (outage) {
      tellOutage((since) => {
        const about = { err: error, subject: message.subject, deliveries: message.deliveries, outages: since };
        logger.warn(about, 'the database is away; the event comes again');
      });
      if (message.deliveries <= outagesWaitedOut) return message.nak(retryDelays[0]);
    }
    const about = { err: error, subject: message.subject, streamSequence: message.seq };
    const at = new Date(clock());
    // What the database did not answer is no fault of the event: no try of its is lost to it.
    const tries = outage ? 0 : 1;
    const letter = {
      _id: letterId(stream, message.seq, message.data),
      stream,
      streamSequence: message.seq,
      subject: message.subject,
      payload: Buffer.from(message.data),
      error: inWords(error),
      tries,
      at,
    };
    try {
      if (error instanceof Malformed) {
        await deadLetters.keep(letter);
        logger.error(about, 'an event was put to the dead letters');
      } else {
        await failpoint('beforePark');
        await deadLetters.parked.park({ ...letter, nextTryAt: nextTry(at, tries) });
        await failpoint('afterPark');
        logger.warn(about, 'an event could not be handled; it is heard again');
      }
      message.ack();
    } catch (failure) {
      if (!outage) logger.warn({ ...about, failure }, 'an event that failed could not be kept; it comes again');
      message.nak(retryDelays[0]);
    }
  };

  return hear;
};

/** Lets something be said at most once in so many milliseconds, with how often it would have been said by then. */
const telling = (clock: HearOptions['clock'], every: number) => {
  let times = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  return (tell: (times: number) => void): void => {
    times += 1;
    const now = Date.parse(clock());
    if (now - toldAt < every) return;
    tell(times);
    toldAt = now;
    times = 0;
  };
};

/** When a message that failed at this instant, for the `tries`th time, is heard again. */
const nextTry = (at: Date, tries: number): Date =>
  new Date(at.getTime() + (retryDelays[Math.min(tries, retryDelays.length) - 1] ?? retryDelays[0]));

/**
 * Hears a parked event: with success it is gone, otherwise it waits for its next try or, after the last one, is a dead letter. An
 * outage costs it no try, but one that the database answered right before and answers right after: then the connection ends at
 * what the event makes the reaction ask. Throws where the try does not count.
 */
export const hearParkedWith = (options: HearOptions): ((event: ParkedEvent) => Promise<void>) => {
  const { deadLetters, logger, clock } = options;
  const { parked } = deadLetters;
  const isThere = (id: string) => within(options.answersWithin ?? answersWithin, parked.hold([id], new Date(clock())));
  return async ({ nextTryAt: _now, takenUntil: _held, ...event }) => {
    const { _id, subject } = event;
    const wasThere = await isThere(_id);
    try {
      await react(options, messageOf(event));
    } catch (error) {
      if (isOutage(error) && !(wasThere && (await isThere(_id)))) throw error;
      const at = new Date(clock());
      const about = { err: error, letter: _id, subject };
      const tries = event.tries + 1;
      if (tries < maxTries) {
        logger.warn({ ...about, tries }, 'an event could not be handled; it is heard again');
        await parked.failed(_id, { error: inWords(error), tries, at, nextTryAt: nextTry(at, tries) });
        return;
      }
      // A crash in between leaves both; the next try then ends in the one or the other.
      await deadLetters.keep({ ...event, error: inWords(error), tries, at });
      await parked.drop(_id);
      logger.error({ ...about, tries }, 'an event was put to the dead letters');
      return;
    }
    await failpoint('beforeUnpark');
    await deadLetters.drop(_id);
    await parked.drop(_id);
    await failpoint('afterUnpark');
    logger.info({ letter: _id, subject }, 'an event that had failed was heard');
  };
};

/** Whether this succeeds, and does so in time. */
const within = async (milliseconds: number, asked: Promise<unknown>): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const succeeds = asked.then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([succeeds, late]);
  } finally {
    clearTimeout(timer);
  }
};

const messageOf = ({ subject, payload }: Pick<DeadLetter, 'subject' | 'payload'>): Pick<Message, 'json' | 'subject'> => ({
  subject,
  json: <T>() => JSON.parse(payload.toString()) as T,
});

/**
 * Hears a dead letter again, just as the message was heard: with success it is gone, otherwise it is a dead letter again, with the
 * newer error and one more try. Throws only when the letter itself cannot be dropped or kept.
 */
export const hearAgainWith = (options: HearOptions): ((letter: DeadLetter) => Promise<void>) => {
  const { deadLetters, logger, clock } = options;
  return async (letter) => {
    const about = { letter: letter._id, subject: letter.subject };
    try {
      await react(options, messageOf(letter));
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

const react = async (
  { reactions, clock, settlesWithin: limit = settlesWithin }: HearOptions,
  message: Pick<Message, 'json' | 'subject'>,
): Promise<void> => {
  const event = read(message, clock());
  const reaction = event && (reactions[event.name] as Reaction<EventName> | undefined);
  if (!reaction) return;
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the reaction did not settle within ${limit / 1_000} s`)), limit);
  });
  try {
    await Promise.race([reaction(event), tooLong]);
  } finally {
    clearTimeout(timer);
  }
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
