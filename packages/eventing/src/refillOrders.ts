import type { Connection } from 'mongoose';
import type { Suspects } from './sentEvents.ts';

/** Somebody wants to be sure that the stream holds what was sent; and how far that is. */
export type RefillOrder = {
  _id: string;
  /** Either of both says which events. */
  fromSequence?: number;
  since?: Date;
  askedAt: Date;
  /** The replica that works on it keeps it until then; past it, it is anyone's. */
  takenUntil?: Date;
  total?: number;
  checked: number;
  sent: number;
  endedAt?: Date;
};

export type RefillOrders = {
  /** Noted before the work, so that a crash half-way does not end it. */
  readonly ask: (id: string, which: Suspects, askedAt: Date) => Promise<void>;
  readonly find: (id: string) => Promise<RefillOrder | undefined>;
  /** The order, while it is open and no other replica works on it. */
  readonly take: (id: string, now: Date) => Promise<RefillOrder | undefined>;
  readonly progress: (id: string, now: Date, done: Pick<RefillOrder, 'checked' | 'sent'> & { total?: number }) => Promise<void>;
  readonly end: (id: string, now: Date) => Promise<void>;
};

const takenFor = 60_000;

export const suspectsOf = ({ fromSequence, since }: RefillOrder): Suspects =>
  since === undefined ? { fromSequence: fromSequence ?? 1 } : { since };

/** The orders lie in the service's own database: nobody else may publish on its stream. */
export const refillOrders = (connection: Connection): RefillOrders => {
  const orders = () => connection.collection<RefillOrder>('refills');
  return {
    ask: async (id, which, askedAt) => {
      await orders().replaceOne({ _id: id }, { ...which, askedAt, checked: 0, sent: 0 }, { upsert: true });
    },
    find: async (id) => (await orders().findOne({ _id: id })) ?? undefined,
    take: async (id, now) =>
      (await orders().findOneAndUpdate(
        { _id: id, endedAt: { $exists: false }, $or: [{ takenUntil: { $exists: false } }, { takenUntil: { $lte: now } }] },
        { $set: { takenUntil: new Date(now.getTime() + takenFor) } },
        { returnDocument: 'after' },
      )) ?? undefined,
    progress: async (id, now, done) => {
      await orders().updateOne({ _id: id }, { $set: { ...done, takenUntil: new Date(now.getTime() + takenFor) } });
    },
    end: async (id, now) => {
      await orders().updateOne({ _id: id }, { $set: { endedAt: now } });
    },
  };
};
