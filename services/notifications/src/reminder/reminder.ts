/**
 * When somebody is reminded, the earliest first: both firms a day and an hour before the start, and the host a day after the end, if it has
 * said nothing of the test by then.
 */
const leads = ['day', 'hour', 'report'] as const;
export type Lead = (typeof leads)[number];
const minutesBeforeStart = { day: 24 * 60, hour: 60 } as const;
const hoursAfterEnd = 24;

/** `sequence` is the booking’s (RFC 5545): what is older than what is known changes nothing, in whatever order events come. */
type Known = { readonly sequence: number };

/** Those set by earlier versions know no end, and nothing is left for them after it. */
type Times = { readonly startsAt: string; readonly endsAt?: string };

/** The reminders of one booking; `B` passes through untouched. */
export type Reminder<B> =
  | { readonly status: 'none' }
  | ({ readonly status: 'set'; readonly booking: B; readonly left: readonly Lead[] } & Times & Known)
  | ({ readonly status: 'over' } & Known);

export type ReminderFact<B> =
  | ({ readonly type: 'ReminderSet'; readonly booking: B; readonly left: readonly Lead[] } & Times & Known)
  | ({ readonly type: 'ReminderOver' } & Known)
  | { readonly type: 'Reminded'; readonly leads: readonly Lead[] };

export type ReminderRefusal = never;

export const noReminder: Reminder<never> = { status: 'none' };

export const evolve = <B>(reminder: Reminder<B>, fact: ReminderFact<B>): Reminder<B> => {
  switch (fact.type) {
    case 'ReminderSet': {
      const { type: _, ...set } = fact;
      return { status: 'set', ...set };
    }
    case 'ReminderOver':
      return { status: 'over', sequence: fact.sequence };
    case 'Reminded':
      return reminder.status === 'set'
        ? { ...reminder, left: reminder.left.filter((lead) => !fact.leads.includes(lead)) }
        : reminder;
  }
};

export const dueAt = ({ startsAt, endsAt = startsAt }: Times, lead: Lead): string =>
  (lead === 'report'
    ? Temporal.Instant.from(endsAt).add({ hours: hoursAfterEnd })
    : Temporal.Instant.from(startsAt).subtract({ minutes: minutesBeforeStart[lead] })
  ).toString({ fractionalSecondDigits: 3 });

const reached = (at: string, moment: string): boolean => Temporal.Instant.compare(at, moment) >= 0;
const isOlder = <B>(reminder: Reminder<B>, sequence: number): boolean =>
  reminder.status !== 'none' && sequence <= reminder.sequence;

export type SetReminder<B> = Known & Required<Times> & { readonly booking: B; readonly at: string };

/** A certain booking is reminded of at its time. A new time is reminded of anew; what is due already was said by the booking itself. */
export const setReminder = <B>(
  reminder: Reminder<B>,
  { sequence, startsAt, endsAt, booking, at }: SetReminder<B>,
): readonly ReminderFact<B>[] => {
  if (isOlder(reminder, sequence)) return [];
  const sameTime = reminder.status === 'set' && reminder.startsAt === startsAt;
  const left = sameTime ? reminder.left : leads.filter((lead) => !reached(at, dueAt({ startsAt, endsAt }, lead)));
  return [{ type: 'ReminderSet', sequence, startsAt, endsAt, booking, left }];
};

/** The booking is off, over, or not certain any more. */
export const endReminder = <B>(reminder: Reminder<B>, { sequence }: Known): readonly ReminderFact<B>[] =>
  isOlder(reminder, sequence) ? [] : [{ type: 'ReminderOver', sequence }];

/** The leads that are due. Of several that fell due while nobody looked only the last is told, and none of the start once it has begun. */
export const dueLeads = <B>(
  reminder: Reminder<B>,
  at: string,
): { readonly due: readonly Lead[]; readonly tell: Lead | undefined } => {
  if (reminder.status !== 'set') return { due: [], tell: undefined };
  const due = reminder.left.filter((lead) => reached(at, dueAt(reminder, lead)));
  const last = due.at(-1);
  return { due, tell: last === 'report' || !reached(at, reminder.startsAt) ? last : undefined };
};

/** Noted once all were told; a booking that moved meanwhile has still to be looked at. */
export const reminded = <B>(
  reminder: Reminder<B>,
  { sequence, due }: { readonly sequence: number; readonly due: readonly Lead[] },
): readonly ReminderFact<B>[] =>
  reminder.status === 'set' && reminder.sequence === sequence && due.length > 0 ? [{ type: 'Reminded', leads: due }] : [];

/** When to look next; undefined when nothing is left to say. */
export const nextDue = <B>(reminder: Reminder<B>): string | undefined =>
  reminder.status === 'set' && reminder.left[0] ? dueAt(reminder, reminder.left[0]) : undefined;

/**
 * Whether an invitation that waited on its way has been overtaken: the booking is over, or has another time, and whoever was to get it was told
 * so by a newer one. Changes that leave the time alone are not told to everybody.
 */
export const hasMovedOn = <B>(
  reminder: Reminder<B>,
  { sequence, startsAt }: { readonly sequence: number; readonly startsAt: string },
): boolean =>
  reminder.status !== 'none' &&
  reminder.sequence > sequence &&
  (reminder.status === 'over' || Temporal.Instant.compare(reminder.startsAt, startsAt) !== 0);

/** Whether a reminder that waited on its way is still true. */
export const stillTrue = <B>(
  reminder: Reminder<B>,
  { startsAt, lead, at }: { startsAt: string; lead: Lead; at: string },
): boolean => reminder.status === 'set' && reminder.startsAt === startsAt && (lead === 'report' || !reached(at, startsAt));
