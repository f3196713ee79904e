/** What a slot may need at once. Of a host or a room there is usually one, of a pool of devices several. */
export type Resource = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'host' | 'room' | 'device-pool' | 'network';
  readonly quantity: number;
};
export type Need = { readonly resourceId: string; readonly quantity: number };

/** Time of a host's resources that a slot has, from its start until it is tidied up after. */
export type Reservation = {
  readonly id: string;
  readonly slotId: string;
  readonly environmentId: string;
  readonly startsAt: string;
  readonly freeAt: string;
  readonly needs: readonly Need[];
  /** Whether the environment takes no other slot in this time. */
  readonly alone: boolean;
  /** When the slot is asked whether it stands on it; null once it does. */
  readonly settleAt: string | null;
};

/** All of one host's resources and who has them when, in one thing: so a slot gets all it needs or nothing, whatever environment asks. */
export type HostResources = { readonly resources: readonly Resource[]; readonly reservations: readonly Reservation[] };

export type ResourcesFact =
  | { readonly type: 'ResourcesDescribed'; readonly resources: readonly Resource[]; readonly at: string }
  | { readonly type: 'TimeReserved'; readonly reservation: Reservation; readonly at: string }
  | { readonly type: 'ReservationKept'; readonly reservationId: string; readonly at: string }
  | { readonly type: 'ReservationReleased'; readonly reservationId: string; readonly at: string };

export const nothingReserved: HostResources = { resources: [], reservations: [] };

export const evolve = (state: HostResources, fact: ResourcesFact): HostResources => {
  switch (fact.type) {
    case 'ResourcesDescribed':
      return { ...state, resources: fact.resources };
    case 'TimeReserved':
      return { ...state, reservations: [...coming(state.reservations, fact.at), fact.reservation] };
    case 'ReservationKept':
      return {
        ...state,
        reservations: state.reservations.map((one) => (one.id === fact.reservationId ? { ...one, settleAt: null } : one)),
      };
    case 'ReservationReleased':
      return { ...state, reservations: state.reservations.filter(({ id }) => id !== fact.reservationId) };
  }
};

/** Time that has passed binds nothing, so it is forgotten; what is still to be settled is not. */
export const coming = (reservations: readonly Reservation[], at: string): readonly Reservation[] => {
  const now = millisecondsOf(at);
  return reservations.filter(({ freeAt, settleAt }) => settleAt !== null || millisecondsOf(freeAt) > now);
};

export const millisecondsOf = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds;
