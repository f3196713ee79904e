import type { Publish } from './relay.ts';
import type { SentEvent, SentEvents, Suspects } from './sentEvents.ts';

export type StreamAccess = {
  /** The id of the message that lies at this place; undefined when none does. */
  readonly idAt: (streamSequence: number) => Promise<string | undefined>;
  readonly publish: Publish;
};

export type RefillLimits = {
  /** Older events would have left the stream by age. */
  readonly oldest: Date;
  /** The highest place that anything had; what came later is not missing. */
  readonly upTo: number;
  /** Events looked up and sent at once: bounds memory and the storm. */
  readonly batch?: number;
  readonly isStopped?: () => boolean;
};

export type Refilled = { readonly checked: number; readonly sent: number };

const defaultBatch = 128;

const missingOf = async (events: readonly SentEvent[], { idAt }: StreamAccess): Promise<SentEvent[]> => {
  const there = await Promise.all(
    events.map(async ({ _id, streamSequence }) => streamSequence !== undefined && (await idAt(streamSequence)) === _id),
  );
  return events.filter((_, n) => !there[n]);
};

/**
 * The first place whose event was lost, given one that was. What is lost is always the end of the stream, but new events may lie on
 * some of its places by now, so the places before are looked at until a whole batch is as it was.
 */
export const firstLost = async (
  events: SentEvents,
  access: StreamAccess,
  known: number,
  { oldest, batch = defaultBatch }: Pick<RefillLimits, 'oldest' | 'batch'>,
): Promise<number> => {
  let first = known;
  for (;;) {
    const earlier = (await events.before(first, batch)).filter(({ at }) => at >= oldest);
    const lost = await missingOf(earlier, access);
    if (lost.length === 0) return first;
    first = Math.min(...lost.map(({ streamSequence = first }) => streamSequence));
  }
};

/** What lies in the stream from one place to another, by id. */
export const heldBetween = async (
  { idAt }: Pick<StreamAccess, 'idAt'>,
  from: number,
  to: number,
  batch = defaultBatch,
): Promise<ReadonlyMap<string, number>> => {
  const held = new Map<string, number>();
  for (let first = from; first <= to; first += batch) {
    const places = Array.from({ length: Math.min(batch, to - first + 1) }, (_, n) => first + n);
    const ids = await Promise.all(places.map(idAt));
    for (const [n, id] of ids.entries()) if (id !== undefined) held.set(id, first + n);
  }
  return held;
};

/** Sends again what the stream does not hold, each aggregate's events in their order, with the ids they had. */
export const refill = async (
  events: SentEvents,
  access: StreamAccess,
  which: Suspects,
  { oldest, upTo, batch = defaultBatch, isStopped = () => false }: RefillLimits,
  onProgress: (refilled: Refilled) => Promise<void> = async () => undefined,
): Promise<Refilled> => {
  let refilled: Refilled = { checked: 0, sent: 0 };
  const mend = async (some: readonly SentEvent[]) => {
    const missing = await missingOf(some, access);
    await events.moved(await sendInOrder(missing, access));
    refilled = { checked: refilled.checked + some.length, sent: refilled.sent + missing.length };
    await onProgress(refilled);
  };
  let waiting: SentEvent[] = [];
  for await (const event of events.suspects(which, { oldest, upTo, batch })) {
    if (isStopped()) throw new Error('stopped before all of the stream was looked at');
    waiting.push(event);
    if (waiting.length < batch) continue;
    await mend(waiting);
    waiting = [];
  }
  if (waiting.length > 0) await mend(waiting);
  return refilled;
};

const sendInOrder = async (events: readonly SentEvent[], { publish }: StreamAccess) => {
  const byAggregate = Map.groupBy(events, ({ envelope }) => envelope.subject);
  const places = await Promise.all(
    [...byAggregate.values()].map(async (lane) => {
      const sent: { id: string; streamSequence: number }[] = [];
      for (const { envelope } of lane.sort((a, b) => a.envelope.sequence - b.envelope.sequence))
        sent.push({ id: envelope.id, streamSequence: await publish(envelope) });
      return sent;
    }),
  );
  return places.flat();
};
