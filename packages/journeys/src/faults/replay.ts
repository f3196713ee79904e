import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { ConsumerInfo } from '@nats-io/jetstream';
import { isMissing } from '@umuhuza/eventing/declare';
import { patiently } from '../patiently.ts';
import { canonical } from './canonical.ts';
import { type Projection, projections } from './check/projections.ts';
import type { SeenNotification } from './check/states.ts';
import { collection, type Document, type History, isPage } from './history.ts';
import { startUntilItStays } from './kills.ts';
import type { Eyes } from './observe.ts';
import type { Processes } from './processes.ts';
import { NotQuiet } from './quiet.ts';

/** Collections whose documents are written once: the events said, who was told of them, and what they make of a tender. */
const settledOnce = ['events', 'audiences', 'tellings', 'turns'];

/** Documents by which others see a service: its books, its projections, who was told. Sessions, keys and clocks are left out. */
const lasting = (service: string, name: string, document: Document): unknown => {
  if (name === 'deadLetters') return [document._id, document.error, document.payload];
  if (name === 'parkedEvents') return undefined;
  if (service === 'notifications' && name === 'notifications' && isPage(document)) {
    // A mail goes from queued to sent by the clock alone.
    const { recipient, channel } = document.state as SeenNotification;
    return [document._id, document.applied, recipient, channel];
  }
  if (isPage(document)) return [document._id, document.state, document.sequence, document.applied, document.outbox];
  if (settledOnce.includes(name)) return document;
  if (typeof document.sequence !== 'number') return undefined;
  const { at: _whenItWasLearned, ...projected } = document;
  return projected;
};

const digest = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('base64url');

/** One hash for each collection that a replay must leave as it is. */
export const hashesOf = (history: History): Map<string, string> =>
  new Map(
    Object.entries(history.databases).flatMap(([service, collections]) =>
      Object.entries(collections).flatMap(([name, documents]) => {
        const kept = documents
          .toSorted((a, b) => (a._id < b._id ? -1 : 1))
          .map((document) => lasting(service, name, document))
          .filter((one) => one !== undefined);
        return kept.length > 0 ? [[`${service}.${name}`, digest(kept)] as const] : [];
      }),
    ),
  );

const differingAt = (one: string, other: string): number => {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
};

/** What a replay changed, in words; empty as it should be. */
export const differencesBetween = (before: History, after: History): string[] => {
  const then = hashesOf(before);
  const now = hashesOf(after);
  const differing = [...new Set([...then.keys(), ...now.keys()])].filter((name) => then.get(name) !== now.get(name));
  return differing.map((name) => {
    const [service = '', kind = ''] = name.split('.');
    const one = (history: History) =>
      new Map(collection(history, service, kind).map((document) => [document._id, canonical(lasting(service, kind, document))]));
    const [old, fresh] = [one(before), one(after)];
    const ids = [...new Set([...old.keys(), ...fresh.keys()])].filter((id) => old.get(id) !== fresh.get(id));
    const [first = ''] = ids;
    const [was, is] = [old.get(first) ?? 'not there', fresh.get(first) ?? 'not there'];
    const from = Math.max(0, differingAt(was, is) - 200);
    const part = (text: string) => `${from > 0 ? '…' : ''}${text.slice(from, from + 1_500)}`;
    return `${name}: ${ids.length} documents differ (${old.size} before, ${fresh.size} after); ${first} was ${part(was)} and is ${part(is)}`;
  });
};

type Consumer = Pick<ConsumerInfo, 'stream_name' | 'name' | 'created' | 'delivered' | 'ack_floor'>;
const keyOf = ({ stream_name, name }: Pick<Consumer, 'stream_name' | 'name'>): string => `${name} on ${stream_name}`;

/** A broker that is just busy with others answers the next time. */
const patience = { within: 120_000 };

const deleted = (jsm: Deleting, { stream_name, name }: Consumer): Promise<void> =>
  patiently(
    `${name} on ${stream_name} is deleted`,
    async () => {
      try {
        await jsm.consumers.delete(stream_name, name);
      } catch (error) {
        // It may have been the answer that was lost.
        if (!isMissing(error)) throw error;
      }
    },
    patience,
  );

type Deleting = { readonly consumers: Pick<Eyes['jsm']['consumers'], 'delete'> };

