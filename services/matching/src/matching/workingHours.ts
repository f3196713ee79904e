import type { Country, WorkingHours } from './firm.ts';

/** What is taken for a buyer without a published profile: office hours of its country. */
export const officeHours: Readonly<Record<Country, WorkingHours>> = {
  DE: { timeZone: 'Europe/Berlin', from: '09:00', to: '17:00' },
  RW: { timeZone: 'Africa/Kigali', from: '08:00', to: '17:00' },
};

const startAndEnd = ({ timeZone, from, to }: WorkingHours, day: Temporal.PlainDate): readonly [number, number] => {
  const at = (date: Temporal.PlainDate, time: string) =>
    date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;
  // A shift that ends at or before its beginning ends on the next day.
  return [at(day, from), at(to > from ? day : day.add({ days: 1 }), to)];
};

/**
 * Hours that two teams work at the same time on a day (of the first team's calendar), each by its own clock: between Berlin and Kigali
 * it differs between summer and winter.
 */
export const sharedHours = (one: WorkingHours, other: WorkingHours, day: string): number => {
  const date = Temporal.PlainDate.from(day);
  const [from, to] = startAndEnd(one, date);
  let shared = 0;
  for (const days of [-1, 0, 1]) {
    const [begin, end] = startAndEnd(other, date.add({ days }));
    shared += Math.max(0, Math.min(to, end) - Math.max(from, begin));
  }
  return shared / 3_600_000;
};
