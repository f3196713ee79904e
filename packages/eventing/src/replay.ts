import type { Logger } from 'pino';
import type { DeadLetters } from './deadLetters.ts';
import { repeatedly } from './repeatedly.ts';
import type { StreamSubscription, Subscription } from './subscription.ts';

const lookEvery = 1_000;

/** Milliseconds between looks for parked events whose next try is due. */
const lookForDueEvery = 500;

/** Lets the subscriptions hear again what failed, when its time has come. */
export const retryParked = (
  { parked }: DeadLetters,
  subscriptions: readonly StreamSubscription[],
  logger: Logger,
  clock: () => string,
): Subscription => {
  const streams = subscriptions.map(({ stream }) => stream);
  return repeatedly(lookForDueEvery, async (isStopped) => {
    try {
      while (!isStopped()) {
        const due = await parked.takeDue(streams, new Date(clock()));
        if (due.length === 0) return;
        await Promise.all(due.map((event) => subscriptions.find(({ stream }) => stream === event.stream)?.hearParked(event)));
      }
    } catch (error) {
      logger.warn({ err: error }, 'events that had failed could not be heard; trying again');
    }
  });
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
