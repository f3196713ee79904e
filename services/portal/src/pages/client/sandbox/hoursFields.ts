import type { newHours, OpeningHoursView } from '@umuhuza/contracts/sandbox/hoursSchemas';
import type { z } from 'zod';
import { readRule, type Weekday, writeRule } from './weeklyRule.ts';

export type NewHours = z.input<typeof newHours>;

/** Hours of some weekdays as the form holds them. `rule` is set where it is one that the form cannot show: it then stays as it is. */
export type WindowFields = {
  readonly days: readonly Weekday[];
  readonly everyWeeks: number | null;
  readonly startsOn: string;
  readonly until: string;
  readonly from: string;
  readonly to: string;
  /** Days on which they do not come, and days on which they come besides. */
  readonly without: readonly { readonly day: string }[];
  readonly besides: readonly { readonly day: string }[];
  readonly rule: string;
};

export type HoursFields = {
  readonly windows: readonly WindowFields[];
  readonly blackouts: readonly { readonly from: string; readonly to: string; readonly reason: string }[];
  readonly slotMinutes: number | null;
  readonly bufferMinutes: number | null;
  readonly capacity: number | null;
  readonly timeZone: string;
};

export const emptyWindow = (today: string): WindowFields => ({
  days: ['MO', 'TU', 'WE', 'TH', 'FR'],
  everyWeeks: 1,
  startsOn: today,
  until: '',
  from: '09:00',
  to: '12:00',
  without: [],
  besides: [],
  rule: '',
});

/** New hours keep the environment’s own time between slots; shorter, each second slot would not open. */
export const emptyHours = (today: string, timeZone: string, bufferMinutes = 0): HoursFields => ({
  windows: [emptyWindow(today)],
  blackouts: [],
  slotMinutes: 60,
  bufferMinutes,
  capacity: 1,
  timeZone,
});

export const toNewHours = (fields: HoursFields): NewHours => ({
  windows: fields.windows.map((window) => ({
    startsOn: window.startsOn,
    from: window.from,
    to: window.to,
    rrule:
      window.rule ||
      writeRule({ days: window.days, everyWeeks: window.everyWeeks ?? 1, until: window.until === '' ? undefined : window.until }),
    exdates: daysIn(window.without),
    rdates: daysIn(window.besides),
  })),
  blackouts: fields.blackouts.map(({ from, to, reason }) => ({
    from,
    to: to === '' ? from : to,
    ...(reason.trim() === '' ? {} : { reason }),
  })),
  slotMinutes: fields.slotMinutes ?? 60,
  bufferMinutes: fields.bufferMinutes ?? 0,
  capacity: fields.capacity ?? 1,
  timeZone: fields.timeZone,
});

const daysIn = (rows: readonly { readonly day: string }[]): string[] => rows.map(({ day }) => day).filter((day) => day !== '');

export const hoursFieldsOf = (hours: OpeningHoursView): HoursFields => ({
  windows: hours.windows.map(({ startsOn, from, to, rrule, exdates, rdates }) => {
    const rule = readRule(rrule);
    return {
      days: rule?.days ?? [],
      everyWeeks: rule?.everyWeeks ?? 1,
      startsOn,
      until: rule?.until ?? '',
      from,
      to,
      without: exdates.map((day) => ({ day })),
      besides: rdates.map((day) => ({ day })),
      rule: rule ? '' : rrule,
    };
  }),
  blackouts: hours.blackouts.map(({ from, to, reason = '' }) => ({ from, to, reason })),
  slotMinutes: hours.slotMinutes,
  bufferMinutes: hours.bufferMinutes,
  capacity: hours.capacity,
  timeZone: hours.timeZone,
});
