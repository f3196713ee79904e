import { tzlib_get_ical_block, tzlib_get_offset, tzlib_get_timezones } from 'timezones-ical-library';

const known: ReadonlySet<string> = new Set(tzlib_get_timezones());

/**
 * The zone as VTIMEZONE, under the name it is asked for: the library knows Africa/Kigali as a link and would call it Africa/Maputo, a
 * zone that no DTSTART names. Undefined where the library has none.
 */
export const vtimezoneOf = (timeZone: string): string | undefined => {
  if (!known.has(timeZone)) return undefined;
  const [block = ''] = tzlib_get_ical_block(timeZone);
  return block.replace(/^(TZID|X-LIC-LOCATION):.*$/gm, (_line, name: string) => `${name}:${timeZone}`);
};

/**
 * Whether the VTIMEZONE shows this instant as the zone itself does, and no other instant alike. Where it does not, the time is better
 * written in UTC: in the hour that clocks repeat, in zones that follow the moon, and where the library’s rules are newer or older than
 * the platform’s.
 */
export const isToldByTheClock = (instant: string, timeZone: string): boolean => {
  const zoned = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
  return isAlone(zoned) && rulesAgree(timeZone, zoned.year);
};

const isAlone = (zoned: Temporal.ZonedDateTime): boolean => {
  const shown = zoned.toPlainDateTime();
  const [first, second] = (['earlier', 'later'] as const).map((disambiguation) =>
    shown.toZonedDateTime(zoned.timeZoneId, { disambiguation }),
  );
  return first?.epochNanoseconds === second?.epochNanoseconds;
};

const compared = new Map<string, boolean>();

/** Looks at each month, and at both sides of each change of clocks; once for a zone and year. */
const rulesAgree = (timeZone: string, year: number): boolean => {
  const key = `${timeZone} ${year}`;
  const before = compared.get(key);
  if (before !== undefined) return before;
  const agree = known.has(timeZone) && looksOf(timeZone, year).every((zoned) => offsetInLibrary(zoned) === zoned.offset);
  compared.set(key, agree);
  return agree;
};

const looksOf = (timeZone: string, year: number): Temporal.ZonedDateTime[] => {
  const looks = Array.from({ length: 12 }, (_, n) =>
    Temporal.ZonedDateTime.from({ timeZone, year, month: n + 1, day: 15, hour: 12 }),
  );
  let change = Temporal.ZonedDateTime.from({ timeZone, year, month: 1, day: 1 }).getTimeZoneTransition('next');
  for (; change && change.year === year; change = change.getTimeZoneTransition('next'))
    looks.push(change.subtract({ hours: 3 }), change.add({ hours: 3 }));
  return looks;
};

const offsetInLibrary = (zoned: Temporal.ZonedDateTime): string =>
  tzlib_get_offset(
    zoned.timeZoneId,
    zoned.toPlainDate().toString(),
    zoned.toPlainTime().toString({ smallestUnit: 'minute' }),
  ).replace(/(\d\d)$/, ':$1');
