import type { Agreed, Booking, DataClass } from './booking.ts';

/** What the terms of a slot tell of it. */
type Told = {
  readonly data?: DataClass;
  readonly law?: string;
  readonly dataNotes?: string;
  readonly panel?: NonNullable<Agreed['panel']>;
};

/** What a slot tells who books it; nothing where it was opened before it was told. */
const toldBy = ({ data, law, dataNotes, panel }: Told): Agreed | undefined =>
  data && {
    data,
    ...(law === undefined ? {} : { law }),
    ...(dataNotes === undefined ? {} : { notes: dataNotes }),
    ...(panel === undefined ? {} : { panel }),
  };

/** The terms of a slot never change, so a booking has its own word only where it came from another slot. */
export const agreedFor = (terms: Told, { agreed }: Booking): Agreed | undefined => agreed ?? toldBy(terms);

/** A booking that leaves knows what was agreed where it was. */
export const takingAlong = (terms: Told, booking: Booking): Booking => {
  const agreed = agreedFor(terms, booking);
  return agreed === undefined ? booking : { ...booking, agreed };
};

/** A guest that moves chose the other slot as it is; to a guest that was moved what was agreed still stands. */
export const cameTo = (terms: Told, { agreed, ...booking }: Booking, by: 'guest' | 'host'): Booking =>
  by === 'guest' || agreed === undefined || JSON.stringify(agreed) === JSON.stringify(toldBy(terms))
    ? booking
    : { ...booking, agreed };
