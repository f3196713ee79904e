import { isRefused, type Refused, refuse } from './refusals.ts';

/** A slot's time as a caller gives it: two instants, or hours of a day on the wall clock of a zone. */
export type When =
  | { readonly startsAt: string; readonly endsAt: string }
  | { readonly date: string; readonly from: string; readonly to: string; readonly timeZone: string };

export const written = (instant: Temporal.Instant): string => instant.toString({ fractionalSecondDigits: 3 });

/** Instants are compared as instants, never as text. */
export const reached = (at: string, moment: string): boolean => Temporal.Instant.compare(at, moment) >= 0;

export const earlier = (a: string, b: string): string => (Temporal.Instant.compare(a, b) <= 0 ? a : b);

export const hoursAfter = (at: string, hours: number): string => written(Temporal.Instant.from(at).add({ hours }));

export const minutesAfter = (at: string, minutes: number): string => written(Temporal.Instant.from(at).add({ minutes }));

/** Hours that a slot lasts at most. Who looks for what is not over yet looks no further back. */
export const longestSlot = 48;

/** Why a slot cannot have this time, whatever else stands there. */
export const mayNotLast = ({ startsAt, endsAt }: { readonly startsAt: string; readonly endsAt: string }): Refused | undefined => {
  if (reached(startsAt, endsAt)) return refuse('ends-before-it-starts');
  return reached(hoursAfter(startsAt, longestSlot), endsAt) ? undefined : refuse('slot-too-long');
};

export const instantsOf = (when: When): { readonly startsAt: string; readonly endsAt: string } | Refused => {
  if ('startsAt' in when) return when;
  const startsAt = onTheClock(when.date, when.from, when.timeZone);
  if (isRefused(startsAt)) return startsAt;
  const endsAt = onTheClock(when.date, when.to, when.timeZone);
  return isRefused(endsAt) ? endsAt : { startsAt, endsAt };
};

/** The one instant a wall clock shows this; the hour it skips has none, and the hour it repeats has two. */
const onTheClock = (date: string, time: string, timeZone: string): string | Refused => {
  const shown = Temporal.PlainDateTime.from(`${date}T${time}`);
  const first = shown.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const second = shown.toZonedDateTime(timeZone, { disambiguation: 'later' });
  if (first.epochMilliseconds === second.epochMilliseconds) return written(first.toInstant());
  if (!first.toPlainDateTime().equals(shown))
    return refuse(
      'hour-does-not-exist',
      `On ${date} there is no ${time} in ${timeZone}: the clocks are put forward and skip it. Choose another time.`,
    );
  const withOffset = (zoned: Temporal.ZonedDateTime) => zoned.toString({ timeZoneName: 'never', smallestUnit: 'second' });
  return refuse(
    'hour-exists-twice',
    `On ${date} ${time} comes twice in ${timeZone}: as ${withOffset(first)} and as ${withOffset(second)}. Give startsAt and endsAt to say which one you mean.`,
  );
};
