import { hasBegun, placesFree } from './places.ts';
import { isRefused, type Refused } from './refusals.ts';
import { evolve, type Slot, type SlotFact } from './slot.ts';
import { earlier, hoursAfter, reached } from './times.ts';

/** What a guest reads whose request nobody answered. */
export const unanswered = 'The slot began before the host answered.';

/**
 * What time alone has brought by this instant: ended offers and holds pass on to the next in the queue, and the start of the slot answers
 * everybody who still waits. Judged by the instant, so a timer that came late changes nothing but when it is said.
 */
export const passTime = (slot: Slot, { at }: { readonly at: string }): readonly SlotFact[] => {
  if (slot.status === 'none') return [];
  const begun = hasBegun(slot, at);
  const ended = slot.waitlist.flatMap((entry): SlotFact[] => {
    if (entry.status === 'offered' && reached(at, entry.until)) return [{ type: 'OfferExpired', entryId: entry.id }];
    if (entry.status === 'waiting' && begun) return [{ type: 'WaitlistEnded', entryId: entry.id, because: 'begun' }];
    return [];
  });
  const unused = (slot.holds ?? []).flatMap((hold): SlotFact[] =>
    hold.status === 'held' && reached(at, hold.until) ? [{ type: 'HoldExpired', holdId: hold.id }] : [],
  );
  const lapsed = begun
    ? slot.bookings.flatMap(({ id, status }): SlotFact[] =>
        status === 'requested' ? [{ type: 'BookingDeclined', bookingId: id, by: 'platform', reason: unanswered, at }] : [],
      )
    : [];
  const facts = [...ended, ...unused, ...lapsed];
  return [...facts, ...offers(facts.reduce(evolve, slot), at)];
};

/** Each free place goes to the head of the queue, held until the offer ends or the slot starts; never after the start. */
const offers = (slot: Slot, at: string): readonly SlotFact[] => {
  if (slot.status !== 'open' || hasBegun(slot, at)) return [];
  const until = earlier(hoursAfter(at, slot.terms.offerHoldHours), slot.startsAt);
  return slot.waitlist
    .filter(({ status }) => status === 'waiting')
    .slice(0, Math.max(0, placesFree(slot)))
    .map(({ id }) => ({ type: 'PlaceOffered', entryId: id, until }));
};

/**
 * Decides on the slot as time has made it, and then offers the places this freed: so nobody takes a place past the queue, in the same
 * write.
 */
export const inTime = (
  slot: Slot,
  at: string,
  decide: (slot: Slot) => readonly SlotFact[] | Refused,
): readonly SlotFact[] | Refused => {
  const passed = passTime(slot, { at });
  const decision = decide(passed.reduce(evolve, slot));
  if (isRefused(decision)) return decision;
  const facts = [...passed, ...decision];
  return [...facts, ...offers(facts.reduce(evolve, slot), at)];
};
