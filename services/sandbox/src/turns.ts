import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { collidedOn } from '@umuhuza/eventing/bulk';
import type { Connection } from 'mongoose';

/** One at a time over all replicas. */
export type Turns = {
  /** Waits until nobody acts for this name, and acts. */
  readonly take: <Result>(name: string, act: () => Promise<Result>) => Promise<Result>;
};

/** Milliseconds after which the turn of a process that died is over. What is done in one takes a few. */
const lasts = 5_000;
const looksAgain = { least: 5, most: 40 };

/** A turn is a document that is there while it lasts; whoever finds it there looks again soon. */
export const openMongoTurns = (connection: Connection, clock: () => string): Turns => {
  const turns = connection.collection<{ _id: string; by: string; until: string }>('turns');

  const begin = async (name: string, by: string): Promise<boolean> => {
    const now = Temporal.Instant.from(clock());
    const asText = (instant: Temporal.Instant) => instant.toString({ fractionalSecondDigits: 3 });
    try {
      await turns.updateOne(
        { _id: name, until: { $lte: asText(now) } },
        { $set: { by, until: asText(now.add({ milliseconds: lasts })) } },
        { upsert: true },
      );
      return true;
    } catch (error) {
      if (collidedOn(error) === '_id_') return false;
      throw error;
    }
  };

  return {
    take: async (name, act) => {
      const by = randomUUID();
      for (let wait = looksAgain.least; !(await begin(name, by)); wait = Math.min(wait * 2, looksAgain.most)) await delay(wait);
      try {
        return await act();
      } finally {
        await turns.deleteOne({ _id: name, by });
      }
    },
  };
};