/** Deletes durable consumers; the services make theirs again, and hear everything from the start. Answers what was deleted. */
export const forget = async (
  { jsm, consumers }: { readonly jsm: Deleting; readonly consumers: () => Promise<readonly Consumer[]> },
  subscribers?: readonly string[],
): Promise<Consumer[]> => {
  const there = await patiently('the consumers are seen', consumers, patience);
  const all = there.filter(({ name }) => subscribers?.includes(name) ?? true);
  for (const one of all) await deleted(jsm, one);
  return all;
};

/** Waits until every consumer that was deleted is there again. */
export const untilMadeAgain = async (consumers: () => Promise<readonly Consumer[]>, gone: readonly Consumer[]): Promise<void> => {
  for (;;) {
    const there = new Set((await patiently('the consumers are seen', consumers, patience)).map(keyOf));
    if (gone.every((one) => there.has(keyOf(one)))) return;
    await delay(100);
  }
};

/** Which of the consumers did not hear its whole stream again since it was deleted, in words; empty as it should be. */
export const notHeardAgain = (deleted: readonly Consumer[], now: readonly Consumer[], streams: History['streams']): string[] => {
  const byKey = new Map(now.map((one) => [keyOf(one), one]));
  const messages = new Map(streams.map((stream) => [stream.name, stream.messages]));
  return deleted.flatMap((before) => {
    const key = keyOf(before);
    const consumer = byKey.get(key);
    const all = messages.get(before.stream_name) ?? [];
    if (!consumer) return [`${key} was not made again`];
    if (consumer.created === before.created) return [`${key} is the one that was there before`];
    const last = all.at(-1)?.seq ?? 0;
    if (consumer.delivered.consumer_seq < all.length || consumer.ack_floor.stream_seq < last)
      return [
        `${key} heard ${consumer.delivered.consumer_seq} of ${all.length} messages and is done with ${consumer.ack_floor.stream_seq} of ${last}`,
      ];
    return [];
  });
};

export type Replayed = {
  readonly consumers: number;
  /** Milliseconds. */
  readonly took: number;
  /** What is not as it was, or was not heard, in words. */
  readonly differences: readonly string[];
};

type Replaying = {
  readonly eyes: Eyes;
  readonly before: History;
  /** Settles once nothing is under way. */
  readonly untilQuiet: () => Promise<unknown>;
};

/** Looks once nothing is under way. A system that does not come to rest is a difference, and what is left is compared all the same. */
const judged = async (
  { eyes, before, untilQuiet }: Replaying,
  forgotten: readonly Consumer[],
  begun: number,
): Promise<Replayed> => {
  const restless = await untilQuiet().then(
    () => [],
    (error: unknown) => {
      if (error instanceof NotQuiet) return [error.message];
      throw error;
    },
  );
  const after = await patiently('everything is seen', () => eyes.look(before), patience);
  const consumers = await patiently('the consumers are seen', eyes.consumers, patience);
  const differences = [...restless, ...notHeardAgain(forgotten, consumers, after.streams), ...differencesBetween(before, after)];
  return { consumers: forgotten.length, took: performance.now() - begun, differences };
};

/** Every durable consumer is deleted while the services run; they hear everything from the start, and nothing may change by it. */
export const replayEverything = async (replaying: Replaying): Promise<Replayed> => {
  const begun = performance.now();
  const { eyes } = replaying;
  const forgotten = await forget(eyes);
  await untilMadeAgain(eyes.consumers, forgotten);
  return judged(replaying, forgotten, begun);
};

/**
 * Each projection is dropped, together with the consumers of its service, and comes from the streams as it was; nobody is told of what
 * its service learns anew.
 */
export const rebuildProjections = async (
  replaying: Replaying & {
    readonly system: Pick<Processes, 'kill' | 'start' | 'replicasOf'>;
    readonly drop?: readonly Pick<Projection, 'service' | 'name'>[];
  },
): Promise<Replayed> => {
  const begun = performance.now();
  const { eyes, system, drop = projections } = replaying;
  const services = [...new Set(drop.map(({ service }) => service))];
  const parts = services.flatMap(system.replicasOf);
  for (const part of parts) await system.kill(part, 'SIGTERM');
  for (const { service, name } of drop) await eyes.drop(service, name);
  const forgotten = await forget(eyes, services);
  for (const part of parts) await startUntilItStays(system, part);
  await untilMadeAgain(eyes.consumers, forgotten);
  return judged(replaying, forgotten, begun);
};
