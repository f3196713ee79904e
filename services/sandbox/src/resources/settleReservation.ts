import type { HostResources, ResourcesFact } from './resources.ts';

/** What the slot has said: it stands on this reservation, or it never will. */
export const settleReservation = (
  { reservations }: HostResources,
  { reservationId, stands, at }: { readonly reservationId: string; readonly stands: boolean; readonly at: string },
): readonly ResourcesFact[] => {
  const reservation = reservations.find(({ id }) => id === reservationId);
  if (!reservation) return [];
  if (!stands) return [{ type: 'ReservationReleased', reservationId, at }];
  return reservation.settleAt === null ? [] : [{ type: 'ReservationKept', reservationId, at }];
};

/** The instant at which the next reservation is to be settled. */
export const nextSettling = ({ reservations }: HostResources): string | undefined =>
  reservations
    .flatMap(({ settleAt }) => (settleAt === null ? [] : [settleAt]))
    .toSorted((one, other) => Temporal.Instant.compare(one, other))
    .at(0);
