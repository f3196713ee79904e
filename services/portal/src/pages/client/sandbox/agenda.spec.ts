import { describe, expect, it } from 'vitest';
import { agendaOf } from './agenda.ts';

const slot = (startsAt: string, onHostsClock: string) => ({ startsAt, clocks: { host: { startsAt: onHostsClock } } });

describe('an agenda', () => {
  it('has the host’s days in order, and on each its slots', () => {
    const late = slot('2026-11-23T22:30:00.000Z', '2026-11-24T00:30:00+02:00');
    const early = slot('2026-11-24T06:00:00.000Z', '2026-11-24T08:00:00+02:00');
    const before = slot('2026-11-23T06:00:00.000Z', '2026-11-23T08:00:00+02:00');
    expect(agendaOf([early, late, before])).toEqual([
      { day: '2026-11-23', items: [before] },
      { day: '2026-11-24', items: [late, early] },
    ]);
  });
});
