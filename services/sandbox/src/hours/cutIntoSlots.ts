/** Hours of one day on the wall clock. */
export type DayHours = { readonly date: string; readonly from: string; readonly to: string };

export type Blackout = { readonly from: string; readonly to: string };

export type Cut = {
  readonly timeZone: string;
  readonly slotMinutes: number;
  /** Minutes that stay free after each slot. */
  readonly bufferMinutes: number;
  /** Local days, both included, on which nothing opens. */
  readonly blackouts: readonly Blackout[];
};

export type CutSlot = { readonly startsAt: string; readonly endsAt: string };

/**
 * Why hours of a day open no slot.
 * - `hour-does-not-exist`, `hour-exists-twice`: the clocks change, and its start or end has no instant or two.
 * - `clocks-change-within`: it would be an hour shorter or longer than a slot is.
 * - `overlaps`: an earlier slot of these hours is not over by then.
 */
export type Skipped = DayHours & {
  readonly because: 'hour-does-not-exist' | 'hour-exists-twice' | 'clocks-change-within' | 'overlaps';
};

/**
 * Slots of equal length, one after the other with the buffer between them, at the same time of day whatever the clocks do: nine o’clock
 * stays nine o’clock. What a wall clock cannot tell is left out and said.
 */
export const cutIntoSlots = (
  days: readonly DayHours[],
  cut: Cut,
): { readonly slots: readonly CutSlot[]; readonly skipped: readonly Skipped[] } => {
  const skipped: Skipped[] = [];
  const candidates: (CutSlot & { readonly hours: DayHours })[] = [];
  for (const day of days) {
    if (cut.blackouts.some(({ from, to }) => from <= day.date && day.date <= to)) continue;
    for (const hours of piecesOf(day, cut)) {
      const slot = onTheClock(hours, cut);
      if (typeof slot === 'string') skipped.push({ ...hours, because: slot });
      else candidates.push({ ...slot, hours });
    }
  }
  candidates.sort((a, b) => Temporal.Instant.compare(a.startsAt, b.startsAt));
  const slots: CutSlot[] = [];
  for (const { startsAt, endsAt, hours } of candidates) {
    const last = slots.at(-1);
    if (last?.startsAt === startsAt && last.endsAt === endsAt) continue;
    const free = last && Temporal.Instant.from(last.endsAt).add({ minutes: cut.bufferMinutes });
    if (free && Temporal.Instant.compare(free, startsAt) > 0) skipped.push({ ...hours, because: 'overlaps' });
    else slots.push({ startsAt, endsAt });
  }
  return { slots, skipped };
};

const piecesOf = ({ date, from, to }: DayHours, { slotMinutes, bufferMinutes }: Cut): DayHours[] => {
  const last = minutesOf(to) - slotMinutes;
  const pieces: DayHours[] = [];
  for (let start = minutesOf(from); start <= last; start += slotMinutes + bufferMinutes)
    pieces.push({ date, from: timeOf(start), to: timeOf(start + slotMinutes) });
  return pieces;
};

export const minutesOf = (time: string): number => {
  const { hour, minute } = Temporal.PlainTime.from(time);
  return hour * 60 + minute;
};

const timeOf = (minutes: number): string =>
  Temporal.PlainTime.from('00:00').add({ minutes }).toString({ smallestUnit: 'minute' });

const onTheClock = ({ date, from, to }: DayHours, { timeZone, slotMinutes }: Cut): CutSlot | Skipped['because'] => {
  const startsAt = instantOf(date, from, timeZone);
  const endsAt = instantOf(date, to, timeZone);
  if (typeof startsAt === 'string') return startsAt;
  if (typeof endsAt === 'string') return endsAt;
  if (startsAt.until(endsAt).total('minutes') !== slotMinutes) return 'clocks-change-within';
  return { startsAt: written(startsAt), endsAt: written(endsAt) };
};

const instantOf = (
  date: string,
  time: string,
  timeZone: string,
): Temporal.Instant | 'hour-does-not-exist' | 'hour-exists-twice' => {
  const shown = Temporal.PlainDateTime.from(`${date}T${time}`);
  const first = shown.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const second = shown.toZonedDateTime(timeZone, { disambiguation: 'later' });
  if (first.epochNanoseconds === second.epochNanoseconds) return first.toInstant();
  return first.toPlainDateTime().equals(shown) ? 'hour-exists-twice' : 'hour-does-not-exist';
};

const written = (instant: Temporal.Instant): string => instant.toString({ fractionalSecondDigits: 3 });
