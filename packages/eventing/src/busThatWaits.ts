import type { Logger } from 'pino';
import type { Bus } from './openBus.ts';
import { repeatedly } from './repeatedly.ts';

const tryEvery = 1_000;

/** A bus that was not there at the start: what is asked of it begins when it can be opened. */
export const busThatWaits = (open: () => Promise<Bus>, logger: Logger): Bus => {
  let bus: Bus | undefined;
  let stopped = false;
  let told: string | undefined;
  const waiting: ((bus: Bus) => void)[] = [];

  const opening = repeatedly(tryEvery, async () => {
    try {
      const opened = await open();
      if (stopped) return await opened.stop();
      bus = opened;
      void opening.stop();
      logger.info('NATS answers; what waited is sent, and what was said meanwhile is heard');
      for (const begin of waiting.splice(0)) begin(opened);
    } catch (error) {
      const reason = String(error);
      if (reason !== told) logger.warn({ err: error }, 'the bus cannot be opened; trying again');
      told = reason;
    }
  });

  /** It may be stopped before it has begun. */
  const later = <Part extends { readonly stop: () => Promise<void> }>(start: (bus: Bus) => Part): Pick<Part, 'stop'> => {
    if (bus) return start(bus);
    let part: Part | undefined;
    let over = false;
    waiting.push((there) => {
      if (!over) part = start(there);
    });
    return {
      stop: async () => {
        over = true;
        await part?.stop();
      },
    };
  };

  return {
    relay: (outbox) => later((there) => there.relay(outbox)),
    subscribe: (reactions, deadLetters) => later((there) => there.subscribe(reactions, deadLetters)),
    isConnected: () => bus?.isConnected() ?? false,
    stop: async () => {
      stopped = true;
      // Not waited for: a try may take longer than a graceful stop does.
      void opening.stop();
      await bus?.stop();
    },
  };
};
