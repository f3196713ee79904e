import { describe, expect, it } from 'vitest';
import { sayFor } from './say.ts';

describe('an instant in words', () => {
  it('is shown on both clocks, one’s own first', () => {
    expect(sayFor('en-GB', 'Africa/Kigali').when('2026-11-23T12:00:00.000Z')).toBe(
      'Mon, 23 Nov 2026, 14:00 (Kigali) / 13:00 (Berlin)',
    );
    expect(sayFor('en-GB', 'Europe/Berlin').when('2026-11-23T12:00:00.000Z')).toBe(
      'Mon, 23 Nov 2026, 13:00 (Berlin) / 14:00 (Kigali)',
    );
  });
  it('follows Berlin’s change of clocks, which Kigali does not have', () =>
    expect(sayFor('en-GB', 'Europe/Berlin').when('2026-07-23T12:00:00.000Z')).toBe(
      'Thu, 23 Jul 2026, 14:00 (Berlin) / 14:00 (Kigali)',
    ));
  it('is shown on the own clock too where that is neither', () =>
    expect(sayFor('en-GB', 'America/New_York').when('2026-11-23T12:00:00.000Z')).toBe(
      'Mon, 23 Nov 2026, 07:00 (New York) / 13:00 (Berlin) / 14:00 (Kigali)',
    ));
  it('names the day again where midnight lies between the clocks', () =>
    expect(sayFor('en-GB', 'Europe/Berlin').when('2026-11-23T22:30:00.000Z')).toBe(
      'Mon, 23 Nov 2026, 23:30 (Berlin) / Tue, 24 Nov 2026, 00:30 (Kigali)',
    ));
});

describe('a period in words', () => {
  it('has its day once', () =>
    expect(sayFor('de-DE', 'Africa/Kigali').period('2026-11-23T07:00:00.000Z', '2026-11-23T10:00:00.000Z')).toBe(
      'Mo., 23. Nov. 2026, 09:00–12:00 (Kigali) / 08:00–11:00 (Berlin)',
    ));
  it('has both days when it goes on over midnight', () =>
    expect(sayFor('en-GB', 'Africa/Kigali').period('2026-11-23T20:00:00.000Z', '2026-11-24T01:00:00.000Z')).toBe(
      'Mon, 23 Nov 2026, 22:00–Tue, 24 Nov 2026, 03:00 (Kigali) / 21:00–Tue, 24 Nov 2026, 02:00 (Berlin)',
    ));
});

describe('an amount in words', () => {
  it('has the minor units of its currency', () => {
    expect(sayFor('en-GB', 'Africa/Kigali').money({ amount: 4_200_050, currency: 'EUR' })).toBe('€42,000.50');
    expect(sayFor('en-GB', 'Africa/Kigali').money({ amount: 4_200_050, currency: 'RWF' })).toMatch(/^RWF\s4,200,050$/);
    expect(sayFor('de-DE', 'Europe/Berlin').money({ amount: 4_200_050, currency: 'EUR' })).toMatch(/^42\.000,50\s€$/);
  });
});
