import { describe, expect, it } from 'vitest';
import { cityOfZone, inMoney, onBothClocks, onDay, periodOnBothClocks, sizeInWords } from './times.ts';

describe('an instant on both clocks', () => {
  it('is one hour apart in winter and the same in summer', () => {
    expect(onBothClocks('2026-11-23T20:00:00.000Z', 'en')).toEqual([
      { city: 'Berlin', day: 'Mon, 23 Nov 2026', time: '21:00' },
      { city: 'Kigali', day: 'Mon, 23 Nov 2026', time: '22:00' },
    ]);
    expect(onBothClocks('2026-07-01T08:00:00.000Z', 'de').map(({ time }) => time)).toEqual(['10:00', '10:00']);
  });

  it('lies on two days around midnight', () => {
    expect(onBothClocks('2026-11-23T22:30:00.000Z', 'en').map(({ day }) => day)).toEqual([
      'Mon, 23 Nov 2026',
      'Tue, 24 Nov 2026',
    ]);
  });

  it('begins and ends a period, whose day is named once unless it ends on another', () => {
    expect(periodOnBothClocks('2026-11-23T21:00:00Z', '2026-11-23T22:30:00Z', 'en')).toEqual([
      { city: 'Berlin', day: 'Mon, 23 Nov 2026', time: '22:00 – 23:30' },
      { city: 'Kigali', day: 'Mon, 23 Nov 2026', time: '23:00 – Tue, 24 Nov 2026, 00:30' },
    ]);
  });
});

describe('a day without a clock', () => {
  it('is the same everywhere', () => expect(onDay('2027-01-31', 'de')).toBe('So., 31. Jan. 2027'));
});

describe('money', () => {
  it('is written from its minor units, which francs do not have', () => {
    expect(inMoney({ amount: 1_250_050, currency: 'EUR' }, 'en').replaceAll('\u00a0', ' ')).toBe('EUR 12,500.50');
    expect(inMoney({ amount: 500_000, currency: 'RWF' }, 'de').replaceAll('\u00a0', ' ')).toBe('500.000 RWF');
  });
});

describe('the size of a file', () => {
  it('is written short', () => {
    expect(sizeInWords(1_572_864, 'de').replaceAll('\u00a0', ' ')).toBe('1,5 MB');
    expect(sizeInWords(20_971_520, 'en').replaceAll('\u00a0', ' ')).toBe('20 MB');
    expect(sizeInWords(512, 'en').replaceAll('\u00a0', ' ')).toBe('512 byte');
  });
});

describe('a time zone', () => {
  it('is called by its city', () =>
    expect(['Africa/Kigali', 'America/Argentina/Buenos_Aires', 'UTC'].map(cityOfZone)).toEqual([
      'Kigali',
      'Buenos Aires',
      'UTC',
    ]));
});
