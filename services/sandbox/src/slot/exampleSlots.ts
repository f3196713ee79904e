import type { Booking, Party } from './booking.ts';
import { evolve, noSlot, type Slot, type SlotFact, type Terms } from './slot.ts';

/** Scenes for the specs, set by what happened. */
export const firm = (organisationId: string): Party => ({ organisationId, name: `Demonstration ${organisationId}` });

export const product = { name: 'Demonstration wallet' };
export const report = {
  summary: 'Eight paid and were paid.',
  findings: [{ title: 'Only in English', severity: 'medium' as const }],
};

export const days = { before: '2026-11-20T09:00:00.000Z', late: '2026-11-22T20:00:00.000Z' };
export const startsAt = '2026-11-23T07:00:00.000Z';
export const endsAt = '2026-11-23T10:00:00.000Z';
export const during = '2026-11-23T08:00:00.000Z';

export const termsOf = (more: Partial<Terms> = {}): Terms => ({
  environmentId: 'env-1',
  title: 'Mobile money room',
  kinds: ['Mobile money'],
  languages: [{ language: 'rw', level: 'native' }],
  place: { city: 'Kigali' },
  host: firm('host'),
  confirmation: 'by-hand',
  timeZone: 'Africa/Kigali',
  cancellationNoticeHours: 24,
  offerHoldHours: 24,
  ...more,
});

export const opened = (capacity = 1, more: Partial<Terms> = {}): SlotFact => ({
  type: 'SlotOpened',
  slotId: 'slot-1',
  terms: termsOf(more),
  startsAt,
  endsAt,
  capacity,
});
export const requested = (guest: string): SlotFact => ({
  type: 'BookingRequested',
  bookingId: `b-${guest}`,
  uid: `b-${guest}@test`,
  guest: firm(guest),
  product,
  at: days.before,
});
export const confirmed = (guest: string): SlotFact => ({ type: 'BookingConfirmed', bookingId: `b-${guest}`, at: days.before });
export const declined = (guest: string): SlotFact => ({
  type: 'BookingDeclined',
  bookingId: `b-${guest}`,
  by: 'host',
  reason: 'The phones are broken',
  at: days.before,
});
export const cancelled = (guest: string): SlotFact => ({
  type: 'BookingCancelled',
  bookingId: `b-${guest}`,
  by: 'guest',
  reason: null,
  late: false,
  at: days.before,
});
export const completed = (guest: string): SlotFact => ({ type: 'BookingCompleted', bookingId: `b-${guest}`, report, at: during });
export const didNotShow = (guest: string): SlotFact => ({ type: 'GuestDidNotShow', bookingId: `b-${guest}`, at: during });
export const joined = (guest: string): SlotFact => ({
  type: 'WaitlistJoined',
  entryId: `e-${guest}`,
  guest: firm(guest),
  product,
  at: days.before,
});
export const offered = (guest: string, until = '2026-11-21T09:00:00.000Z'): SlotFact => ({
  type: 'PlaceOffered',
  entryId: `e-${guest}`,
  until,
});
export const accepted = (guest: string): SlotFact => ({ type: 'OfferAccepted', entryId: `e-${guest}`, bookingId: `b-${guest}` });
export const offerDeclined = (guest: string): SlotFact => ({ type: 'OfferDeclined', entryId: `e-${guest}` });
export const offerExpired = (guest: string): SlotFact => ({ type: 'OfferExpired', entryId: `e-${guest}` });
export const held = (guest: string, until = '2026-11-20T09:10:00.000Z'): SlotFact => ({
  type: 'PlaceHeld',
  holdId: `h-${guest}`,
  guest: firm(guest),
  until,
});
export const kept = (...guests: string[]): SlotFact => ({
  type: 'PlacesKept',
  moveId: 'move-1',
  from: 'slot-0',
  bookings: guests.map((guest) => ({ bookingId: `b-${guest}`, guest })),
  settleAt: '2026-11-20T09:00:30.000Z',
});
export const arrivedFrom = (booking: Booking): SlotFact => ({
  type: 'BookingArrived',
  moveId: 'move-1',
  booking,
  by: 'guest',
  reason: null,
  late: false,
  from: { slotId: 'slot-0', startsAt: '2026-11-22T07:00:00.000Z', endsAt: '2026-11-22T10:00:00.000Z' },
  at: days.before,
});
export const closed: SlotFact = { type: 'SlotClosed', reason: 'No power that day' };

export const slotAfter = (...facts: SlotFact[]): Slot => facts.reduce(evolve, noSlot);

/** One place, taken by `first`, whose booking is confirmed. */
export const fullSlot = (...more: SlotFact[]): Slot => slotAfter(opened(), requested('first'), confirmed('first'), ...more);
