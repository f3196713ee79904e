import { Gauge, type Registry } from 'prom-client';
import type { DeadLetters } from './deadLetters.ts';
import type { Backlog, Outbox } from './outbox.ts';

/** How many messages of a stream a subscriber has still to handle: those that wait and those under way. */
export type Lag = { readonly stream: string; readonly events: () => Promise<number> };

/** How many could not be handled, and how many not yet. */
type CountedLetters = Pick<DeadLetters, 'count'> & { readonly parked: Pick<DeadLetters['parked'], 'count'> };

export type EventingMetrics = {
  readonly outbox: (outbox: Pick<Outbox, 'name' | 'backlog'>) => void;
  readonly subscription: (lag: Lag) => void;
  readonly deadLetters: (letters: CountedLetters) => void;
};

/**
 * What an operator must see of the bus, looked up when it is asked for. What cannot be looked up now is left out: a stale number would
 * look healthy, and a failing scrape would hide all the others.
 */
export const eventingMetrics = (registry: Registry, clock: () => string): EventingMetrics => {
  const outboxes: Pick<Outbox, 'name' | 'backlog'>[] = [];
  const lags: Lag[] = [];
  const letters: CountedLetters[] = [];
  const known = async <Value>(look: () => Promise<Value>, set: (value: Value) => void): Promise<void> => {
    try {
      set(await look());
    } catch {
      // Left out, see above; the outage itself is told by readiness and by the log.
    }
  };
  const registers = [registry];

  // Two figures of one look: a scrape asks for both at once.
  let looking: Promise<{ name: string; backlog: Backlog }[]> | undefined;
  const backlogs = () => {
    looking ??= (async () => {
      const found: { name: string; backlog: Backlog }[] = [];
      for (const { name, backlog } of outboxes) await known(backlog, (waits) => void found.push({ name, backlog: waits }));
      looking = undefined;
      return found;
    })();
    return looking;
  };
  new Gauge({
    name: 'outbox_events',
    help: 'Events that wait to be sent; of a very long outbox only its first part is counted',
    labelNames: ['outbox'],
    registers,
    async collect() {
      this.reset();
      for (const { name, backlog } of await backlogs()) this.set({ outbox: name }, backlog.events);
    },
  });
  new Gauge({
    name: 'outbox_oldest_event_seconds',
    help: 'Age of the oldest event that waits to be sent; 0 when none does. Of a very long outbox a part is looked at, drawn by chance: then at least this',
    labelNames: ['outbox'],
    registers,
    async collect() {
      this.reset();
      for (const { name, backlog } of await backlogs()) {
        const age = backlog.oldest === undefined ? 0 : (Date.parse(clock()) - Date.parse(backlog.oldest)) / 1_000;
        this.set({ outbox: name }, Math.max(0, age));
      }
    },
  });
  new Gauge({
    name: 'subscription_lag_events',
    help: 'Events of a stream that this service has still to handle',
    labelNames: ['stream'],
    registers,
    async collect() {
      this.reset();
      await Promise.all(lags.map(({ stream, events }) => known(events, (count) => this.set({ stream }, count))));
    },
  });
  new Gauge({
    name: 'dead_letters',
    help: 'Events that this service could not handle',
    registers,
    async collect() {
      this.reset();
      for (const { count } of letters) await known(count, (number) => this.set(number));
    },
  });
  new Gauge({
    name: 'parked_events',
    help: 'Events at which a reaction threw; each is heard again when its time comes',
    registers,
    async collect() {
      this.reset();
      for (const { parked } of letters) await known(parked.count, (number) => this.set(number));
    },
  });

  return {
    outbox: (outbox) => void outboxes.push(outbox),
    subscription: (lag) => void lags.push(lag),
    deadLetters: (some) => void letters.push(some),
  };
};
