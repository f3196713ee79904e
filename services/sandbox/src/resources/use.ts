import { millisecondsOf, type Reservation } from './resources.ts';

type Span = { readonly from: number; readonly until: number };
type Used = Span & { readonly quantity: number };

export const spanOf = ({ startsAt, freeAt }: Pick<Reservation, 'startsAt' | 'freeAt'>): Span => ({
  from: millisecondsOf(startsAt),
  until: millisecondsOf(freeAt),
});

/** One ends where the next begins: they do not overlap. */
export const overlap = (one: Span, other: Span): boolean => one.from < other.until && other.from < one.until;

/** The reservations that have some of this resource, each with how much of it. */
export const usesOf = (reservations: readonly Reservation[], resourceId: string): readonly Used[] =>
  reservations.flatMap((reservation) => {
    const quantity = reservation.needs
      .filter((need) => need.resourceId === resourceId)
      .reduce((sum, need) => sum + need.quantity, 0);
    return quantity > 0 ? [{ ...spanOf(reservation), quantity }] : [];
  });

/** The most that is used at any one instant of this time. Use rises only where one begins, so those instants are enough. */
export const peak = (uses: readonly Used[], within: Span): number => {
  const there = uses.filter((use) => overlap(use, within));
  const instants = [within.from, ...there.map(({ from }) => from).filter((from) => from > within.from)];
  return Math.max(
    0,
    ...instants.map((at) =>
      there.filter(({ from, until }) => from <= at && at < until).reduce((sum, { quantity }) => sum + quantity, 0),
    ),
  );
};
