/** The days of the week as RFC 5545 names them, Monday first. */
export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof weekdays)[number];

/** What most hours are: some days of every week, or of every second one, perhaps up to a last day. */
export type WeeklyRule = {
  readonly days: readonly Weekday[];
  readonly everyWeeks: number;
  /** The last local day, like 2027-03-31. */
  readonly until: string | undefined;
};

/** As a recurrence rule of RFC 5545. */
export const writeRule = ({ days, everyWeeks, until }: WeeklyRule): string =>
  [
    'FREQ=WEEKLY',
    ...(everyWeeks > 1 ? [`INTERVAL=${everyWeeks}`] : []),
    `BYDAY=${weekdays.filter((day) => days.includes(day)).join(',')}`,
    ...(until ? [`UNTIL=${until.replaceAll('-', '')}`] : []),
  ].join(';');

/** Reads a rule of that kind; undefined for any other, which is then kept as it is written. */
export const readRule = (rule: string): WeeklyRule | undefined => {
  const parts = rule.split(';').map((part) => part.split('=') as [string, string]);
  const part = new Map(parts);
  if ([...part.keys()].some((name) => !['FREQ', 'INTERVAL', 'BYDAY', 'UNTIL', 'WKST'].includes(name))) return undefined;
  if (part.get('FREQ') !== 'WEEKLY' || (part.get('WKST') ?? 'MO') !== 'MO') return undefined;
  const days = (part.get('BYDAY') ?? '').split(',');
  if (!days.every((day): day is Weekday => weekdays.some((known) => known === day))) return undefined;
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(part.get('UNTIL') ?? '') ?? [];
  if (part.has('UNTIL') && year === undefined) return undefined;
  return {
    days,
    everyWeeks: Number(part.get('INTERVAL') ?? 1),
    until: year === undefined ? undefined : `${year}-${month}-${day}`,
  };
};
