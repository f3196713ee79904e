import { busThatWaits } from './busThatWaits.ts';
import { eventingMetrics } from './metrics.ts';
import { BrokerRefuses, BrokerUnreachable, type Bus, type BusOptions, openBus } from './openBus.ts';

/**
 * A service's way to the broker. One that is away at the start is waited for, too: the service goes on without it, and what it says waits in
 * the outbox.
 */
export const connectBus = async (options: BusOptions): Promise<Bus> => {
  const { logger, registry, clock } = options;
  const metrics = registry && eventingMetrics(registry, clock);
  const open = () => openBus(options, metrics);
  let bus: Bus;
  try {
    bus = await open();
  } catch (error) {
    if (!(error instanceof BrokerUnreachable) || error instanceof BrokerRefuses) throw error;
    logger.error(`${error.message} Until it answers, commands go on and what they say waits.`);
    bus = busThatWaits(open, logger);
  }
  return {
    ...bus,
    relay: (outbox) => {
      metrics?.outbox(outbox);
      return bus.relay(outbox);
    },
    subscribe: (reactions, deadLetters) => {
      metrics?.deadLetters(deadLetters);
      return bus.subscribe(reactions, deadLetters);
    },
  };
};
