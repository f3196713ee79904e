import type { Logger } from 'pino';
import type { DeadLetters } from './deadLetters.ts';
import { repeatedly } from './repeatedly.ts';
import type { StreamSubscription, Subscription } from './subscription.ts';

const lookEvery = 1_000;

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
