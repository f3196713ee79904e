import type { Language } from './texts/language.ts';
/** The two clocks that everything here is shown by. */
export const clocks = { Berlin: 'Europe/Berlin', Kigali: 'Africa/Kigali' } as const;
export type City = keyof typeof clocks;
export const cities = ['Berlin', 'Kigali'] as const satisfies readonly City[];

/** What a time zone is called after: `Africa/Kigali` → `Kigali`. */
export const cityOfZone = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');

/** One instant on one city’s clock, as people write it. */
export type ClockTime = { readonly city: City; readonly day: string; readonly time: string };

const dayOf = (instant: Date, zone: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(
    instant,
  );

const timeOf = (instant: Date, zone: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(instant);

/** English as it is read in both countries: the day before the month. */
export const localeOf = (language: Language): string => (language === 'de' ? 'de-DE' : 'en-GB');

export const onBothClocks = (instant: string, language: Language): readonly ClockTime[] =>
  cities.map((city) => {
    const at = new Date(instant);
    const locale = localeOf(language);
    return { city, day: dayOf(at, clocks[city], locale), time: timeOf(at, clocks[city], locale) };
  });

/** From one instant to another on each clock; where both lie on one day, the day is named once. */
export const periodOnBothClocks = (startsAt: string, endsAt: string, language: Language): readonly ClockTime[] => {
  const ends = onBothClocks(endsAt, language);
  return onBothClocks(startsAt, language).map(({ city, day, time }, index) => {
    const end = ends[index];
    const until = end === undefined ? '' : end.day === day ? end.time : `${end.day}, ${end.time}`;
    return { city, day, time: `${time} – ${until}` };
  });
};

/** A day of the calendar, without a clock. */
export const onDay = (day: string, language: Language): string => dayOf(new Date(`${day}T00:00:00Z`), 'UTC', localeOf(language));

/** Minor units as people write them: 1 250 000 of EUR is € 12,500.00. */
export const inMoney = (
  { amount, currency }: { readonly amount: number; readonly currency: string },
  language: Language,
): string => {
  const format = new Intl.NumberFormat(localeOf(language), { style: 'currency', currency, currencyDisplay: 'code' });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 0));
};

/** A file's size as people write it; 1,048,576 bytes are 1 MB, as their devices count. */
export const sizeInWords = (bytes: number, language: Language): string => {
  const [unit, size] =
    bytes < 1_024
      ? (['byte', bytes] as const)
      : bytes < 1_048_576
        ? (['kilobyte', bytes / 1_024] as const)
        : (['megabyte', bytes / 1_048_576] as const);
  return new Intl.NumberFormat(localeOf(language), { style: 'unit', unit, maximumFractionDigits: size < 10 ? 1 : 0 }).format(
    size,
  );
};

/** Points and scores: as exact as they are, two decimals at most. */
export const inPoints = (points: number, language: Language): string =>
  new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 2 }).format(points);
