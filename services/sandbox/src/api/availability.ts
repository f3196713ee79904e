import type { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import type { AvailabilityView } from '@umuhuza/contracts/sandbox/availabilityApi';
import type { Handlers } from '@umuhuza/service/serviceApp';
import type { SlotInMonth } from '../slotBook.ts';
import type { Deps } from './deps.ts';

type Routes = Pick<Handlers<typeof sandboxApi>, 'availability'>;

/** How many slots one answer holds. */
const mostSlots = 5_000;

export const availabilityRoutes = ({ slots, clock }: Pick<Deps, 'slots' | 'clock'>): Routes => ({
  availability: async ({ query: { environmentId, host, month, timeZone } }) => {
    const first = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 });
    const [from, to] = [first, first.add({ months: 1 })].map((day) => startOf(day, timeZone)) as [string, string];
    const whose = environmentId === undefined ? { host } : { environmentId };
    const found = await slots.inMonth(whose, from, to, mostSlots + 1);
    const days = daysOf(found.slice(0, mostSlots), timeZone, clock());
    return { status: 200, body: { month, timeZone, days, complete: found.length <= mostSlots } };
  },
});

/** Midnight, or the first moment of a day whose midnight is skipped. */
const startOf = (day: Temporal.PlainDate, timeZone: string): string =>
  day.toZonedDateTime(timeZone).toInstant().toString({ fractionalSecondDigits: 3 });

/** The slots come by their start, so a zone is asked once a day and not once a slot. */
const daysOf = (slots: readonly SlotInMonth[], timeZone: string, at: string): AvailabilityView['days'] => {
  const days: AvailabilityView['days'] = [];
  let dayEnds = '';
  for (const { free: places, ...slot } of slots) {
    if (slot.startsAt >= dayEnds) {
      const date = Temporal.Instant.from(slot.startsAt).toZonedDateTimeISO(timeZone).toPlainDate();
      days.push({ date: date.toString(), free: 0, slots: [] });
      dayEnds = startOf(date.add({ days: 1 }), timeZone);
    }
    const day = days.at(-1);
    const free = slot.startsAt > at ? Math.max(0, places) : 0;
    if (!day) continue;
    day.free += free;
    day.slots.push({ ...slot, free });
  }
  return days;
};
