import type { ConsumerMessages, JetStreamClient, JetStreamManager, JsMsg } from '@nats-io/jetstream';
import { prefetch, reactionsAtOnce, stillWorkingEvery } from '@umuhuza/nats/streams';
import type { DeadLetter } from './deadLetters.ts';
import { ensureConsumer, isMissing, needsCare } from './declare.ts';
import { failpoint, isArmed } from './failpoints.ts';
import { type HearOptions, hearAgainWith, hearParkedWith, hearWith } from './hear.ts';
import { keyedQueue } from './keyedQueue.ts';
import type { ParkedEvent } from './parkedEvents.ts';
import { repeatedly } from './repeatedly.ts';

export type Subscription = { readonly stop: () => Promise<void> };

export type StreamSubscription = Subscription & {
  readonly stream: string;
  /** Events it has still to handle: those that wait and those under way. */
  readonly lag: () => Promise<number>;
  /** The broker answers again: what it forgot is made anew at once. */
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

/** Hears one stream with the service's own durable consumer until it is stopped; survives a broker that goes away. */
export const subscribeStream = (options: SubscribeOptions): StreamSubscription => {
  const { js, jsm, flush, subscriber, stream, logger } = options;
  const hear = hearWith(options);
  const hearAgain = hearAgainWith(options);
  const hearParked = hearParkedWith(options);
  const inOrder = keyedQueue(reactionsAtOnce);
  /** By their places in the stream. */
  const held = new Map<number, { readonly message: JsMsg; readonly handled: Promise<void> }>();
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

  const hearOne = async (message: JsMsg) => {
    // What was not begun goes to whoever listens next, without the wait for its `ack_wait`.
    if (stopped) return message.nak();
    await hear(message);
    if (!isArmed('afterAckMessage')) return;
    await flush();
    await failpoint('afterAckMessage');
  };

  const listen = async () => {
    messages = await (await js.consumers.get(stream, subscriber)).consume({
      max_messages: prefetch,
      abort_on_missing_resource: true,
    });
    if (stopped) return messages.stop();
    for await (const message of messages) {
      // The broker lost patience with one that is still held: its copy adds nothing, and the ack of the first one counts.
      if (held.has(message.seq)) continue;
      const handled = inOrder(aggregateOf(message.subject), () => hearOne(message)).finally(() => held.delete(message.seq));
      held.set(message.seq, { message, handled });
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
          logger.info({ err: isMissing(error) ? undefined : error, stream }, `waiting for the stream ${stream}`);
        told = true;
        await pause(250);
      }
    }
  })();

  const working = setInterval(() => {
    for (const { message } of held.values()) message.working();
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
    look: caring.wake,
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
      await Promise.all([...held.values()].map(({ handled }) => handled));
      clearInterval(working);
    },
  };
};

/** `tenders.TenderPublished.<id>` → `<id>` */
const aggregateOf = (subject: string): string => subject.slice(subject.lastIndexOf('.') + 1);
