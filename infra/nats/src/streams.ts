/** Nanoseconds, as JetStream counts time. */
const seconds = (n: number): number => n * 1_000_000_000;
const days = (n: number): number => seconds(n * 86_400);

/**
 * The one stream of a service. Every setting buys something:
 * - `limits`: work queues lose their duplicate window, and every subscriber wants every event.
 * - `discard: new` with a byte limit: a full stream is an error that the outbox waits out, never a silent loss.
 * - deletes and purges denied: what was said stays said until its age ends.
 * - duplicate window of ten minutes: two relays, or one that crashed before it noted the ack, store an event once.
 */
export const streamOf = (service: string, replicas = 1) => ({
  name: service.toUpperCase(),
  subjects: [`${service}.>`],
  retention: 'limits' as const,
  storage: 'file' as const,
  discard: 'new' as const,
  max_bytes: 4 * 1024 ** 3,
  max_age: days(90),
  max_msg_size: 1024 ** 2,
  duplicate_window: seconds(600),
  deny_delete: true,
  deny_purge: true,
  num_replicas: replicas,
});

/**
 * How many messages of a stream one service may hold without having acknowledged them, all its replicas together: what two of them ask for
 * ahead (`prefetch`), so that neither keeps the other waiting; with more replicas some ask for less than they could. Wide, so that
 * the queue of one aggregate whose reactions are slow leaves room for the others: only when 512 messages of such aggregates are held do others wait.
 * What fails is parked and gives its place back at once. It is also how many messages at most come again when all replicas are killed.
 */
export const maxAckPending = 512;

/** How many messages a replica asks for ahead. */
export const prefetch = 256;

/** How many reactions of a subscription run at once. */
export const reactionsAtOnce = 64;

/** Milliseconds between words to the broker that a message is still held: several within its `ack_wait`. */
export const stillWorkingEvery = 1_000;

/**
 * The one durable consumer of a service on a stream.
 * - `max_deliver: -1`: the subscriber alone decides when a message is a dead letter, so that none is dropped unseen.
 * - `ack_wait` of four seconds: what a killed process held comes again that soon. One that lives says each second that it still works.
 */
export const consumerOf = (subscriber: string, stream: string) => ({
  durable_name: subscriber,
  filter_subject: `${stream.toLowerCase()}.>`,
  ack_policy: 'explicit' as const,
  deliver_policy: 'all' as const,
  ack_wait: seconds(4),
  max_deliver: -1,
  max_ack_pending: maxAckPending,
});

/** Delays before a message at which a reaction threw is heard again, in milliseconds; the last one repeats. */
export const retryDelays = [1_000, 5_000, 30_000, 120_000, 600_000] as const;

/** After this many tries a message that always throws becomes a dead letter. */
export const maxTries = 8;
