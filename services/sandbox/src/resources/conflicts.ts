import { reservationOf } from './fitIn.ts';
import { inTheWay, type Obstacle } from './inTheWay.ts';
import type { ReserveTime } from './reserveTime.ts';
import { coming, type HostResources, type Reservation, type ResourcesFact } from './resources.ts';
import { overlap, spanOf } from './use.ts';

/**
 * The time of slots that are open already: it is theirs, whatever stands in its way. So no later slot is put there, and where they are in each
 * other's way is known.
 */
export const reserveStanding = (state: HostResources, { times, settleAt, at }: ReserveTime): readonly ResourcesFact[] => {
  const known = new Set(state.reservations.map(({ id }) => id));
  return times.flatMap((asked) =>
    known.has(asked.id) ? [] : [{ type: 'TimeReserved', reservation: reservationOf(asked, settleAt), at }],
  );
};

export type Conflict = { readonly reservation: Reservation; readonly obstacle: Obstacle };

/** Reservations that could not be had beside those before them: of two in each other's way the one that came later. */
export const conflictsIn = (state: HostResources, at: string): readonly Conflict[] => {
  const there = coming(state.reservations, at).map((one) => ({ one, span: spanOf(one) }));
  return there.flatMap(({ one: reservation, span }, place) => {
    const reservations = there.slice(0, place).flatMap((before) => (overlap(before.span, span) ? [before.one] : []));
    const obstacle = inTheWay({ resources: state.resources, reservations }, reservation);
    return obstacle ? [{ reservation, obstacle }] : [];
  });
};
