import { z } from 'zod';
import { id, instant, line, timeZone } from '../values.ts';
import { missing, obstacles } from './schemas.ts';

const day = z.iso.date({ error: 'A date like 2026-11-23 is expected' });
const time = z.iso.time({ precision: -1, error: 'A time like 09:30 is expected' });

const days = '(SU|MO|TU|WE|TH|FR|SA)';
const numbers = (digits: string) => `[+-]?\\d{${digits}}(,[+-]?\\d{${digits}})*`;

/** Parts that say which days; the hours of the day stand in `from` and `to`. */
const rulePart = new RegExp(
  [
    'FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)',
    'INTERVAL=[1-9]\\d{0,2}',
    'COUNT=[1-9]\\d{0,2}',
    'UNTIL=\\d{8}(T\\d{6}Z?)?',
    `BYDAY=([+-]?\\d{1,2})?${days}(,([+-]?\\d{1,2})?${days})*`,
    `BYMONTHDAY=${numbers('1,2')}`,
    `BYYEARDAY=${numbers('1,3')}`,
    `BYWEEKNO=${numbers('1,2')}`,
    `BYMONTH=${numbers('1,2')}`,
    `BYSETPOS=${numbers('1,3')}`,
    `WKST=${days}`,
  ]
    .map((part) => `^${part}$`)
    .join('|'),
);

const hasOneOfEach = (rule: string): boolean => {
  const names = rule.split(';').map((part) => part.split('=')[0]);
  return names.includes('FREQ') && new Set(names).size === names.length;
};

/** A recurrence rule of RFC 5545 (3.3.10) over days, like FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR. */
export const recurrenceRule = z
  .string()
  .trim()
  .toUpperCase()
  .max(300)
  .refine((rule) => rule.split(';').every((part) => rulePart.test(part)) && hasOneOfEach(rule), {
    error: 'A rule of RFC 5545 over days is expected, like FREQ=WEEKLY;BYDAY=MO,TU; the hours stand in from and to',
  });

/** Hours that come again: from the first day on, by the rule, without the exdates, and on the rdates besides. */
export const openingWindow = z.strictObject({
  /** DTSTART: the first local day on which they may fall. */
  startsOn: day.refine((date) => date >= '2020-01-01' && date <= '2099-12-31', 'The first day must lie between 2020 and 2099'),
  from: time,
  to: time,
  rrule: recurrenceRule,
  exdates: z.array(day).max(400).default([]),
  rdates: z.array(day).max(400).default([]),
});

/** Days on which nothing opens, whatever the rules say; both included. */
export const blackout = z
  .strictObject({ from: day, to: day, reason: line(200).optional() })
  .refine(({ from, to }) => from <= to, 'The last day must not come before the first');

const hoursShape = {
  windows: z.array(openingWindow).min(1).max(20),
  blackouts: z.array(blackout).max(100).default([]),
  slotMinutes: z.int().min(15).max(1_440),
  /** Minutes that stay free after each slot. */
  bufferMinutes: z.int().min(0).max(1_440),
  capacity: z.int().min(1).max(50),
};

/** What may be left out is as in the environment, and of hours that are changed as it was. */
const ofEnvironment = { bufferMinutes: hoursShape.bufferMinutes.optional(), timeZone: timeZone.optional() };

export const newHours = z.strictObject({ ...hoursShape, ...ofEnvironment });
export type NewHours = z.infer<typeof newHours>;

/**
 * What becomes of slots that have bookings or a waitlist and are no longer in the hours. `keep`: they stand, without free places;
 * `cancel`: they are closed, and their guests read the reason.
 */
export const slotsInUse = z.strictObject({ what: z.enum(['keep', 'cancel']), reason: line(1_000) });

export const changedHours = z.strictObject({ ...hoursShape, ...ofEnvironment, inUse: slotsInUse.optional() });
export const endedHours = z.strictObject({ reason: line(1_000), inUse: slotsInUse.optional() });

const clocksAndHours = ['hour-does-not-exist', 'hour-exists-twice', 'clocks-change-within', 'overlaps'] as const;
const hoursOfADay = { date: day, from: z.string(), to: z.string() };
const skippedHours = z.strictObject({ ...hoursOfADay, because: z.enum(clocksAndHours) });

/** Hours that open no slot, also because what it needs is taken or not there. */
const notOpened = z.strictObject({
  ...hoursOfADay,
  because: z.enum([...clocksAndHours, ...obstacles, 'calendar-full']),
  ...missing,
});

/** Slots as hours open them, by their start, and what they do not open: reckoned with the clocks, the resources and all other slots. */
export const hoursPreview = z
  .strictObject({
    slots: z.array(z.strictObject({ startsAt: instant, endsAt: instant })),
    skipped: z.array(notOpened),
    /** Up to when it looks. */
    until: instant,
  })
  .meta({ id: 'OpeningHoursPreview' });
export type HoursPreview = z.infer<typeof hoursPreview>;

export const openingHours = z
  .strictObject({
    hoursId: id,
    environmentId: id,
    host: z.strictObject({ organisationId: id, name: z.string().nullable() }),
    status: z.enum(['open', 'ended']),
    ...hoursShape,
    timeZone: z.string(),
    /** Slots that start before this instant are open; null until the first are. */
    openedUntil: instant.nullable(),
    /** What opens no slot in the weeks ahead, because the clocks change or other hours of this plan are under way; its outlook tells all. */
    skipped: z.array(skippedHours),
    endedBecause: z.string().nullable(),
    openedAt: instant,
    changedAt: instant,
  })
  .meta({ id: 'OpeningHours' });
export type OpeningHoursView = z.infer<typeof openingHours>;
