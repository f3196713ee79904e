import type { Metrics } from '@umuhuza/service/metrics';
import type { Logger } from 'pino';

/** So many are told apart; more are not counted. */
const mostCounted = 10_000;

/**
 * Tells of sealed notifications that were left out because they cannot be opened: how many this process has met, and once that there are any. A row
 * is not named: a line about it would tell that somebody is told sealed.
 */
export const tellUnreadable = (metrics: Pick<Metrics, 'figure'>, logger: Pick<Logger, 'error'>): ((id: string) => void) => {
  const met = new Set<string>();
  const figure = metrics.figure('notifications_unreadable', 'Sealed notifications that cannot be opened, and are left out');
  return (id) => {
    if (met.has(id) || met.size >= mostCounted) return;
    if (met.size === 0) logger.error('a sealed notification cannot be opened; such ones are left out, and counted');
    met.add(id);
    figure(met.size);
  };
};
