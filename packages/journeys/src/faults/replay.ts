import { createHash } from 'node:crypto';
import type { SeenNotification } from './check/states.ts';
import { collection, type Document, type History, isPage } from './history.ts';
import type { Eyes } from './observe.ts';

/** Documents by which others see a service: its books, its projections, who was told. Sessions, keys and clocks are left out. */
const lasting = (service: string, name: string, document: Document): unknown => {
  if (name === 'deadLetters') return [document._id, document.error, document.payload];
  if (service === 'notifications' && name === 'notifications' && isPage(document)) {
    // A mail goes from queued to sent by the clock alone.
    const { recipient, channel } = document.state as SeenNotification;
    return [document._id, document.applied, recipient, channel];
  }
  if (isPage(document)) return [document._id, document.state, document.sequence, document.applied, document.outbox];
  if (name === 'events' || typeof document.sequence === 'number' || name === 'audiences' || name === 'tellings') return document;
  return undefined;
};

const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('base64url');

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

/** What a replay changed, in words; empty as it should be. */
export const differencesBetween = (before: History, after: History): string[] => {
  const then = hashesOf(before);
  const now = hashesOf(after);
  const differing = [...new Set([...then.keys(), ...now.keys()])].filter((name) => then.get(name) !== now.get(name));
  return differing.map((name) => {
    const [service = '', kind = ''] = name.split('.');
    const one = (history: History) =>
      new Map(
        collection(history, service, kind).map((document) => [document._id, JSON.stringify(lasting(service, kind, document))]),
      );
    const [old, fresh] = [one(before), one(after)];
    const ids = [...new Set([...old.keys(), ...fresh.keys()])].filter((id) => old.get(id) !== fresh.get(id));
    const [first = ''] = ids;
    return `${name}: ${ids.length} documents differ (${old.size} before, ${fresh.size} after); ${first} was ${old.get(first)?.slice(0, 1_500)} and is ${fresh.get(first)?.slice(0, 1_500)}`;
  });
};

/** Deletes every durable consumer; the services make theirs again, and hear everything from the start. */
export const replayEverything = async ({ jsm, consumers }: Pick<Eyes, 'jsm' | 'consumers'>): Promise<number> => {
  const all = await consumers();
  for (const { stream_name, name } of all) await jsm.consumers.delete(stream_name, name);
  const wanted = all.length;
  while ((await consumers()).length < wanted) await new Promise((resolve) => setTimeout(resolve, 100));
  return wanted;
};
