import type { Say } from './catalogue.ts';

/** Everything here has two ends, and both clocks are shown to everybody. */
const bothEnds = ['Europe/Berlin', 'Africa/Kigali'] as const;

/** `Africa/Kigali` → `Kigali`: the city names its clock in every language written here. */
const cityOf = (timeZone: string): string => timeZone.slice(timeZone.lastIndexOf('/') + 1).replaceAll('_', ' ');

/** Writes for one reader: the own clock first, then those of both ends. */
export const sayFor = (locale: string, timeZone: string): Say => {
  const zones = [...new Set([timeZone, ...bothEnds])];
  const formats = zones.map((zone) => ({
    city: cityOf(zone),
    day: new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }),
    time: new Intl.DateTimeFormat(locale, { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  }));

  /** The day is written once where it is the same on all clocks. */
  const onAllClocks = (from: Date, to: Date | undefined): string => {
    let day = '';
    const clocks = formats.map(({ city, day: days, time }) => {
      const own = days.format(from);
      const told = own === day ? '' : `${own}, `;
      day = own;
      if (to === undefined) return `${told}${time.format(from)} (${city})`;
      const end = days.format(to) === own ? time.format(to) : `${days.format(to)}, ${time.format(to)}`;
      return `${told}${time.format(from)}–${end} (${city})`;
    });
    return clocks.join(' / ');
  };

  return {
    when: (instant) => onAllClocks(new Date(instant), undefined),
    period: (startsAt, endsAt) => onAllClocks(new Date(startsAt), new Date(endsAt)),
    money: ({ amount, currency }) => {
      const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
      return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
    },
    number: (value) => new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value),
  };
};
