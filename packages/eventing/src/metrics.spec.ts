import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { eventingMetrics } from './metrics.ts';

const clock = () => '2026-11-23T12:00:30.000Z';
const values = async (registry: Registry) =>
  (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));

describe('what the bus tells of itself', () => {
  it('is how much waits and how long, how far behind each subscription is, and what could not be handled', async () => {
    const registry = new Registry();
    const metrics = eventingMetrics(registry, clock);
    metrics.outbox({
      name: 'tenders',
      backlog: async () => ({ events: 3, oldest: '2026-11-23T12:00:00.000Z', atLeast: false }),
    });
    metrics.outbox({ name: 'drafts', backlog: async () => ({ events: 0, atLeast: false }) });
    metrics.subscription({ stream: 'PROFILES', events: async () => 7 });
    metrics.deadLetters({ count: async () => 2, parked: { count: async () => 5 } });
    expect(await values(registry)).toEqual([
      'outbox_events{outbox="tenders"} 3',
      'outbox_events{outbox="drafts"} 0',
      'outbox_oldest_event_seconds{outbox="tenders"} 30',
      'outbox_oldest_event_seconds{outbox="drafts"} 0',
      'subscription_lag_events{stream="PROFILES"} 7',
      'dead_letters 2',
      'parked_events 5',
    ]);
  });

  it('leaves out what cannot be known now, and tells the rest', async () => {
    const registry = new Registry();
    const metrics = eventingMetrics(registry, clock);
    let away = false;
    metrics.subscription({
      stream: 'PROFILES',
      events: async () => {
        if (away) throw new Error('the broker is away');
        return 7;
      },
    });
    metrics.deadLetters({ count: async () => 2, parked: { count: async () => 5 } });
    expect(await values(registry)).toContain('subscription_lag_events{stream="PROFILES"} 7');
    away = true;
    expect(await values(registry)).toEqual(['dead_letters 2', 'parked_events 5']);
  });
});
