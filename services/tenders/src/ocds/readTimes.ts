import type { NewTender } from '@umuhuza/contracts/tenders/schemas';
import { instant } from '@umuhuza/contracts/values';
import type { Note, Notice } from './notice.ts';

/** As RFC 3339 in UTC with milliseconds, so that its text sorts as the time does. */
export const readInstant = (value: unknown): string | undefined => {
  const parsed = instant.safeParse(value);
  return parsed.success ? parsed.data : undefined;
};

/** The same with nanoseconds: what is nearer than a millisecond still has its order. Digits that are finer yet are left out. */
export const readExactInstant = (value: unknown): string | undefined =>
  typeof value === 'string' && readInstant(value) !== undefined
    ? Temporal.Instant.from(value.replace(/(\.\d{9})\d+/, '$1')).toString({ fractionalSecondDigits: 9 })
    : undefined;

/** An instant as the standard asks for it, or a day or a time without its zone, as many write them; those are said to be taken as UTC. */
const readLooseInstant = (value: unknown, timeOfDay: string): { readonly at: string; readonly note?: string } | undefined => {
  const exact = readInstant(value);
  if (exact !== undefined) return { at: exact };
  const said = typeof value === 'string' ? value.trim() : '';
  const [, day, time] = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?))?$/.exec(said) ?? [];
  const supplied = readInstant(`${day}T${time ? time.padEnd(8, ':00') : timeOfDay}Z`);
  return supplied === undefined ? undefined : { at: supplied, note: `“${said}” names no zone and was read as ${supplied}.` };
};

/** Undefined where there is none, or none that is still to come at this instant. */
export const readDeadline = (notice: Notice, notes: Note[], at: string): string | undefined => {
  const read = readLooseInstant(notice.at('tender', 'tenderPeriod', 'endDate'), '23:59:59');
  if (read === undefined) return undefined;
  const deadline = read.at;
  notice.take('tender', 'tenderPeriod', 'endDate');
  if (read.note !== undefined) notes.push({ path: 'tender/tenderPeriod/endDate', note: read.note });
  if (Temporal.Instant.compare(deadline, at) > 0) return deadline;
  notes.push({ path: 'tender/tenderPeriod/endDate', note: `The deadline ${deadline} has passed; choose a new one.` });
  return undefined;
};

/** The day on which the work starts and the whole months that it takes; a start that has passed at this instant is kept out. */
export const readContractPeriod = (notice: Notice, notes: Note[], at: string): Pick<NewTender, 'startsOn' | 'durationMonths'> => {
  const steps = ['tender', 'contractPeriod'] as const;
  const start = readLooseInstant(notice.at(...steps, 'startDate'), '00:00:00')?.at;
  const end = readLooseInstant(notice.at(...steps, 'endDate'), '00:00:00')?.at;
  const days = notice.at(...steps, 'durationInDays');
  const written = notice.text(...steps, 'startDate')?.trim() ?? '';
  const terms: { startsOn?: string; durationMonths?: number } = {};

  if (start !== undefined) {
    const path = [...steps, 'startDate'].join('/');
    notice.take(...steps, 'startDate');
    if (Temporal.Instant.compare(start, at) > 0) {
      terms.startsOn = written.slice(0, 10);
      // Midnight, wherever that is, says no more than its day.
      if (!/^.{10}(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d\d:\d\d)?)?$/i.test(written))
        notes.push({
          path,
          note: `“${written.slice(0, 40)}” was taken as the day ${terms.startsOn}; a start here has no time of day and no zone.`,
        });
    } else notes.push({ path, note: `The start ${start} has passed; choose a new one.` });
  }
  const period = start !== undefined && end !== undefined ? between(start, end, written) : ofDays(days);
  if (period && period.months >= 1 && period.months <= 240) {
    const from = start !== undefined && end !== undefined ? 'endDate' : 'durationInDays';
    terms.durationMonths = period.months;
    notice.take(...steps, from);
    if (Math.abs(period.daysOver) >= 2) {
      const months = period.months === 1 ? '1 month' : `${period.months} months`;
      notes.push({
        path: [...steps, from].join('/'),
        note: `${Math.round(period.days)} days were taken as ${months}; a duration here is in whole months.`,
      });
    }
  }
  return terms;
};

/** `daysOver`: by how much it is longer than these months, or shorter when negative; within a day the two mean the same. */
type Period = { readonly months: number; readonly days: number; readonly daysOver: number };

/** By the calendar of the zone in which the start is written. */
const between = (start: string, end: string, written: string): Period => {
  const days = Temporal.Instant.from(start).until(end).total('days');
  const months = inMonths(days);
  const zone = /[+-]\d\d:\d\d$/.exec(written)?.[0] ?? 'UTC';
  const whole = Temporal.Instant.from(start).toZonedDateTimeISO(zone).add({ months }).toInstant();
  return { months, days, daysOver: whole.until(end).total('days') };
};

const ofDays = (days: unknown): Period | undefined => {
  if (typeof days !== 'number') return undefined;
  const months = inMonths(days);
  return { months, days, daysOver: days - months * daysInMonth };
};

const daysInMonth = 30.44;
/** Whole months, at least one for any time at all; OCDS counts in days. */
const inMonths = (days: number): number => (days > 0 ? Math.max(1, Math.round(days / daysInMonth)) : 0);
