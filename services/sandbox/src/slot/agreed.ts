import type { Agreed, Booking, DataClass } from './booking.ts';

/** What the terms of a slot tell of it. */
type Told = {
  readonly data?: DataClass;
  readonly law?: string;
  readonly dataNotes?: string;
  readonly panel?: NonNullable<Agreed['panel']>;
  readonly price?: NonNullable<Agreed['price']>;
  readonly seatsPerPlace?: number;
};

/** For slots that were opened before the host said how many. */
const usualSeats = 10;

/** How many of its own testers a guest may bring to its one place. */
export const seatsPerPlace = ({ terms }: { readonly terms: Told }): number => terms.seatsPerPlace ?? usualSeats;

/** What a slot tells who books it; nothing where it was opened before it was told. Slots of before have no price, for all were free then. */
const toldBy = (terms: Told): Agreed | undefined => {
  const { data, law, dataNotes, panel, price = 'free' } = terms;
  return (
    data && {
      data,
      ...(law === undefined ? {} : { law }),
      ...(dataNotes === undefined ? {} : { notes: dataNotes }),
      ...(panel === undefined ? {} : { panel }),
      price,
      seats: seatsPerPlace({ terms }),
    }
  );
};

/** The terms of a slot never change, so a booking has its own word only where it came from another slot. */
export const agreedFor = (terms: Told, { agreed }: Pick<Booking, 'agreed'>): Agreed | undefined => agreed ?? toldBy(terms);

/** What this booking costs, and how many testers its guest may bring: what was agreed before the host moved it, or what its slot says. */
export const priceFor = ({ price = 'free' }: Told, { agreed }: Pick<Booking, 'agreed'>): NonNullable<Agreed['price']> =>
  agreed?.price ?? price;
export const seatsFor = (slot: { readonly terms: Told }, { agreed }: Pick<Booking, 'agreed'>): number =>
  agreed?.seats ?? seatsPerPlace(slot);

/** A booking that leaves knows what was agreed where it was, also where it came there before its price and its seats were kept. */
export const takingAlong = (terms: Told, booking: Booking): Booking => {
  const agreed = agreedFor(terms, booking);
  return agreed === undefined
    ? booking
    : { ...booking, agreed: { ...agreed, price: priceFor(terms, booking), seats: seatsFor({ terms }, booking) } };
};

/** A guest that moves chose the other slot as it is; to a guest that was moved what was agreed still stands. */
export const cameTo = (terms: Told, { agreed, ...booking }: Booking, by: 'guest' | 'host'): Booking =>
  by === 'guest' || agreed === undefined || JSON.stringify(agreed) === JSON.stringify(toldBy(terms))
    ? booking
    : { ...booking, agreed };
