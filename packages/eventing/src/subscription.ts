import { type ConsumerMessages, JetStreamApiError, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import { consumerOf, maxAckPending } from '@umuhuza/nats/streams';
import type { DeadLetter } from './deadLetters.ts';
import { type HearOptions, hearAgainWith, hearWith } from './hear.ts';
import { keyedQueue } from './keyedQueue.ts';

export type Subscription = { readonly stop: () => Promise<void> };

export type StreamSubscription = Subscription & {
  readonly stream: string;
  /** Hears a dead letter in its aggregate's turn, among what comes from the stream. */
  readonly hearAgain: (letter: DeadLetter) => Promise<void>;
};

export type SubscribeOptions = HearOptions & {
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  readonly subscriber: string;
};

const noSuchThing = (error: unknown): boolean => error instanceof JetStreamApiError && error.status === 404;

/** Hears one stream with the service's own durable consumer until it is stopped; survives a broker that goes away. */
export const subscribeStream = (options: SubscribeOptions): StreamSubscription => {
  const { js, jsm, subscriber, stream, logger } = options;
  const hear = hearWith(options);
  const hearAgain = hearAgainWith(options);
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

  const listen = async () => {
    messages = await (await js.consumers.get(stream, subscriber)).consume({
      max_messages: maxAckPending / 2,
      abort_on_missing_resource: true,
    });
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
    stream,
    hearAgain: (letter) => inOrder(aggregateOf(letter.subject), () => hearAgain(letter)),
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
