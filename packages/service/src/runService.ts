import type { Logger } from 'pino';
import { createLogger } from './logger.ts';
import { StartFailure } from './startFailure.ts';

/** A part that can be stopped; parts stop in the reverse order of their start. */
export type Stoppable = { readonly stop: () => Promise<void> | void };
export type OnStop = <Part extends Stoppable>(part: Part) => Part;

export type RunOptions = { readonly level?: string /** Milliseconds a graceful stop may take. */; readonly stopWithin?: number };

/**
 * A service's life: start, run until SIGTERM or SIGINT, stop what was started in reverse order, end.
 * A start that fails ends with one line on standard error and exit code 1.
 */
export const runService = async (
  name: string,
  start: (onStop: OnStop, logger: Logger) => Promise<void>,
  { level = process.env.LOG_LEVEL ?? 'info', stopWithin = 10_000 }: RunOptions = {},
): Promise<void> => {
  const logger = createLogger(name, level);
  const parts: Stoppable[] = [];
  let stopping = false;

  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    const overdue = setTimeout(() => {
      logger.error('a part did not stop in time; what was acknowledged is stored, the rest is cut off');
      process.exit(1);
    }, stopWithin);
    for (const part of parts.reverse()) {
      try {
        await part.stop();
      } catch (error) {
        logger.error({ err: error }, 'a part failed to stop');
      }
    }
    clearTimeout(overdue);
    logger.info('stopped');
    process.exit(0);
  };

  process.once('SIGTERM', () => void stop('SIGTERM'));
  process.once('SIGINT', () => void stop('SIGINT'));
  process.on('unhandledRejection', (error) => logger.error({ err: error }, 'a rejection nobody waited for'));

  try {
    await start((part) => {
      parts.push(part);
      return part;
    }, logger);
    logger.info('ready');
  } catch (error) {
    process.stderr.write(`${name} cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
    if (!isMendable(error)) logger.fatal({ err: error }, 'the start failed');
    process.exit(1);
  }
};

/** Failures whose message alone tells what to do; anything else is a defect and its stack is logged. */
const isMendable = (error: unknown): boolean =>
  error instanceof StartFailure || (error instanceof Error && /^Broker(Unreachable|Refuses)$/.test(error.name));
