import { describe, expect, it } from 'vitest';
import { officeHours, sharedHours } from './workingHours.ts';

describe('shared working hours', () => {
  it('differ between summer and winter, because only Berlin changes its clocks', () => {
    const kigali = { timeZone: 'Africa/Kigali', from: '08:00', to: '16:00' };
    expect(sharedHours(officeHours.DE, kigali, '2027-07-01')).toBe(7);
    expect(sharedHours(officeHours.DE, kigali, '2027-01-15')).toBe(6);
  });
  it('are found across midnight and the date line', () => {
    const night = { timeZone: 'Africa/Kigali', from: '22:00', to: '06:00' };
    expect(sharedHours({ timeZone: 'Africa/Kigali', from: '04:00', to: '10:00' }, night, '2027-01-15')).toBe(2);
    expect(sharedHours({ timeZone: 'Pacific/Auckland', from: '08:00', to: '16:00' }, night, '2027-01-15')).toBe(7);
  });
  it('are none when one sleeps while the other works', () =>
    expect(
      sharedHours(
        { timeZone: 'America/Los_Angeles', from: '09:00', to: '17:00' },
        { timeZone: 'Africa/Kigali', from: '08:00', to: '17:00' },
        '2027-01-15',
      ),
    ).toBe(0));
});
