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

/** How many messages of a stream may be under way to one service at once. */
export const maxAckPending = 128;

/**
 * The one durable consumer of a service on a stream.
 * `max_deliver: -1`: the subscriber alone decides when a message is a dead letter, so that none is dropped unseen.
 */
export const consumerOf = (subscriber: string, stream: string) => ({
  durable_name: subscriber,
  filter_subject: `${stream.toLowerCase()}.>`,
  ack_policy: 'explicit' as const,
  deliver_policy: 'all' as const,
  ack_wait: seconds(30),
  max_deliver: -1,
  max_ack_pending: maxAckPending,
});

/** Delays before a thrown message comes again, in milliseconds; the last one repeats. */
export const retryDelays = [1_000, 5_000, 30_000, 120_000, 600_000] as const;

/** After this many tries a message that always throws becomes a dead letter. */
export const maxTries = 8;
