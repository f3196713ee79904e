import { type City, clocks } from '../times.ts';

const fieldsOf = new Map<City, Intl.DateTimeFormat>();

/** A day like 2027-01-31 and a time like 17:00 as a city's clocks show them at an instant. */
export const wallTimeAt = (instant: string, city: City): { readonly day: string; readonly time: string } => {
  let format = fieldsOf.get(city);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: clocks[city],
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    fieldsOf.set(city, format);
  }
  const part = Object.fromEntries(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  return { day: `${part.year}-${part.month}-${part.day}`, time: `${part.hour}:${part.minute}` };
};

const dayLong = 86_400_000;

/**
 * The instants at which a city's clocks show this day and time: one, none where clocks jump over it, two where they show it twice. In
 * the order of time.
 */
export const instantsAt = (day: string, time: string, city: City): readonly string[] => {
  const asIfUtc = Date.parse(`${day}T${time}:00Z`);
  if (Number.isNaN(asIfUtc)) return [];
  // Clocks change at most once within a day around it, so its offset is one of those a day before and a day after.
  const offsets = [asIfUtc - dayLong, asIfUtc + dayLong].map((near) => {
    const shown = wallTimeAt(new Date(near).toISOString(), city);
    return Date.parse(`${shown.day}T${shown.time}:00Z`) - near;
  });
  return [...new Set(offsets)]
    .map((offset) => new Date(asIfUtc - offset).toISOString())
    .filter((instant) => {
      const shown = wallTimeAt(instant, city);
      return shown.day === day && shown.time === time;
    })
    .sort();
};
