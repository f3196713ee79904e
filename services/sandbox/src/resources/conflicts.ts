import { mostReservations, reservationOf } from './fitIn.ts';
import { inTheWay, type Obstacle } from './inTheWay.ts';
import { refuse } from './refusals.ts';
import type { ReserveTime } from './reserveTime.ts';
import { coming, type HostResources, type Reservation, type ResourcesFact } from './resources.ts';
import { overlap, spanOf } from './use.ts';

/**
 * The time of slots that are open already: it is theirs, whatever stands in its way. So no later slot is put there, and where they are in each
 * other's way is known. A full calendar takes no more of them, the first in the row first: and nothing else is put where they are either.
 */
export const reserveStanding = (state: HostResources, { times, settleAt, at }: ReserveTime): readonly ResourcesFact[] => {
  const there = coming(state.reservations, at);
  const known = new Set(there.map(({ id }) => id));
  return times
    .filter(({ id }) => !known.has(id))
    .slice(0, Math.max(0, mostReservations - there.length))
    .map((asked) => ({ type: 'TimeReserved', reservation: reservationOf(asked, settleAt), at }));
};

export type Conflict = { readonly reservation: Reservation; readonly obstacle: Obstacle };

const notKept = refuse('calendar-full', 'The calendar does not keep the time of this slot.');

/** Reservations that could not be had beside those before them: of two in each other's way the one that came later. */
export const conflictsIn = (state: HostResources, at: string): readonly Conflict[] => {
  const there = coming(state.reservations, at).map((one, place) => ({ one, place, span: spanOf(one), before: [] as Placed[] }));
  // Swept by their start: only what is not over yet can overlap the next one, whichever of the two came first.
  let running: typeof there = [];
  for (const next of there.toSorted((a, b) => a.span.from - b.span.from)) {
    running = running.filter(({ span }) => span.until > next.span.from);
    for (const other of running) {
      const [first, later] = other.place < next.place ? [other, next] : [next, other];
      if (overlap(first.span, later.span)) later.before.push(first);
    }
    running.push(next);
  }
  return there.flatMap(({ one: reservation, before }) => {
    const reservations = before.toSorted((a, b) => a.place - b.place).map(({ one }) => one);
    const obstacle = inTheWay({ resources: state.resources, reservations }, reservation);
    return obstacle ? [{ reservation, obstacle }] : [];
  });
};

type Placed = { readonly one: Reservation; readonly place: number };

/**
 * The same of one reservation alone; of a slot that is about to give its time back one looks away. What the calendar does not have at all is
 * nobody's to stand on.
 */
export const conflictAt = (state: HostResources, reservationId: string, at: string, givingWay?: string): Obstacle | undefined => {
  const there = coming(state.reservations, at);
  const place = there.findIndex(({ id }) => id === reservationId);
  const reservation = there[place];
  if (!reservation) return notKept;
  const span = spanOf(reservation);
  const reservations = there.slice(0, place).filter((before) => before.slotId !== givingWay && overlap(spanOf(before), span));
  return inTheWay({ resources: state.resources, reservations }, reservation);
};
