import type { ConsumerMessages, JetStreamClient, JetStreamManager, JsMsg } from '@nats-io/jetstream';
import { prefetch, reactionsAtOnce, stillWorkingEvery } from '@umuhuza/nats/streams';
import type { DeadLetter } from './deadLetters.ts';
import { ensureConsumer, isMissing, needsCare } from './declare.ts';
import { failpoint, isArmed } from './failpoints.ts';
import { type HearOptions, hearAgainWith, hearParkedWith, hearWith, type Message } from './hear.ts';
import { keyedQueue } from './keyedQueue.ts';
import type { ParkedEvent } from './parkedEvents.ts';
import { repeatedly } from './repeatedly.ts';

export type Subscription = { readonly stop: () => Promise<void> };

export type StreamSubscription = Subscription & {
  readonly stream: string;
  /** Events it has still to handle: those that wait and those under way. */
  readonly lag: () => Promise<number>;
  /** The connection was lost: the broker that answers next may be another one. */
  readonly doubt: () => void;
  /** There is a connection again: what the broker forgot is made anew at once. */
  readonly look: () => void;
  /** Hears a dead letter in its aggregate's turn, among what comes from the stream. */
  readonly hearAgain: (letter: DeadLetter) => Promise<void>;
  /** The same for an event whose next try is due. */
  readonly hearParked: (event: ParkedEvent) => Promise<void>;
};

export type SubscribeOptions = HearOptions & {
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  /** Settles when everything sent so far has reached the broker. */
  readonly flush: () => Promise<void>;
  readonly subscriber: string;
};

/** Milliseconds between looks whether the consumer is still there and the stream still the one it has heard. */
const careEvery = 10_000;
/** Milliseconds between tries to listen. */
const lookEvery = 250;

/** Hears one stream with the service's own durable consumer until it is stopped; survives a broker that goes away. */
export const subscribeStream = (options: SubscribeOptions): StreamSubscription => {
  const { js, jsm, flush, subscriber, stream, logger } = options;
  const hear = hearWith(options);
  const hearAgain = hearAgainWith(options);
  const hearParked = hearParkedWith(options);
  const inOrder = keyedQueue(reactionsAtOnce);
  /** What the broker waits for, by its place in the stream. */
  let held = new Map<number, JsMsg>();
  const handling = new Set<Promise<void>>();
  let stopped = false;
  let messages: ConsumerMessages | undefined;
  let away = false;
  /** Why it does not hear is logged once, until it hears again. */
  let told = false;
  let wake: () => void = () => undefined;
  let giveUp: () => void = () => undefined;

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  /**
   * What is held of one that was is never acknowledged to the next broker or consumer, where another event may have its place: an ack
   * names nothing but the place. What the next one still wants heard it gives again, and most of that is a repetition.
   */
  const leave = () => {
    messages?.stop();
    messages = undefined;
    held = new Map();
  };

  /** A request that went out with the connection is never answered. */
  const whileConnected = <Result>(work: Promise<Result>): Promise<Result> =>
    new Promise((resolve, reject) => {
      giveUp = () => reject(new Error('the connection was lost'));
      work.then(resolve, reject);
    });

  const answerable = (message: JsMsg): Message => {
    const { subject, seq, data } = message;
    const isHeld = () => held.get(seq) === message;
    return {
      subject,
      seq,
      data,
      deliveries: message.info.deliveryCount,
      json: <Body>() => message.json<Body>(),
      ack: () => {
        if (isHeld()) message.ack();
      },
      nak: (delay) => {
        if (isHeld()) message.nak(delay);
      },
    };
  };

  const hearOne = async (message: Message) => {
    // What was not begun goes to whoever listens next, without the wait for its `ack_wait`.
    if (stopped) return message.nak();
    await hear(message);
    if (!isArmed('afterAckMessage')) return;
    await flush();
    await failpoint('afterAckMessage');
  };

  const take = (message: JsMsg) => {
    held.set(message.seq, message);
    const handled = inOrder(aggregateOf(message.subject), () => hearOne(answerable(message))).finally(() => {
      if (held.get(message.seq) === message) held.delete(message.seq);
      handling.delete(handled);
    });
    handling.add(handled);
  };

  const listen = async () => {
    leave();
    await whileConnected(ensureConsumer(jsm, subscriber, stream));
    const consumer = await whileConnected(js.consumers.get(stream, subscriber));
    const mine = await consumer.consume({ max_messages: prefetch, abort_on_missing_resource: true });
    if (stopped || away) return mine.stop();
    messages = mine;
    told = false;
    for await (const message of mine) {
      if (messages !== mine) break;
      // The broker lost patience with one that is still held: its copy adds nothing, and the ack of the first one counts.
      if (!held.has(message.seq)) take(message);
      if (stopped) break;
    }
  };

  const listening = (async () => {
    while (!stopped) {
      try {
        if (away) await pause(lookEvery);
        else await listen();
      } catch (error) {
        if (!stopped && !told)
          logger.info({ err: isMissing(error) ? undefined : error, stream }, `waiting for the stream ${stream}`);
        told = true;
        await pause(lookEvery);
      }
    }
  })();

  const working = setInterval(() => {
    for (const message of held.values()) message.working();
  }, stillWorkingEvery);

  const caring = repeatedly(careEvery, async () => {
    if (!messages || stopped) return;
    try {
      if (await needsCare(jsm, subscriber, stream)) messages.stop();
    } catch (error) {
      logger.debug({ err: error, stream }, 'the consumer could not be looked at; looking again');
    }
  });

  return {
    stream,
    doubt: () => {
      away = true;
      leave();
      giveUp();
    },
    look: () => {
      away = false;
      wake();
    },
    lag: async () => {
      const { num_pending, num_ack_pending } = await jsm.consumers.info(stream, subscriber);
      return num_pending + num_ack_pending;
    },
    hearAgain: (letter) => inOrder(aggregateOf(letter.subject), () => hearAgain(letter)),
    hearParked: (event) => inOrder(aggregateOf(event.subject), () => hearParked(event)),
    stop: async () => {
      stopped = true;
      wake();
      messages?.stop();
      await Promise.all([listening, caring.stop()]);
      await Promise.all(handling);
      clearInterval(working);
    },
  };
};

/** `tenders.TenderPublished.<id>` → `<id>` */
const aggregateOf = (subject: string): string => subject.slice(subject.lastIndexOf('.') + 1);
