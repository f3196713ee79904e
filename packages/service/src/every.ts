import type { Logger } from 'pino';
import type { Stoppable } from './runService.ts';

/** Does the work again and again, `pause` milliseconds after it ended; a failure is logged and the next round tries again. */
export const every = (pause: number, what: string, work: () => Promise<unknown>, logger: Logger): Stoppable => {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const round = async () => {
    try {
      await work();
    } catch (error) {
      logger.warn({ err: error }, `${what} failed; trying again`);
    }
    if (!stopped) timer = setTimeout(start, pause);
  };
  const start = () => {
    running = round();
  };
  start();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
};
