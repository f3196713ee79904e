import { describe, expect, it } from 'vitest';
import { toBookingView } from '../views.ts';
import { agreedFor } from './agreed.ts';
import { arriveFromSlot } from './arriveFromSlot.ts';
import type { Booking } from './booking.ts';
import { bookSlot } from './bookSlot.ts';
import { days, endsAt, firm, kept, opened, product, startsAt } from './exampleSlots.ts';
import { leaveForSlot } from './leaveForSlot.ts';
import { evolve, type KnownSlot, noSlot, type SlotFact, type Terms } from './slot.ts';

const panel = { size: 8, languages: [{ language: 'rw', level: 'native' as const }], profile: 'Market traders' };
const told = { data: 'test-data' as const, law: 'Law No 058/2021 (Rwanda)', dataNotes: 'Wiped each night', panel };
const free = { price: 'free' as const, seats: 10 };
const agreed = { data: told.data, law: told.law, notes: told.dataNotes, panel, ...free };
const at = days.before;

const decided = (slot: KnownSlot, decision: readonly SlotFact[] | object): KnownSlot => {
  if ('refused' in decision) throw new Error(String(decision.refused));
  return (decision as readonly SlotFact[]).reduce(evolve, slot) as KnownSlot;
};
const slotOn = (terms: Partial<Terms>, id = 'slot-1') =>
  evolve(noSlot, { ...opened(1, terms), slotId: id } as SlotFact) as KnownSlot;
const booked = (slot: KnownSlot) =>
  decided(slot, bookSlot(slot, { bookingId: 'b-guest', uid: 'u', guest: firm('guest'), product, dataClass: 'test-data', at }));
const bookingOf = (slot: KnownSlot) => slot.bookings[0] as Booking;
const moved = (from: KnownSlot, to: KnownSlot, by: 'guest' | 'host') => {
  const left = decided(
    from,
    leaveForSlot(from, { bookingId: 'b-guest', moveId: 'move-1', to: to.id, reason: 'Larger room', by, at }),
  );
  const [departure] = left.departures ?? [];
  if (!departure) throw new Error('it left');
  const waiting = evolve(to, { ...kept('guest'), from: from.id } as SlotFact) as KnownSlot;
  const arriving = [{ ...departure, from: { slotId: from.id, startsAt, endsAt } }];
  return decided(waiting, arriveFromSlot(waiting, { moveId: 'move-1', arriving, at }));
};

describe('what was agreed when a guest booked', () => {
  const other = { ...told, law: 'GDPR', data: 'consented-users' as const };
  it('is what the slot told of data, law and people', () => {
    const slot = booked(slotOn(told));
    expect(agreedFor(slot.terms, bookingOf(slot))).toEqual(agreed);
  });
  it('is only the data where the slot was opened before the rest was kept, and nothing where it told nothing', () => {
    const old = booked(slotOn({ data: 'test-data' }));
    expect(agreedFor(old.terms, bookingOf(old))).toEqual({ data: 'test-data', ...free });
    const older = booked(slotOn({}));
    expect(agreedFor(older.terms, bookingOf(older))).toBeUndefined();
  });
  it('stands when the host moves the booking, through a second move and an answer, and is the new slot’s when the guest moves it', () => {
    const from = booked(slotOn(told));
    const byHost = moved(from, slotOn(other, 'slot-2'), 'host');
    expect(agreedFor(byHost.terms, bookingOf(byHost))).toEqual(agreed);
    const confirmed = evolve(byHost, { type: 'BookingConfirmed', bookingId: 'b-guest', at }) as KnownSlot;
    expect(agreedFor(confirmed.terms, bookingOf(confirmed))).toEqual(agreed);
    const again = moved(confirmed, slotOn(other, 'slot-3'), 'host');
    expect(agreedFor(again.terms, bookingOf(again))).toEqual(agreed);
    const back = moved(again, slotOn(told, 'slot-4'), 'host');
    expect(bookingOf(back).agreed).toBeUndefined();
    const byGuest = moved(from, slotOn(other, 'slot-2'), 'guest');
    expect(agreedFor(byGuest.terms, bookingOf(byGuest))).toEqual({ ...agreed, law: 'GDPR', data: 'consented-users' });
  });
  it('is what it costs and how many testers may come, too', () => {
    const costs = (amount: number, seats: number) => ({ ...told, price: { amount, currency: 'EUR' }, seatsPerPlace: seats });
    const from = booked(slotOn({ ...told, seatsPerPlace: 1 }));
    const to = slotOn(costs(50_000, 2), 'slot-2');
    const shown = (slot: KnownSlot) => toBookingView(slot, bookingOf(slot), 'guest');
    expect(shown(moved(from, to, 'host'))).toMatchObject({ price: 'free', seats: 1 });
    expect(shown(moved(from, to, 'guest'))).toMatchObject({ price: { amount: 50_000 }, seats: 2 });
    expect(shown(moved(moved(from, to, 'host'), slotOn(costs(70_000, 3), 'slot-3'), 'guest'))).toMatchObject({
      price: { amount: 70_000 },
      seats: 3,
    });
    // Moved before the price was kept: what is there now is all that is known, and that stays through the next move.
    const { price: _, seats: __, ...of } = agreed;
    const old = { ...to, bookings: [{ ...bookingOf(from), agreed: of }] };
    expect(shown(old)).toMatchObject({ price: { amount: 50_000 }, seats: 2 });
    const next = moved(old, slotOn(costs(90_000, 4), 'slot-3'), 'host');
    expect(shown(next)).toMatchObject({ price: { amount: 50_000 }, seats: 2 });
  });
});
