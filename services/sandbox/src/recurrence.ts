import { RRuleTemporal } from 'rrule-temporal';
import { type Cut, type CutSlot, cutIntoSlots, type DayHours, type Skipped } from './hours/cutIntoSlots.ts';
import type { Plan, Window } from './hours/hours.ts';
import { type Outlook, weeksAhead } from './hours/outlook.ts';

/** The rule of RFC 5545 is none, or one that never comes. */
export class BrokenRule extends Error {
  override readonly name = 'BrokenRule';
}

/** What a plan opens from one instant up to another: slots by their start, and what it leaves out. */
export const slotsOf = (
  plan: Plan,
  from: string,
  to: string,
): { readonly slots: readonly CutSlot[]; readonly skipped: readonly Skipped[] } => {
  const dayOf = (instant: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(plan.timeZone).toPlainDate();
  const days = plan.windows.flatMap((window) => daysOf(window, plan.timeZone, dayOf(from), dayOf(to)));
  const { slots, skipped } = cutIntoSlots(days, plan satisfies Cut);
  return {
    slots: slots.filter(
      ({ startsAt }) => Temporal.Instant.compare(startsAt, from) >= 0 && Temporal.Instant.compare(startsAt, to) < 0,
    ),
    skipped,
  };
};

/** How it looks for the weeks in which slots are opened; a rule that is none is said, not thrown. */
export const outlookOf = (plan: Plan, at: string): Outlook => {
  try {
    return { slots: slotsOf(plan, at, ahead(at)).slots.length };
  } catch (error) {
    if (error instanceof BrokenRule) return { broken: error.message };
    throw error;
  }
};

/** The instant up to which slots are opened. */
export const ahead = (at: string): string =>
  Temporal.Instant.from(at)
    .add({ hours: weeksAhead * 7 * 24 })
    .toString({ fractionalSecondDigits: 3 });

/**
 * The days on which a window comes. The rule is worked out on the wall clock alone (as if in UTC, which has no change of clocks), so
 * that only this service decides what becomes of an hour that a zone skips or repeats.
 */
const daysOf = (
  { startsOn, from, to, rrule, exdates, rdates }: Window,
  timeZone: string,
  first: Temporal.PlainDate,
  last: Temporal.PlainDate,
): DayHours[] => {
  const on = (date: string) => Temporal.PlainDateTime.from(`${date}T${from}`).toZonedDateTime('UTC');
  try {
    const rule = new RRuleTemporal({
      rruleString: `RRULE:${withLocalUntil(rrule, timeZone)}`,
      dtstart: on(startsOn),
      tzid: 'UTC',
      exDate: exdates.map(on),
      rDate: rdates.map(on),
      strict: true,
      temporal: Temporal,
    });
    const end = last.add({ days: 1 }).toZonedDateTime('UTC');
    return rule
      .between(first.toZonedDateTime('UTC'), end, true)
      .map((start) => ({ date: start.toPlainDate().toString(), from, to }));
  } catch (error) {
    throw new BrokenRule(error instanceof Error ? error.message : String(error), { cause: error });
  }
};

/** UNTIL is given in UTC beside a zone (RFC 5545, 3.3.10), or as a day or time on the wall clock; all become the latter. */
const withLocalUntil = (rrule: string, timeZone: string): string =>
  rrule.replace(
    /UNTIL=(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?/i,
    (_, year: string, month: string, day: string, hour?: string, minute?: string, second?: string, utc?: string) => {
      const date = `${year}-${month}-${day}`;
      if (hour === undefined) return `UNTIL=${year}${month}${day}T235959Z`;
      const time = `${hour}:${minute}:${second}`;
      const local = utc
        ? Temporal.Instant.from(`${date}T${time}Z`).toZonedDateTimeISO(timeZone).toPlainDateTime()
        : Temporal.PlainDateTime.from(`${date}T${time}`);
      return `UNTIL=${local.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '')}Z`;
    },
  );
