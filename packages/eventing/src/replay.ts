import { stillWorkingEvery } from '@umuhuza/nats/streams';
import type { Logger } from 'pino';
import type { DeadLetters } from './deadLetters.ts';
import type { ParkedEvent } from './parkedEvents.ts';
import { repeatedly } from './repeatedly.ts';
import type { StreamSubscription, Subscription } from './subscription.ts';

const lookEvery = 1_000;

/** Milliseconds between looks for parked events whose next try is due. */
const lookForDueEvery = 500;
/** How many parked events a replica holds at most. */
const heldAtMost = 64;

/**
 * Lets the subscriptions hear again what failed, when its time has come. What it holds it says so of, each second; should it die, or
 * its database be away, the event is due again a few seconds later.
 */
export const retryParked = (
  { parked }: DeadLetters,
  subscriptions: readonly StreamSubscription[],
  logger: Logger,
  clock: () => string,
): Subscription => {
  const streams = subscriptions.map(({ stream }) => stream);
  const now = () => new Date(clock());
  const held = new Map<string, Promise<void>>();
  let passedOver = false;
  const cannot = (err: unknown) => logger.warn({ err }, 'events that had failed could not be heard; trying again');

  const hear = async (event: ParkedEvent) => {
    try {
      await subscriptions.find(({ stream }) => stream === event.stream)?.hearParked(event);
    } catch (error) {
      cannot(error);
    } finally {
      held.delete(event._id);
      if (passedOver && held.size < heldAtMost / 2) {
        passedOver = false;
        looking.wake();
      }
    }
  };

  const looking = repeatedly(lookForDueEvery, async (isStopped) => {
    try {
      while (!isStopped() && held.size < heldAtMost) {
        const due = await parked.takeDue(streams, now(), heldAtMost - held.size);
        if (due.length === 0) return;
        for (const event of due) if (!held.has(event._id)) held.set(event._id, hear(event));
      }
      passedOver = held.size >= heldAtMost;
    } catch (error) {
      cannot(error);
    }
  });

  const holding = repeatedly(stillWorkingEvery, async () => {
    if (held.size === 0) return;
    try {
      await parked.hold([...held.keys()], now());
    } catch (error) {
      logger.debug({ err: error }, 'what is heard now could not be held; another replica may hear it, too');
    }
  });

  return {
    stop: async () => {
      await looking.stop();
      await Promise.all(held.values());
      await holding.stop();
    },
  };
};

/** Looks each second for dead letters whose replay was asked for, and lets the subscription of their stream hear them. */
export const replayAsked = (
  deadLetters: DeadLetters,
  subscriptions: readonly StreamSubscription[],
  logger: Logger,
  clock: () => string,
): Subscription => {
  const streams = subscriptions.map(({ stream }) => stream);
  return repeatedly(lookEvery, async (isStopped) => {
    try {
      while (!isStopped()) {
        const letter = await deadLetters.takeAsked(streams, new Date(clock()));
        if (!letter) return;
        await subscriptions.find(({ stream }) => stream === letter.stream)?.hearAgain(letter);
      }
    } catch (error) {
      logger.warn({ err: error }, 'dead letters could not be replayed; trying again');
    }
  });
};
