import { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import { describe, expect, it } from 'vitest';
import { anySlot, slotQueryOf } from './slotQuery.ts';

const now = '2026-11-23T10:00:00.000Z';

describe('a search for slots', () => {
  it('asks for free places from now on, where nothing else matters', () =>
    expect(slotQueryOf(anySlot, 'Berlin', now)).toEqual({ from: now, free: 'true' }));

  it('takes days by the reader’s calendar, the last one included', () => {
    const wishes = { ...anySlot, from: '2027-03-28', to: '2027-03-28' };
    expect(slotQueryOf(wishes, 'Berlin', now)).toMatchObject({
      from: '2027-03-27T23:00:00.000Z',
      to: '2027-03-28T22:00:00.000Z',
    });
    expect(slotQueryOf(wishes, 'Kigali', now)).toMatchObject({
      from: '2027-03-27T22:00:00.000Z',
      to: '2027-03-28T22:00:00.000Z',
    });
  });

  it('does not go back behind now, which would show what has begun', () =>
    expect(slotQueryOf({ ...anySlot, from: '2026-11-23' }, 'Berlin', now).from).toBe(now));

  it('prefers the host’s own words to an area', () => {
    expect(slotQueryOf({ ...anySlot, area: 'health' }, 'Berlin', now)).toMatchObject({ kind: 'health' });
    expect(slotQueryOf({ ...anySlot, area: 'health', words: ' Clinics ' }, 'Berlin', now)).toMatchObject({ kind: 'Clinics' });
  });

  it('is one that the platform takes, whatever is filled in', () => {
    const all = {
      ...{ area: 'health', words: '', from: '2027-01-01', to: '2027-02-01', language: 'rw', device: 'Android 12' },
      ...{ city: 'Kigali', price: 'at-most', atMost: '25000', currency: 'EUR', free: '' },
    };
    for (const wishes of [anySlot, all, { ...all, price: 'free' }, { ...all, atMost: '' }])
      expect(sandboxApi.slots.query.safeParse({ ...slotQueryOf(wishes, 'Berlin', now), limit: 10 }).success).toBe(true);
    expect(slotQueryOf(all, 'Berlin', now)).toMatchObject({ atMost: 25_000, currency: 'EUR' });
    expect(slotQueryOf({ ...all, price: 'free' }, 'Berlin', now)).not.toHaveProperty('atMost');
  });
});
