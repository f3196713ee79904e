import type { Agreed, Booking } from './booking.ts';
import type { Terms } from './slot.ts';

/** What a slot tells who books it; nothing where it was opened before it was told. */
const toldBy = ({ data, law, dataNotes, panel }: Terms): Agreed | undefined =>
  data && {
    data,
    ...(law === undefined ? {} : { law }),
    ...(dataNotes === undefined ? {} : { notes: dataNotes }),
    ...(panel === undefined ? {} : { panel }),
  };

/** The terms of a slot never change, so a booking has its own word only where it came from another slot. */
export const agreedFor = (terms: Terms, { agreed }: Booking): Agreed | undefined => agreed ?? toldBy(terms);

/** A booking that leaves knows what was agreed where it was. */
export const takingAlong = (terms: Terms, booking: Booking): Booking => {
  const agreed = agreedFor(terms, booking);
  return agreed === undefined ? booking : { ...booking, agreed };
};

/** A guest that moves chose the other slot as it is; to a guest that was moved what was agreed still stands. */
export const cameTo = (terms: Terms, { agreed, ...booking }: Booking, by: 'guest' | 'host'): Booking =>
  by === 'guest' || agreed === undefined || JSON.stringify(agreed) === JSON.stringify(toldBy(terms))
    ? booking
    : { ...booking, agreed };
