import type { Stoppable } from '@umuhuza/service/runService';
import type { Logger } from 'pino';

/**
 * The first round of catching up, and after it, also where it failed, what `begin` starts. Before anything is heard: what is learned from
 * there on makes older what whoever died here before may not have told. The start does not wait for it, as it takes minutes where much was
 * learned last; nor does a stop: the next start finds again what was not told.
 */
export const hearingOnceCaughtUp = (
  catchUp: () => Promise<void>,
  begin: () => readonly Stoppable[],
  logger: Logger,
): Stoppable => {
  let stopped = false;
  let parts: readonly Stoppable[] = [];
  void (async () => {
    try {
      await catchUp();
    } catch (error) {
      if (!stopped) logger.warn({ err: error }, 'catching up with other replicas failed; trying again');
    }
    if (!stopped) parts = begin();
  })();
  return {
    stop: async () => {
      stopped = true;
      for (const part of parts.toReversed()) await part.stop();
    },
  };
};
