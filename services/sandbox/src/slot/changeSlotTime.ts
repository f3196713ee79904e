import { decideFate, type Fate } from './fate.ts';
import { inTime } from './passTime.ts';
import { hasBegun, isHost } from './places.ts';
import { isRefused, type Refused, refuse } from './refusals.ts';
import { isGivenUp } from './reservation.ts';
import type { Slot, SlotFact } from './slot.ts';
import { instantsOf, mayNotLast, reached, type When } from './times.ts';

export type ChangeSlotTime = {
  readonly when: When;
  readonly reason: string;
  /** Of the new time, where the slot needs anything. */
  readonly reservationId?: string;
  readonly bookings?: Fate | undefined;
  readonly by: string;
  readonly at: string;
};

/** Another time for the slot; those who keep their booking are told the new one. Who waits goes on waiting, for the new time. */
export const changeSlotTime = (
  slot: Slot,
  { when, reason, reservationId, bookings, by, at }: ChangeSlotTime,
): readonly SlotFact[] | Refused =>
  inTime(slot, at, (now) => {
    if (now.status === 'none') return refuse('no-such-slot');
    if (!isHost(now, by)) return refuse('not-the-host');
    if (now.status === 'closed') return refuse('slot-closed');
    if (hasBegun(now, at)) return refuse('slot-begun');
    const times = instantsOf(when);
    if (isRefused(times)) return times;
    const { startsAt, endsAt } = times;
    if (startsAt === now.startsAt && endsAt === now.endsAt) return [];
    const no = mayNotLast(times);
    if (no) return no;
    if (reached(at, startsAt)) return refuse('starts-in-the-past');
    if (reservationId !== undefined && isGivenUp(now, reservationId)) return refuse('reservation-abandoned');
    const fate = decideFate(now, bookings, { reason, at });
    if (isRefused(fate)) return fate;
    const moved = reservationId === undefined ? {} : { reservationId };
    return [...fate, { type: 'SlotTimeChanged', startsAt, endsAt, ...moved, reason, at }];
  });
