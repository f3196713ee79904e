import { setTimeout as delay } from 'node:timers/promises';
import type { ConsumerInfo } from '@nats-io/jetstream';

export type Quiet = {
  /** Milliseconds from the call until nothing was under way. */
  readonly after: number;
  /** Deliveries beyond the first of each message, over all consumers since they were made. */
  readonly redelivered: number;
  /** What was under way last, in words. */
  readonly waitedFor: string;
};

/** The system did not come to rest; the message says what was still under way. */
export class NotQuiet extends Error {
  override readonly name = 'NotQuiet';
}

type Consumer = Pick<ConsumerInfo, 'name' | 'stream_name' | 'num_pending' | 'num_ack_pending' | 'delivered'>;

/** What must be seen to know that nothing is under way. */
export type Watched = {
  readonly consumers: () => Promise<readonly Consumer[]>;
  /** Events that wait in an outbox. */
  readonly waiting: () => Promise<number>;
  /** Events that failed and wait for their next try. */
  readonly parked: () => Promise<number>;
  /** Documents that the clock alone changes, at once or within the next minutes. */
  readonly settling: () => Promise<number>;
};

export type QuietOptions = {
  /** Milliseconds. */
  readonly within: number;
  /** How many events are known to fail again and again: so many stay parked until their last try. */
  readonly failing: number;
  /** Whether it also waits for what only the clock ends: from then on nothing changes any more unless somebody asks for it. */
  readonly settled?: boolean;
  /** For how long nothing must have been under way to call it settled: some of what services do every second shows only in what follows. */
  readonly settledFor?: number;
  readonly every?: number;
};

/** What each consumer was given so far. */
const given = (consumers: readonly Consumer[]): string =>
  consumers
    .map(({ stream_name, name, delivered }) => `${stream_name} ${name} ${delivered.consumer_seq}`)
    .sort()
    .join();

/**
 * Waits until all outboxes are empty, no consumer has anything before it and no event waits for a try that may end well; seen twice in a row,
 * and no consumer was given anything in between: what left an outbox while others were looked at was.
 */
export const untilQuiet = async (
  eyes: Watched,
  { within, failing, settled = false, settledFor = settled ? 2_500 : 0, every = 100 }: QuietOptions,
): Promise<Quiet> => {
  const begun = performance.now();
  let quietSince: number | undefined;
  let before = '';
  let last = 'nothing could be seen';
  let waitedFor = 'nothing';
  for (;;) {
    const at = performance.now();
    try {
      const consumers = await eyes.consumers();
      const waiting = await eyes.waiting();
      const parked = await eyes.parked();
      const settling = settled ? await eyes.settling() : 0;
      const busy = consumers.filter(({ num_pending, num_ack_pending }) => num_pending > 0 || num_ack_pending > 0);
      last = [
        `${waiting} events wait in outboxes`,
        `${parked} are parked, ${failing} of them for good`,
        ...(settled ? [`${settling} documents wait for their time`] : []),
        ...busy.map(
          ({ name, stream_name, num_pending, num_ack_pending }) =>
            `${name} on ${stream_name}: ${num_pending} pending, ${num_ack_pending} under way`,
        ),
      ].join('; ');
      const now = given(consumers);
      const moved = now !== before;
      before = now;
      if (waiting > 0 || parked > failing || settling > 0 || busy.length > 0) {
        quietSince = undefined;
        waitedFor = last;
      } else if (quietSince === undefined || moved) quietSince = at;
      else if (at - quietSince >= settledFor) {
        const redelivered = consumers.reduce(
          (sum, { delivered }) => sum + Math.max(0, delivered.consumer_seq - delivered.stream_seq),
          0,
        );
        return { after: quietSince - begun, redelivered, waitedFor };
      }
    } catch (error) {
      // A server that is just coming back; what cannot be seen is not quiet.
      quietSince = undefined;
      last = `it cannot be seen: ${(error as Error).message}`;
    }
    if (performance.now() - begun > within) throw new NotQuiet(`not quiet after ${within / 1_000} s: ${last}`);
    await delay(every);
  }
};
