import { inTheWay, type Obstacle } from './inTheWay.ts';
import { refuse } from './refusals.ts';
import { coming, type HostResources, type Need, type Reservation } from './resources.ts';
import { overlap, spanOf } from './use.ts';

/** A host's whole calendar is one document, so it has an end. */
export const mostReservations = 5_000;

export type AskedTime = {
  readonly id: string;
  readonly slotId: string;
  readonly environmentId: string;
  readonly startsAt: string;
  readonly endsAt: string;
  /** Minutes to tidy up after; without a number the environment may have other slots at the same time. */
  readonly bufferMinutes: number | null;
  readonly needs: readonly Need[];
};

/** One of the times asked for: `had` already, to be `reserved`, or with the obstacle to it. */
export type Fit =
  | { readonly asked: AskedTime; readonly is: 'had' }
  | { readonly asked: AskedTime; readonly is: 'free'; readonly reservation: Reservation }
  | { readonly asked: AskedTime; readonly is: 'in-the-way'; readonly obstacle: Obstacle };

/** Which of these times can be had, one after the other as they come, each beside those before it. */
export const fitIn = (state: HostResources, times: readonly AskedTime[], settleAt: string, at: string): readonly Fit[] => {
  // Spans are worked out once: a plan of a year asks a long calendar hundreds of times.
  const there = coming(state.reservations, at).map((one) => ({ one, span: spanOf(one) }));
  const ids = new Set(there.map(({ one }) => one.id));
  return times.map((asked): Fit => {
    if (ids.has(asked.id)) return { asked, is: 'had' };
    const reservation = reservationOf(asked, settleAt);
    const span = spanOf(reservation);
    const reservations = there.filter((other) => overlap(other.span, span)).map(({ one }) => one);
    const obstacle = inTheWay({ resources: state.resources, reservations }, reservation);
    if (obstacle) return { asked, is: 'in-the-way', obstacle };
    if (there.length >= mostReservations) return { asked, is: 'in-the-way', obstacle: full };
    there.push({ one: reservation, span });
    ids.add(asked.id);
    return { asked, is: 'free', reservation };
  });
};

/** Whether the calendar takes nothing more at all. */
export const isFull = ({ reservations }: HostResources, at: string): boolean =>
  coming(reservations, at).length >= mostReservations;

export const full = refuse('calendar-full', `A host can have ${mostReservations} slots with resources to come.`);

export const reservationOf = (
  { id, slotId, environmentId, startsAt, endsAt, bufferMinutes, needs }: AskedTime,
  settleAt: string,
): Reservation => ({
  id,
  slotId,
  environmentId,
  startsAt,
  freeAt: Temporal.Instant.from(endsAt)
    .add({ minutes: bufferMinutes ?? 0 })
    .toString({ fractionalSecondDigits: 3 }),
  needs,
  alone: bufferMinutes !== null,
  settleAt,
});
